/** One line of a simple YAML mapping. */
export interface PlainEntry {
  readonly key: string;
  readonly value: string;
  /** Range of the value in the text, with its quotation marks. */
  readonly start: number;
  readonly end: number;
}

/** Nobody's handwriting is longer (UTF-16 units). */
const MAX_LENGTH = 4_096;

/**
 * `key: words`, in printable characters. The value begins with a letter of ASCII and holds neither `: ` nor ` #` nor ends in `:` or a space, or stands in
 * quotation marks without any inside and without escapes: what is left is a text in every version of YAML.
 */
const LINE =
  /^([A-Za-z][A-Za-z0-9_-]{0,79}): (?:([A-Za-z](?:[!-"$-9;-~\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff]|:(?! |$)| (?!#| |$)|(?<! )#)*)|"([ !#-[\]-~\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff]*)"|'([ -&(-~\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff]*)')$/;

/** Words that YAML takes for something else than text. */
const NO_TEXT = /^(?:true|false|null)$/i;

/**
 * Reads a YAML mapping when it is as simple as most front matter: one line for each key, all values texts on the line of their key. It says
 * what the YAML library says of the same text, which takes several milliseconds to be loaded and warm.
 * @returns null for any other text, which is left to the library
 */
export function plainEntries(text: string): readonly PlainEntry[] | null {
  if (text.length > MAX_LENGTH) return null;
  const entries: PlainEntry[] = [];
  const keys = new Set<string>();
  let start = 0;
  for (const line of text.split('\n')) {
    const next = start + line.length + 1;
    // Only the last line may be empty.
    if (line === '' && next > text.length && entries.length > 0) break;
    const [, key, plain, inDouble, inSingle] = LINE.exec(line) ?? [];
    const value = plain ?? inDouble ?? inSingle;
    if (key === undefined || value === undefined || keys.has(key)) return null;
    if (NO_TEXT.test(key) || (plain !== undefined && NO_TEXT.test(plain))) return null;
    keys.add(key);
    entries.push({ key, value, start: start + key.length + 2, end: next - 1 });
    start = next;
  }
  return entries;
}
