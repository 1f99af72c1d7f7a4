/** Longest pattern or detail that is compared; hostile ones are longer. */
const MAX_LENGTH = 4096;

/**
 * Whether a capability's detail lies within a declared pattern. `*` stands for anything but `/`, `**` for anything, `?` for one
 * character; a pattern ending in `/` covers what lies below; a bare domain pattern `*.example.com` covers sub-domains.
 * Linear in the product of the lengths (no backtracking regular expression: the pattern may be the target's own).
 */
export function matchesDetail(pattern: string, detail: string): boolean {
  if (pattern === '*' || pattern === '**') return true;
  if (pattern.length > MAX_LENGTH || detail.length > MAX_LENGTH) return false;
  const goal = pattern.endsWith('/') ? `${pattern}**` : pattern;
  return globMatches(goal, detail);
}

/** Glob matching by dynamic programming over the pattern's positions. */
function globMatches(pattern: string, text: string): boolean {
  let states = new Set<number>();
  addState(states, pattern, 0);
  for (const character of text) {
    const next = new Set<number>();
    for (const state of states) {
      const symbol = pattern[state];
      if (symbol === '*') {
        const isDouble = pattern[state + 1] === '*';
        if (isDouble || character !== '/') addState(next, pattern, state);
      } else if (symbol === '?' || symbol === character) addState(next, pattern, state + 1);
    }
    if (next.size === 0) return false;
    states = next;
  }
  return states.has(pattern.length);
}

/** Adds a position and those reached from it without a character: a star may stand for nothing. */
function addState(states: Set<number>, pattern: string, start: number): void {
  let position = start;
  states.add(position);
  while (pattern[position] === '*') {
    position += pattern[position + 1] === '*' ? 2 : 1;
    states.add(position);
  }
}
