/**
 * Deeper nesting than this is nobody's handwriting. Recursive parsers must not see it: an overflow inside a parser is an exception
 * that can be caught, but one that strikes while V8 compiles a regular expression ends the whole process.
 */
const MAX_DEPTH = 256;

/** Blanks in front of a line, or dashes in a row, that stand for too many levels of YAML blocks. */
const MAX_INDENT = 2 * MAX_DEPTH;

/**
 * Whether a text of YAML, JSON or TOML nests too deeply for a recursive parser. Linear; counts brackets wherever they stand (also in
 * strings and comments, which honest files do not fill with unclosed ones), and the levels that indentation and `- - -` can open.
 */
export function isNestedTooDeeply(text: string): boolean {
  let depth = 0;
  let leading = 0;
  let isLeading = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) {
      isLeading = true;
      leading = 0;
      continue;
    }
    // `[` and `{` open, `]` and `}` close.
    if (code === 0x5b || code === 0x7b) depth += 1;
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth -= 1;
    if (depth > MAX_DEPTH) return true;
    if (!isLeading) continue;
    // Blank, tab, `-`, `?` and `:` may all stand before the first key of a line and open a level each.
    if (code === 0x20 || code === 0x09 || code === 0x2d || code === 0x3f || code === 0x3a) leading += 1;
    else if (leading > MAX_INDENT) return true;
    else isLeading = false;
  }
  return leading > MAX_INDENT && isLeading;
}
