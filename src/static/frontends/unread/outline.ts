/** How the texts and comments of a language are written. */
export interface Writing {
  /** What begins a comment that ends with its line; with `//`, those between `/*` and its counterpart are comments too. */
  readonly comments: readonly string[];
  /** Signs that texts stand between. */
  readonly quotes: string;
  /** Of these, the ones in which a backslash is nothing special and lines may end. */
  readonly raw?: string;
  /** A quote inside a text is written twice, and no backslash is special: Visual Basic. */
  readonly isDoubled?: true;
}

/** A text that stands in a program. */
export interface Literal {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** A program of which only texts and comments are told apart from the rest. */
export interface Outline {
  /** The program with blanks for comments, and `"` and blanks for each text: every place and line stays where it was. */
  readonly code: string;
  /** In the order of the program. */
  readonly literals: readonly Literal[];
  /** It has more texts than are told apart. */
  readonly isCutOff: boolean;
}

/** So many texts of a program are told apart. */
const MAX_LITERALS = 500_000;

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

/** One sign in quotes, in languages where that is no text. */
const CHARACTER = /'(?:\\[^\n][^'\n]{0,8}|[^'\\\n])'/y;

function between(text: string, start: number, from: number, mark: string): Literal | number {
  const close = text.indexOf(mark, from);
  return close === -1 ? text.length : { start, end: close + mark.length, value: text.slice(from, close) };
}

/** Reads a text that begins at a quote; for what nothing closes, the place up to which it was looked for. */
function literalAt(text: string, start: number, writing: Writing): Literal | number {
  const quote = text[start]!;
  const triple = quote.repeat(3);
  if (text.startsWith(triple, start)) return between(text, start, start + 3, triple);
  // `r#"…"#` of Rust.
  const marks =
    text[start - 1] === '#' ? (/r(#{1,8})$/.exec(text.slice(Math.max(0, start - 9), start))?.[1] ?? '') : '';
  if (marks !== '') return between(text, start, start + 1, `${quote}${marks}`);
  const isRaw = writing.raw?.includes(quote) === true;
  if (isRaw) return between(text, start, start + 1, quote);
  let value = '';
  let from = start + 1;
  for (let at = from; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '\n') return at;
    if (sign === quote) {
      value += text.slice(from, at);
      if (writing.isDoubled !== true || text[at + 1] !== quote) return { start, end: at + 1, value };
      from = ++at;
    } else if (sign === '\\' && writing.isDoubled !== true) {
      const next = text[at + 1] ?? '';
      // A line that goes on in the next is one line.
      value += text.slice(from, at) + (next === '\n' ? '' : (ESCAPED[next] ?? next));
      from = ++at + 1;
    }
  }
  return text.length;
}

/** Tells texts and comments of a program from the rest. Linear, whatever stands in it. */
export function outlineOf(text: string, writing: Writing): Outline {
  const literals: Literal[] = [];
  const pieces: string[] = [];
  let from = 0;
  const blank = (start: number, end: number, instead: string): void => {
    const rest = text.slice(start + instead.length, end).replace(/[^\n]/g, ' ');
    pieces.push(text.slice(from, start), instead, rest);
    from = end;
  };
  const hasBlocks = writing.comments.includes('//');
  /** Up to here nothing closes what begins with a sign. */
  const open = new Map<string, number>();
  for (let at = 0; at < text.length && literals.length < MAX_LITERALS; at++) {
    const sign = text[at]!;
    if (at < (open.get(sign) ?? 0)) continue;
    if (writing.quotes.includes(sign)) {
      const literal = literalAt(text, at, writing);
      if (typeof literal === 'number') {
        open.set(sign, literal);
        continue;
      }
      literals.push(literal);
      blank(literal.start, literal.end, '"');
      at = literal.end - 1;
    } else if (sign === "'") {
      CHARACTER.lastIndex = at;
      if (CHARACTER.test(text)) at = CHARACTER.lastIndex - 1;
    } else if (hasBlocks && sign === '/' && text[at + 1] === '*') {
      const close = text.indexOf('*/', at + 2);
      const end = close === -1 ? text.length : close + 2;
      blank(at, end, '');
      at = end - 1;
    } else if (writing.comments.some((comment) => text.startsWith(comment, at))) {
      const line = text.indexOf('\n', at);
      const end = line === -1 ? text.length : line;
      blank(at, end, '');
      at = end;
    }
  }
  pieces.push(text.slice(from));
  return { code: pieces.join(''), literals, isCutOff: literals.length >= MAX_LITERALS };
}
