import { holdsOne } from './held-words.ts';

/** Words shorter than this are in nearly every text and save nothing. */
const SHORTEST = 3;

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

  /** One of the words of every alternative is required, when each alternative requires one. */
  alternatives(): readonly string[] | null {
    const all: string[] = [];
    let isRequired = true;
    for (;;) {
      const words = this.sequence();
      if (words === null) isRequired = false;
      else all.push(...words);
      if (this.source[this.at] !== '|') break;
      this.at++;
    }
    return isRequired && all.length <= 200 ? all : null;
  }

  /** The part of a sequence that requires the longest words. */
  sequence(): readonly string[] | null {
    let best: readonly string[] | null = null;
    let run = '';
    const shortestOf = (words: readonly string[] | null): number =>
      words === null ? 0 : Math.min(...words.map((word) => word.length));
    const offer = (words: readonly string[] | null): void => {
      if (shortestOf(words) >= this.shortest && shortestOf(words) > shortestOf(best)) best = words;
    };
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      const part = this.part();
      const times = this.quantifier();
      if (typeof part === 'string' && times !== 'maybe') {
        run += part;
        if (times === 'once') continue;
        // `ab+c` requires `ab` and `bc`, not `abc`.
        offer([run]);
        run = part;
        continue;
      }
      offer(run === '' ? null : [run]);
      run = '';
      if (Array.isArray(part) && times !== 'maybe') offer(part);
    }
    offer(run === '' ? null : [run]);
    return best;
  }

  /** A literal character, the words that a group requires, `''` for what takes no room, or null for anything else. */
  part(): string | readonly string[] | null {
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
    if (character === '(') return this.group();
    if (character === '^' || character === '$') return '';
    return character === '.' ? null : character.toLowerCase();
  }

  group(): readonly string[] | null {
    const isLookaround = /^\?<?[=!]/.test(this.source.slice(this.at, this.at + 3));
    const opening = /^\?(?::|<?[=!]|<\w+>)/.exec(this.source.slice(this.at, this.at + 64));
    this.at += opening?.[0].length ?? 0;
    this.depth++;
    const words = this.depth > 50 ? null : this.alternatives();
    this.depth--;
    if (this.source[this.at] === ')') this.at++;
    return isLookaround ? null : words;
  }

  /** Steps over a quantifier; says how often what stands before it must come. */
  quantifier(): 'once' | 'repeated' | 'maybe' {
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(this.source.slice(this.at, this.at + 24));
    if (quantifier === null) return 'once';
    this.at += quantifier[0].length;
    return quantifier[0].startsWith('+') || /^\{0*[1-9]/.test(quantifier[0]) ? 'repeated' : 'maybe';
  }
}

const known = new Map<string, readonly string[] | null>();

/**
 * Lower-case words of which a text must hold at least one for a regular expression to match it (in any case); null when nothing can be
 * said. With it most expressions need not even be compiled for most files.
 */
export function requiredWords(pattern: string): readonly string[] | null {
  let words = known.get(pattern);
  if (words === undefined) known.set(pattern, (words = wordsOf(pattern, SHORTEST)));
  return words;
}

/** The same for a single line: there a character says something, too. */
export function requiredInLine(pattern: string): readonly string[] | null {
  return requiredWords(pattern) ?? wordsOf(pattern, 1);
}

function wordsOf(pattern: string, shortest: number): readonly string[] | null {
  const reader = new Reader(pattern.replace(/^\(\?i\)/, ''), shortest);
  const words = reader.alternatives();
  return reader.at < reader.source.length ? null : words;
}

/** Takes over what was worked out earlier, by the build. */
export function knowRequiredWords(words: Readonly<Record<string, readonly string[] | null>>): void {
  for (const [pattern, required] of Object.entries(words)) known.set(pattern, required);
}

/** A text in the form in which {@link requiredWords} are looked for: lower case, also the letters that only fold to ASCII ones. */
export function foldedText(text: string): string {
  return text.toLowerCase().replaceAll('ſ', 's');
}

/** False when a folded text holds none of the words that a pattern requires. */
export function mayMatch(pattern: string, folded: string): boolean {
  const words = requiredWords(pattern);
  return words === null || holdsOne(folded, words);
}
