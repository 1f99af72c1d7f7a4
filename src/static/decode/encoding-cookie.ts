import { TextDecoder } from 'node:util';

/** An encoding that a source file declares for itself. */
export interface EncodingCookie {
  /** Lower case, `_` as `-`. */
  readonly name: string;
  /** Undefined when the file is to be read as UTF-8. */
  readonly decoder?: TextDecoder;
  /** Why the declaration is suspicious. */
  readonly problem?: string;
}

/** The declaration as CPython looks for it in the first two lines (PEP 263). */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*(?<name>[-\w.]{1,40})/;

/** Only a comment or an empty first line lets the second line declare an encoding. */
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#.*)?$/;

const UTF8_NAMES: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'u8', 'utf', 'utf-8-sig', 'cp65001']);

const ASCII_NAMES: ReadonlySet<string> = new Set(['ascii', 'us-ascii', '646']);

/** Python's names for encodings that the Encoding Standard calls otherwise. */
const STANDARD_NAMES: Readonly<Record<string, string>> = {
  'latin-1': 'latin1',
  latin: 'latin1',
  l1: 'latin1',
  'iso-latin-1': 'latin1',
  cp936: 'gbk',
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  cp950: 'big5',
  'mac-roman': 'macintosh',
};

/** Codecs that turn harmless-looking text into other text, or that no reader but CPython knows. */
const REWRITING =
  /^(?:utf-?7|u7|unicode-1-1-utf-7|(?:raw-)?unicode-escape|unicode-internal|string-escape|rot-?13|hex|base-?64|bz2|zlib|zip|uu|quopri|quoted-printable|punycode|idna|utf-?(?:16|32).*|u16|u32|mbcs|undefined|oem)(?:-codec)?$/;

/** @returns null when the file declares nothing */
export function encodingCookie(bytes: Uint8Array): EncodingCookie | null {
  const start = Buffer.from(bytes.subarray(0, 1000)).toString('latin1');
  const [first = '', second = ''] = start.split(/\r\n|\r|\n/, 2);
  const declared =
    COOKIE.exec(first)?.groups?.['name'] ??
    (BLANK_OR_COMMENT.test(first) ? COOKIE.exec(second)?.groups?.['name'] : undefined);
  if (declared === undefined) {
    return null;
  }
  const name = declared.toLowerCase().replaceAll('_', '-');
  if (UTF8_NAMES.has(name) || ASCII_NAMES.has(name)) {
    return { name };
  }
  if (REWRITING.test(name)) {
    return { name, problem: `It declares the encoding ${name}, which can hide code from whoever reads it` };
  }
  try {
    return { name, decoder: new TextDecoder(STANDARD_NAMES[name] ?? name) };
  } catch {
    return { name, problem: `It declares the encoding ${name}, which was not undone` };
  }
}
