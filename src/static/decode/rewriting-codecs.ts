/** A text as a codec makes it from another, and where each of its characters came from. */
export interface RewrittenText {
  readonly text: string;
  /** For each UTF-16 unit, and for the end: its offset in the text before. Never falls. */
  readonly offsets: Uint32Array;
}

/** Collects a rewritten text piece by piece. */
class Rewriting {
  readonly #pieces: string[] = [];
  readonly #offsets: number[] = [];

  add(piece: string, offset: number): void {
    this.#pieces.push(piece);
    for (let left = piece.length; left > 0; left--) this.#offsets.push(offset);
  }

  /** Takes a part of the text before over as it is. */
  keep(text: string, from: number, to: number): void {
    this.#pieces.push(text.slice(from, to));
    for (let at = from; at < to; at++) this.#offsets.push(at);
  }

  end(length: number): RewrittenText {
    this.#offsets.push(length);
    return { text: this.#pieces.join(''), offsets: Uint32Array.from(this.#offsets) };
  }
}

/** Goes over a text; at each match of a pattern `replace` says what it stands for. */
function rewritten(
  text: string,
  pattern: RegExp,
  replace: (match: RegExpExecArray) => string,
): RewrittenText {
  const rewriting = new Rewriting();
  let at = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    rewriting.keep(text, at, match.index);
    rewriting.add(replace(match), match.index);
    at = match.index + match[0].length;
  }
  rewriting.keep(text, at, text.length);
  return rewriting.end(text.length);
}

/** RFC 2152: `+` begins UTF-16 in base64, `-` ends it, `+-` is a plus. */
function utf7(text: string): RewrittenText {
  return rewritten(text, /\+([A-Za-z0-9+/]*)-?/g, ([whole, encoded = '']) => {
    if (encoded === '') return whole === '+-' ? '+' : whole;
    const bytes = Buffer.from(encoded, 'base64');
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le');
  });
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  f: '\f',
  v: '\v',
  a: '\x07',
  b: '\b',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

function character(point: number, otherwise: string): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : otherwise;
}

function unicodeEscape(text: string): RewrittenText {
  const pattern =
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([nrtfvab\\'"\n]))/g;
  return rewritten(text, pattern, ([whole, two, four, eight, octal, simple]) => {
    if (simple !== undefined) return SIMPLE[simple] ?? whole;
    if (octal !== undefined) return character(Number.parseInt(octal, 8), whole);
    return character(Number.parseInt(two ?? four ?? eight ?? '', 16), whole);
  });
}

function rawUnicodeEscape(text: string): RewrittenText {
  return rewritten(text, /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g, ([whole, four, eight]) =>
    character(Number.parseInt(four ?? eight ?? '', 16), whole),
  );
}

function rot13(text: string): RewrittenText {
  return rewritten(text, /[A-Za-z]/g, ([letter]) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

const CODECS: readonly (readonly [RegExp, (text: string) => RewrittenText])[] = [
  [/^(?:utf-?7|u7|unicode-1-1-utf-7)$/, utf7],
  [/^(?:unicode|string)-escape$/, unicodeEscape],
  [/^raw-unicode-escape$/, rawUnicodeEscape],
  [/^rot-?13$/, rot13],
];

/**
 * The text that CPython sees when a file declares a codec of this name; null for codecs that are not undone.
 * @param name as in {@link EncodingCookie.name}
 */
export function rewriteBy(name: string, text: string): RewrittenText | null {
  const codec = CODECS.find(([pattern]) => pattern.test(name.replace(/-codec$/, '')));
  return codec === undefined ? null : codec[1](text);
}
