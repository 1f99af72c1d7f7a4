/** What a single pass over a text calls at the places where something may begin; each gets the place of the character named. */
export interface TextListener {
  /** The first character of a run of letters, digits and `_` that the table lets through; also behind `\n` in a string. */
  word(index: number): void;
  /** A run of 40 or more of them: from, to. */
  longWord(start: number, end: number): void;
  /** The first of a run of digits that begins a word, or of one behind `+`. */
  digit(index: number): void;
  /** `=`, `:`, `,`, `(` or `>`: what stands before may be the name of what stands behind. */
  sign(index: number, code: number): void;
  /** `@`. */
  at(index: number): void;
  /** `$`. */
  dollar(index: number): void;
  /** The first of five or more `-`. */
  dashes(index: number): void;
}

const OTHER = 0;
const DIGIT = 1;
const LETTER = 2;
const SIGN = 3;
const AT = 4;
const DOLLAR = 5;
const DASH = 6;

const KINDS = new Uint8Array(256);
for (let code = 48; code <= 57; code += 1) KINDS[code] = DIGIT;
for (let code = 65; code <= 90; code += 1) KINDS[code] = KINDS[code + 32] = LETTER;
KINDS[95] = LETTER;
for (const sign of '=:,(>') KINDS[sign.charCodeAt(0)] = SIGN;
KINDS[64] = AT;
KINDS[36] = DOLLAR;
KINDS[45] = DASH;

const LONG_WORD = 40;
const HYPHEN = 45;
const BACKSLASH = 92;

/** The place in a table of 32,768 of three characters: five bits each, so that `A` and `a` share one. */
export function placeOf(first: number, second: number, third: number): number {
  return ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);
}

/** Room for the bytes of a text, used over and over: most texts are short. */
const scratch = Buffer.allocUnsafeSlow(262_144);

/**
 * Goes over a text once, in time linear in its length, looking at each character once.
 * @param mayStart at {@link placeOf} three characters: 1 when a word that begins with them is to be heard of
 */
export function hearText(text: string, mayStart: Uint8Array, listener: TextListener): void {
  // One byte for each character, its lowest: what another character seems to be, the listener sees in the text.
  const { length } = text;
  const bytes = length < scratch.length - 8 ? scratch : Buffer.allocUnsafe(length + 8);
  bytes.write(text, 0, 'latin1');
  bytes.fill(0, length, length + 8);
  for (let index = 0; index < length; index += 1) {
    const code = bytes[index]!;
    const kind = KINDS[code]!;
    if (kind === OTHER) continue;
    if (kind <= LETTER) {
      const start = index;
      if (mayStart[((code & 31) << 10) | ((bytes[index + 1]! & 31) << 5) | (bytes[index + 2]! & 31)] === 1)
        listener.word(start);
      let from = start;
      if (kind === DIGIT) listener.digit(start);
      else if (code >= 110 && code <= 116 && bytes[start - 1] === BACKSLASH)
        listener.word((from = start + 1));
      for (index += 1; index < length; index += 1) {
        const next = KINDS[bytes[index]!]!;
        if (next !== LETTER && next !== DIGIT) break;
      }
      if (index - from >= LONG_WORD) listener.longWord(from, index);
      index -= 1;
    } else if (kind === SIGN) listener.sign(index, code);
    else if (kind === AT) listener.at(index);
    else if (kind === DOLLAR) listener.dollar(index);
    else if (bytes[index + 1] === HYPHEN && bytes[index + 4] === HYPHEN) {
      listener.dashes(index);
      while (bytes[index + 1] === HYPHEN) index += 1;
    }
  }
}
