import type { Expression } from '../../../model/program.ts';
import { escapedCharacter } from './escapes.ts';
import { hereDocument } from './here-documents.ts';
import type { Reader } from './reader.ts';
import { call, literal, nameOf, positional } from './syntax.ts';
import { joined, regexAt, textAt, type TextForm, textParts } from './texts.ts';

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

const NUMBER =
  /0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+(?![.\d])|0[dD][\d_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d[\d_]*)?/y;

/** A number. */
function number(reader: Reader): Expression {
  const start = reader.at;
  const written = (reader.match(NUMBER) ?? '0').replaceAll('_', '').toLowerCase();
  reader.match(/r?i?(?!\w)/y);
  const value = /^0o?[0-7]+$/.test(written)
    ? Number.parseInt(written.replace('o', ''), 8)
    : Number(written.replace(/^0d/, ''));
  return literal(value, reader.spanFrom(start));
}

function words(reader: Reader, start: number, form: TextForm): Expression {
  const found = textParts(reader, form);
  const span = reader.spanFrom(start);
  const elements = found.flatMap((part): readonly Expression[] =>
    part.kind === 'literal'
      ? String(part.value)
          .split(/\s+/)
          .filter((word) => word !== '')
          .map((word) => literal(word, span))
      : [part],
  );
  return { kind: 'list', elements, span };
}

/** `%w[…]`, `%q(…)`, `%(…)`, `%x{…}`, `%r!…!` and so on; null when none begins here. */
function percent(reader: Reader): Expression | null {
  const start = reader.at;
  const opening = reader.match(/%[wWiIqQxrs]?[^\w\s\u0080-\uffff]/y);
  if (opening === null) return null;
  const open = opening.at(-1) ?? '';
  const close = CLOSING[open] ?? open;
  const sort = opening.length === 3 ? opening[1] : 'Q';
  const form: TextForm = { close, open: close === open ? null : open };
  switch (sort) {
    case 'w':
    case 'i':
      return words(reader, start, { ...form, isRaw: true });
    case 'W':
    case 'I':
      return words(reader, start, form);
    case 'q':
    case 's':
      return textAt(reader, start, { ...form, isRaw: true });
    case 'x':
      return command(reader, start, form);
    case 'r':
      return regexAt(reader, start, form);
    default:
      return textAt(reader, start, form);
  }
}

/** A command whose opening mark has been stepped over. */
function command(reader: Reader, start: number, form: TextForm): Expression {
  const value = textAt(reader, start, form);
  return call(nameOf('`', value.span), positional([value]), value.span);
}

/** `:name`, `:"name"`, `:+`; null when none begins here. */
function symbol(reader: Reader): Expression | null {
  const start = reader.at;
  const mark = reader.match(/:["']/y);
  if (mark !== null) return textAt(reader, start, { close: mark[1]!, isRaw: mark === ":'" });
  const written = reader.match(
    /:(?:@{0,2}[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*(?:[?!](?!=)|=(?![~>=]))?|\$\S\w*|\[\]=?|\*\*|[+-]@|<=>|===?|=~|![~=]?|<<|>>|<=|>=|[-+*\/%&|^<>~`])/y,
  );
  return written === null ? null : literal(written.slice(1), reader.spanFrom(start));
}

/** `?x` as a character. */
function character(reader: Reader): Expression | null {
  const start = reader.at;
  if (!reader.sees(/\?(?:\\[\s\S]|[^\s\\](?![\w\u0080-\uffff]))/y)) return null;
  reader.at++;
  const value = reader.peek() === '\\' ? escapedCharacter(reader, { close: null }) : reader.peek();
  if (reader.text[start + 1] !== '\\') reader.at++;
  return literal(value, reader.spanFrom(start));
}

/** Texts in quotes that stand side by side are one. */
function quotedTexts(reader: Reader): Expression {
  const start = reader.at;
  const found: Expression[] = [];
  for (;;) {
    const close = reader.peek();
    reader.at++;
    found.push(...textParts(reader, { close, isRaw: close === "'" }));
    if (reader.match(/[ \t]*(?:\\\r?\n[ \t]*)*(?=["'])/y) === null)
      return joined(found, reader.spanFrom(start));
  }
}

/** A literal of any sort that a value may begin with; null when none begins here. */
export function literalAt(reader: Reader): Expression | null {
  const start = reader.at;
  switch (reader.peek()) {
    case '"':
    case "'":
      return quotedTexts(reader);
    case '`':
      reader.at++;
      return command(reader, start, { close: '`' });
    case '/':
      reader.at++;
      return regexAt(reader, start, { close: '/' });
    case '%':
      return percent(reader);
    case ':':
      return symbol(reader);
    case '?':
      return character(reader);
    case '<':
      return hereDocument(reader);
    default:
      return reader.sees(/\d/y) ? number(reader) : null;
  }
}
