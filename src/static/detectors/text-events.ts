/** What a single pass over a text calls at the places where something may begin; each gets the place of the character named. */
export interface TextListener {
  /** The first character of a run of letters, digits and `_` that the table lets through; also behind `\n` in a string. */
  word(index: number, place: number): void;
  /** A run of 40 or more of them: from, to. */
  longWord(start: number, end: number): void;
  /** The first of two digits or more that begin a word, or of a number behind `+`. */
  digit(index: number): void;
  /** `=`, `:`, `>`, `,` behind a string, `(` before one: what stands before may be the name of what stands behind. */
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
const PLUS = 43;
const COMMA = 44;
const DOT = 46;
const PARENTHESIS = 40;
const BACKSLASH = 92;

/** The place in a table of 32,768 of three characters: five bits each, so that `A` and `a` share one. */
export function placeOf(first: number, second: number, third: number): number {
  return ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);
}

/** A comma names what follows only behind a string, a bracket only before one. */
function isNaming(bytes: Uint8Array, index: number, code: number): boolean {
  if (code !== COMMA && code !== PARENTHESIS) return true;
  const string = bytes[code === COMMA ? index - 1 : index + 1];
  return string === 34 || string === 39;
}

/** Two digits and a third, or a dot: what begins so may be long. */
function isLongNumber(bytes: Uint8Array, index: number): boolean {
  return (
    KINDS[bytes[index + 1]!] === DIGIT && (KINDS[bytes[index + 2]!] === DIGIT || bytes[index + 2] === DOT)
  );
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
      const place = ((code & 31) << 10) | ((bytes[index + 1]! & 31) << 5) | (bytes[index + 2]! & 31);
      if (mayStart[place] === 1) listener.word(start, place);
      let from = start;
      if (kind === DIGIT) {
        if (bytes[start - 1] === PLUS || isLongNumber(bytes, start)) listener.digit(start);
      } else if (code >= 110 && code <= 116 && bytes[start - 1] === BACKSLASH) {
        from = start + 1;
        listener.word(from, placeOf(bytes[from]!, bytes[from + 1]!, bytes[from + 2]!));
      }
      for (index += 1; index < length; index += 1) {
        const next = KINDS[bytes[index]!]!;
        if (next !== LETTER && next !== DIGIT) break;
      }
      if (index - from >= LONG_WORD) listener.longWord(from, index);
      index -= 1;
    } else if (kind === SIGN) {
      if (isNaming(bytes, index, code)) listener.sign(index, code);
    } else if (kind === AT) listener.at(index);
    else if (kind === DOLLAR) listener.dollar(index);
    else if (bytes[index + 1] === HYPHEN && bytes[index + 4] === HYPHEN) {
      listener.dashes(index);
      while (bytes[index + 1] === HYPHEN) index += 1;
    }
  }
}
