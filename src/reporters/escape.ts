/**
 * The one gate for text that comes from the target: file names, messages, details. Control characters, terminal escapes, bidi and
 * zero-width characters and line breaks become visible, so that no name can move a cursor, hide a line or forge a CI command.
 */

// DEL, C1, soft hyphen, Arabic letter mark, zero-width and bidi controls, line and paragraph separators, invisible operators,
// BOM, interlinear annotations, and the tag block (CVE-2021-42574 for the bidi ones).
const INVISIBLE = String.raw`\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}\ud800-\udfff`;

/** Every one of them and of C0. */
const UNSAFE = new RegExp(String.raw`[\u0000-\u001f${INVISIBLE}]`, 'gu');

/** The same but for the line feed: a raw one in JSON only ends a line, as those of its texts are escaped before. */
const UNSAFE_IN_JSON = new RegExp(String.raw`[\u0000-\t\v-\u001f${INVISIBLE}]`, 'gu');

/** What is neither a line feed nor plainly visible ASCII. */
const BEYOND_ASCII = /[^\n -~]/;

/** Text fit for one line of output: everything that is not plainly visible is written as `\u{…}`. */
export function escapeLine(text: string): string {
  return text.replace(UNSAFE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
}

/** Text fit for HTML content and attribute values. */
export function escapeHtml(text: string): string {
  return escapeLine(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text fit for a table cell or a line of Markdown, with nothing in it that Markdown or HTML would act on. */
export function escapeMarkdown(text: string): string {
  return escapeLine(text).replace(/[\\`*_{}[\]<>()#+!|~@:&-]/g, (character) =>
    character === '<' || character === '>' || character === '&' || character === '@' || character === ':'
      ? `&#${character.charCodeAt(0)};`
      : `\\${character}`,
  );
}

/** Text fit for an XML document: no character that XML 1.0 forbids is left. */
export function escapeXml(text: string): string {
  return escapeLine(text).replace(/[&<>"'\ufffe\uffff]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A value as indented JSON in which every invisible or steering character is written as an escape: lossless, and safe on a terminal. */
export function escapedJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  // Most reports are plain ASCII, which is told in a fifth of the time.
  if (!BEYOND_ASCII.test(text)) return `${text}\n`;
  const escape = (character: string): string =>
    [...Array(character.length).keys()].map((at) => unicodeEscape(character, at)).join('');
  return `${text.replace(UNSAFE_IN_JSON, escape)}\n`;
}

function unicodeEscape(text: string, at: number): string {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
}
