/** Headings of the parts of a docstring that list parameters or show code, in the styles of Google, NumPy and Sphinx. */
const REFERENCE =
  /^(\s*)(?:(?:Args|Arguments|Parameters|Params|Returns?|Yields?|Raises|Attributes|Examples?|Usage|References|See Also)\s*:{0,2}|\.\. (?:code-block|code|sourcecode|testcode)::.*)\s*$/i;

/** A line of an interactive session, or of a Sphinx field list. */
const SESSION_OR_FIELD = /^\s*(?:>>>|\.\.\.\s|:(?:param|type|returns?|rtype|raises|arg|keyword)\b)/;

/**
 * A docstring without what it lists or shows: parameters, return values and examples are set out for those who call the function, and
 * an example of a scanner for attacks holds one. Blanks stand where it was, so that offsets stay. Linear in the text.
 */
export function withoutReference(text: string): string {
  /** Lines indented further than this belong to the part that is left out; null: none is. */
  let margin: number | null = null;
  const lines = text.split('\n').map((line) => {
    const indent = line.length - line.trimStart().length;
    if (line.trim() !== '' && margin !== null && indent <= margin) margin = null;
    const heading = margin === null ? REFERENCE.exec(line) : null;
    if (heading !== null) margin = (heading[1] ?? '').length;
    const isLeftOut = margin !== null || SESSION_OR_FIELD.test(line);
    return isLeftOut ? ' '.repeat(line.length) : line;
  });
  return lines.join('\n');
}
