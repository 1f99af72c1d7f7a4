/** A line of the head of a message or of a package's metadata: "Summary: …". */
const FIELD = /^[A-Z][A-Za-z-]{1,40}: \S/;

/** Longest beginning of a line that is looked at (UTF-16 units). */
const REACH = 60;

/** True for a text that begins with fields, a line each; one alone is a sentence with a colon. */
export function beginsWithFields(text: string): boolean {
  const first = text.indexOf('\n');
  return first !== -1 && isField(text, 0) && isField(text, first + 1);
}

/** Whether a field begins where a line does. */
export function isField(text: string, lineStart: number): boolean {
  return FIELD.test(text.slice(lineStart, lineStart + REACH));
}
