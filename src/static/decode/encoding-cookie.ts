import { TextDecoder } from 'node:util';
import type { Span } from '../../model/program.ts';

/**
 * What a declared encoding means for whoever reads the file without it: `plain` nothing, for it is UTF-8, ASCII or Latin; `legacy`
 * letters outside ASCII differ; `rewriting` the text itself becomes another; `unknown` nobody but the interpreter can tell.
 */
type CookieKind = 'plain' | 'legacy' | 'rewriting' | 'unknown';

/** An encoding that a source file declares for itself. */
export interface EncodingCookie {
  /** Lower case, `_` as `-`. */
  readonly name: string;
  readonly kind: CookieKind;
  /** Undefined when the file is to be read as UTF-8, and for what is rewritten. */
  readonly decoder?: TextDecoder;
  /** Where the name stands, in bytes of the text without its byte order mark. */
  readonly span: Span;
}

/** The declaration as CPython looks for it in the first two lines (PEP 263). */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*(?<name>[-\w.]+)/d;

/** Only a comment or an empty first line lets the second line declare an encoding. */
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#.*)?$/;

/** Longer first lines are looked at up to here (bytes): far behind what any reader sees. */
const MAX_LINES_LENGTH = 1024 * 1024;

/** CPython takes whatever begins with `utf-8-` for UTF-8. */
const UTF8_NAMES = /^(?:utf-8(?:-.*)?|utf8|u8|utf|cp65001|utf8-ucs[24])$/;

const ASCII_NAMES: ReadonlySet<string> = new Set(['ascii', 'us-ascii', '646', 'ansi-x3.4-1968']);

/** Encodings of Western Europe, which differ from each other in a few letters. */
const LATIN_NAMES =
  /^(?:latin-?1(?:-.*)?|latin|l1|iso-latin-1(?:-.*)?|iso-?8859-?1(?:-.*)?|8859|iso-?8859-?15|latin-?9|l9|(?:cp|windows-)?1252)$/;

/** Python's names for encodings that the Encoding Standard calls otherwise. */
const STANDARD_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    cp936: 'gbk',
    cp932: 'shift_jis',
    cp949: 'euc-kr',
    cp950: 'big5',
    'mac-roman': 'macintosh',
    '1252': 'windows-1252',
    cp1252: 'windows-1252',
  }),
);

/** Codecs that turn harmless-looking text into other text. */
const REWRITING =
  /^(?:utf-?7|u7|unicode-1-1-utf-7|(?:raw-)?unicode-escape|unicode-internal|string-escape|rot-?13|hex|base-?64|bz2|zlib|zip|uu|quopri|quoted-printable|punycode|idna|utf-?(?:16|32).*|u16|u32|mbcs|undefined|oem|(?:cp|ibm-?|ebcdic-cp-)(?:037|039|273|424|500|875|1026|1140).*)(?:-codec)?$/;

function kindOf(name: string): Pick<EncodingCookie, 'kind' | 'decoder'> {
  if (UTF8_NAMES.test(name) || ASCII_NAMES.has(name)) return { kind: 'plain' };
  if (LATIN_NAMES.test(name)) return { kind: 'plain', decoder: new TextDecoder('latin1') };
  if (REWRITING.test(name)) return { kind: 'rewriting' };
  try {
    return { kind: 'legacy', decoder: new TextDecoder(STANDARD_NAMES.get(name) ?? name) };
  } catch {
    return { kind: 'unknown' };
  }
}

/** The first two lines, and where the second begins. CPython ends a line at `\n`, `\r\n` or a lone `\r`. */
function firstLines(bytes: Uint8Array): readonly { readonly text: string; readonly start: number }[] {
  const length = Math.min(bytes.length, MAX_LINES_LENGTH);
  const lines: { text: string; start: number }[] = [];
  for (let start = 0; lines.length < 2 && start <= length;) {
    let end = start;
    while (end < length && bytes[end] !== 10 && bytes[end] !== 13) end++;
    lines.push({ text: Buffer.from(bytes.subarray(start, end)).toString('latin1'), start });
    start = end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1);
  }
  return lines;
}

/** @returns null when the file declares nothing */
export function encodingCookie(bytes: Uint8Array): EncodingCookie | null {
  for (const { text, start } of firstLines(bytes)) {
    const place = COOKIE.exec(text)?.indices?.groups?.['name'];
    if (place !== undefined) {
      const name = text
        .slice(place[0], Math.min(place[1], place[0] + 60))
        .toLowerCase()
        .replaceAll('_', '-');
      return { name, ...kindOf(name), span: { start: start + place[0], end: start + place[1] } };
    }
    if (!BLANK_OR_COMMENT.test(text)) return null;
  }
  return null;
}
