/**
 * `any`: `*` within a path part; `bare`: `!(*.*)`; `deep`: `**`; `folders`: what stands before the `**` of a `**` + `/`; `one`: `?`.
 */
type Token = 'any' | 'bare' | 'deep' | 'folders' | 'one' | { readonly character: string };

/** What has no dot, and so no ending; the extended glob of that meaning, the only one that is known. */
const BARE = '!(*.*)';

class CompiledGlob {
  /** The longest run of characters that every match holds. */
  readonly required: string;
  readonly #glob: string;
  #tokens: readonly Token[] | undefined;

  constructor(glob: string) {
    this.#glob = glob;
    this.required = longest(glob.split(/!\(\*\.\*\)|\*\*\/|[*?]+/));
  }

  /** Few texts hold what is required. */
  get tokens(): readonly Token[] {
    return (this.#tokens ??= tokensOf(this.#glob));
  }
}

function tokensOf(glob: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < glob.length; at++) {
    if (glob.startsWith('**/', at)) {
      tokens.push('folders', 'deep');
      at += 2;
    } else if (glob.startsWith(BARE, at)) {
      tokens.push('bare');
      at += BARE.length - 1;
    } else if (glob.startsWith('**', at)) {
      tokens.push('deep');
      at += 1;
    } else if (glob[at] === '*') tokens.push('any');
    else if (glob[at] === '?') tokens.push('one');
    else tokens.push({ character: glob[at]! });
  }
  return tokens;
}

function longest(parts: readonly string[]): string {
  return parts.reduce((best, part) => (part.length > best.length ? part : best), '');
}

/** Notes that matching may go on at a token, and where that leads without a character. */
function reach(states: Uint8Array, tokens: readonly Token[], from: number): void {
  const pending = [from];
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    if (states[state] === 1) continue;
    states[state] = 1;
    const token = tokens[state];
    if (token === 'folders') pending.push(state + 1, state + 2);
    // The `**` of a `**/` is left by a slash only.
    else if (token === 'any' || token === 'bare' || (token === 'deep' && tokens[state - 1] !== 'folders'))
      pending.push(state + 1);
  }
}

function step(tokens: readonly Token[], state: number, character: string, next: Uint8Array): void {
  const token = tokens[state];
  if (token === undefined || token === 'folders') return;
  if (token === 'deep') {
    reach(next, tokens, state);
    if (tokens[state - 1] === 'folders' && character === '/') reach(next, tokens, state + 1);
  } else if (token === 'any') {
    if (character !== '/') reach(next, tokens, state);
  } else if (token === 'bare') {
    // A star in a text stands for what is not known, which may hold a dot.
    if (!'/.*'.includes(character)) reach(next, tokens, state);
  } else if (token === 'one' ? character !== '/' : token.character === character) {
    reach(next, tokens, state + 1);
  }
}

/** All the ways at once, so that no text takes more steps than its length times the glob's. */
function matches(glob: CompiledGlob, text: string): boolean {
  if (!text.includes(glob.required)) return false;
  const { tokens } = glob;
  let states = new Uint8Array(tokens.length + 1);
  let next = new Uint8Array(tokens.length + 1);
  reach(states, tokens, 0);
  for (const character of text) {
    next.fill(0);
    for (let state = 0; state < states.length; state++) {
      if (states[state] === 1) step(tokens, state, character, next);
    }
    if (!next.includes(1)) return false;
    [states, next] = [next, states];
  }
  return states[tokens.length] === 1;
}

/**
 * A test of a whole text by several globs: `*` within a path part, `**` across parts, `?` one character, `!(*.*)` a part
 * of a path part without a dot. A regular expression would
 * take polynomial time on what a target calls its files and hosts. Nothing is worked out before the first text.
 */
export function globTest(globs: readonly string[], isCaseInsensitive = false): (text: string) => boolean {
  const fold = (text: string): string => (isCaseInsensitive ? text.toLowerCase() : text);
  let compiled: GlobSet | undefined;
  return (text) => {
    compiled ??= compile(globs.map(fold));
    const folded = fold(text);
    return compiled.exact.has(folded) || compiled.others.some((glob) => matches(glob, folded));
  };
}

interface GlobSet {
  /** Those without a wildcard. */
  readonly exact: ReadonlySet<string>;
  readonly others: readonly CompiledGlob[];
}

function compile(globs: readonly string[]): GlobSet {
  const isExact = (glob: string): boolean => !/[*?]/.test(glob);
  return {
    exact: new Set(globs.filter(isExact)),
    others: globs.filter((glob) => !isExact(glob)).map((glob) => new CompiledGlob(glob)),
  };
}
