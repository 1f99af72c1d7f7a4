/**
 * Languages that can act only by names of their own: files of them in which none of those occurs compute, and no more. Lua is not among
 * them: each program that it is built into gives it names for acting.
 */
const ACTING: ReadonlyMap<string, RegExp> = new Map([
  [
    'Perl',
    new RegExp(
      [
        '\\b(?:system|exec\\w{0,3}|qx|readpipe|fork|syscall|eval|evalbytes|do|require|unlink|rename|rmdir|mkdir|chmod|chown|kill|socket|connect|bind)\\b',
        '\\b(?:sysopen|opendir|dbmopen|tie|truncate|link|symlink|utime|select|ioctl|fcntl|AUTOLOAD|DynaLoader|XSLoader|Inline|IO|LWP|HTTP|Net)\\b',
        '`|&\\s*[${]|->\\s*[$(]|\\*\\s*\\{|\\$\\^I|^#!.*\\s-\\w*[ine]|/\\w*ee|\\(\\?\\??\\{',
        // A file that is not opened for reading, plainly said.
        '\\bopen\\b(?!\\s*\\(?\\s*(?:my\\s+\\$)?\\w{1,30}\\s*,\\s*(?:"<[^"|>]*"|\'<[^\'|>]*\'))',
        '\\buse\\s+(?!(?:strict|warnings|utf8|vars|constant|integer|English|POSIX|Getopt::\\w+|List::Util|Text::\\w+|Data::Dumper|v?5[.\\d]*)\\b)',
      ].join('|'),
      'm',
    ),
  ],
  [
    'AWK',
    // Commands are texts that are printed into, read from or handed to system().
    /\b(?:system|getline|close|fflush)\b|(?<!\|)\|(?!\|)|\bprintf?\b[^;}\n]*>|@\s*(?:load|include|\w+\s*\()/,
  ],
  [
    'AppleScript',
    /\b(?:shell|run|load|tell|open|use|apps?|application|framework|script|system|events|delete|write|call|mount|launch|activate|clipboard|keystroke)\b/i,
  ],
]);

/** Longer files are not looked through (UTF-16 units). */
const MAX_LENGTH = 500_000;

/**
 * True when a file of a language without a frontend holds none of the names by which that language starts programs, reaches a network,
 * loads code, looks names up or changes files, not in a comment or a text either: there is nothing in it that was missed.
 */
export function namesNothingThatActs(title: string, text: string): boolean {
  const acting = ACTING.get(title);
  if (acting === undefined || text.length > MAX_LENGTH) return false;
  return !acting.test(withoutHead(text));
}

/** Without the comment that a file begins with: nothing is open there that a line of it could end. */
function withoutHead(text: string): string {
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    if (!/^[ \t]*(?:$|#(?!!)|--(?!\[))|^#!\S{1,60}(?: -w)?\s*$/.test(text.slice(start, end))) break;
    start = end + 1;
  }
  return text.slice(start);
}
