/**
 * Words that a text must hold for a regular expression to match it. A string is a list, with a word on each line, of which one is needed
 * (so that the build's file of rules stays small); otherwise it is what all of several parts need, or any of them.
 */
export type Need = string | { readonly all: readonly Need[] } | { readonly any: readonly Need[] };

/** More words than these say little, and take longer to look for than to match. */
const MAXIMUM_WORDS = 200;

/** The words of a need that is a list. */
export function listed(need: string): readonly string[] {
  return need.split('\n');
}

function shortestOf(need: string): number {
  return Math.min(...listed(need).map((word) => word.length));
}

/** What one of several alternatives needs; null when one of them needs nothing. */
function anyOf(needs: readonly (Need | null)[]): Need | null {
  if (!needs.every((need) => need !== null)) return null;
  if (needs.length === 1) return needs[0]!;
  const plain = needs.filter((need) => typeof need === 'string');
  const list = plain.join('\n');
  if (plain.length > 0 && listed(list).length > MAXIMUM_WORDS) return null;
  const others = needs.filter((need) => typeof need !== 'string');
  if (others.length === 0) return list;
  return { any: plain.length === 0 ? others : [list, ...others] };
}

/** A pattern's parts are read one after the other; what is not understood requires nothing. */
class Reader {
  readonly source: string;
  readonly shortest: number;
  at = 0;
  depth = 0;

  constructor(source: string, shortest: number) {
    this.source = source;
    this.shortest = shortest;
  }

  /** What one of the alternatives needs, when each of them needs something. */
  alternatives(): Need | null {
    const needs: (Need | null)[] = [];
    for (;;) {
      needs.push(this.sequence());
      if (this.source[this.at] !== '|') break;
      this.at++;
    }
    return anyOf(needs);
  }

  /** All that the parts of a sequence need. */
  sequence(): Need | null {
    const needs: Need[] = [];
    let run = '';
    const offer = (need: Need | null): void => {
      if (need !== null && (typeof need !== 'string' || shortestOf(need) >= this.shortest)) needs.push(need);
    };
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      const part = this.part();
      const times = this.quantifier();
      if (typeof part === 'string' && times !== 'maybe') {
        run += part;
        if (times === 'once') continue;
        // `ab+c` requires `ab` and `bc`, not `abc`.
        offer(run);
        run = part;
        continue;
      }
      offer(run === '' ? null : run);
      run = '';
      if (part !== null && typeof part !== 'string' && times !== 'maybe') offer(part.need);
    }
    offer(run === '' ? null : run);
    return needs.length > 1 ? { all: needs } : (needs[0] ?? null);
  }

  /** A literal character, what a group needs, `''` for what takes no room, or null for anything else. */
  part(): string | { readonly need: Need | null } | null {
    const character = this.source[this.at++] ?? '';
    if (character === '\\') {
      const escaped = this.source[this.at++] ?? '';
      if (/[bB]/.test(escaped)) return '';
      if (
        escaped === 'u' ||
        escaped === 'x' ||
        escaped === 'p' ||
        escaped === 'P' ||
        escaped === 'c' ||
        escaped === 'k'
      ) {
        this.at =
          this.source[this.at] === '{'
            ? this.source.indexOf('}', this.at) + 1
            : this.at + (escaped === 'u' ? 4 : 2);
        return null;
      }
      return /[a-zA-Z0-9]/.test(escaped) ? null : escaped.toLowerCase();
    }
    if (character === '[') {
      for (; this.at < this.source.length && this.source[this.at] !== ']'; this.at++) {
        if (this.source[this.at] === '\\') this.at++;
      }
      this.at++;
      return null;
    }
    if (character === '(') return { need: this.group() };
    if (character === '^' || character === '$') return '';
    return character === '.' ? null : character.toLowerCase();
  }

  group(): Need | null {
    const isLookaround = /^\?<?[=!]/.test(this.source.slice(this.at, this.at + 3));
    const opening = /^\?(?::|<?[=!]|<\w+>)/.exec(this.source.slice(this.at, this.at + 64));
    this.at += opening?.[0].length ?? 0;
    this.depth++;
    const need = this.depth > 50 ? null : this.alternatives();
    this.depth--;
    if (this.source[this.at] === ')') this.at++;
    return isLookaround ? null : need;
  }

  /** Steps over a quantifier; says how often what stands before it must come. */
  quantifier(): 'once' | 'repeated' | 'maybe' {
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(this.source.slice(this.at, this.at + 24));
    if (quantifier === null) return 'once';
    this.at += quantifier[0].length;
    return quantifier[0].startsWith('+') || /^\{0*[1-9]/.test(quantifier[0]) ? 'repeated' : 'maybe';
  }
}

/**
 * What a regular expression needs; null when nothing can be said.
 * @param shortest length of words that count (UTF-16 units)
 */
export function needOf(pattern: string, shortest: number): Need | null {
  const reader = new Reader(pattern.replace(/^\(\?i\)/, ''), shortest);
  const need = reader.alternatives();
  return reader.at < reader.source.length ? null : need;
}

/** Words of which a text must hold at least one to hold what is needed: the longest there are. Null when some are shorter than wished. */
export function oneOf(need: Need, shortest: number): readonly string[] | null {
  if (typeof need === 'string') return shortestOf(need) < shortest ? null : listed(need);
  if ('any' in need) {
    const words = need.any.map((member) => oneOf(member, shortest));
    const all = words.every((found) => found !== null) ? words.flat() : [];
    return all.length === 0 || all.length > MAXIMUM_WORDS ? null : all;
  }
  let best: readonly string[] | null = null;
  let longest = 0;
  for (const member of need.all) {
    const words = oneOf(member, shortest);
    const length = words === null ? 0 : Math.min(...words.map((word) => word.length));
    if (length > longest) [best, longest] = [words, length];
  }
  return best;
}
