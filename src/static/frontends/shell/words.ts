import type { Expression, Span } from '../../../model/program.ts';
import { decodeAnsiC, unescapeDoubleQuoted, unescapeWord } from './escapes.ts';
import type { ExpressionHandler, Lowering } from './lowering.ts';

function literal(value: string, span: Span): Expression {
  return { kind: 'literal', value, span };
}

/** Joins neighbouring constants, so that `c"ur"l` is one text. */
function joinParts(parts: readonly Expression[], span: Span): Expression {
  const joined: Expression[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const isText = part.kind === 'literal' && typeof part.value === 'string';
    if (isText && last?.kind === 'literal') {
      joined[joined.length - 1] = literal(String(last.value) + String(part.value), {
        start: last.span.start,
        end: part.span.end,
      });
    } else if (part.kind === 'template') {
      joined.push(...part.parts);
    } else {
      joined.push(part);
    }
  }
  if (joined.length === 0) {
    return literal('', span);
  }
  const only = joined[0]!;
  return joined.length === 1 ? { ...only, span } : { kind: 'template', parts: joined, span };
}

/**
 * Text with expansions in it. The grammar leaves some of the text between them without a node, so it is taken from the source.
 * @param from offset of the first character inside the quotes
 */
function interpolated(
  lowering: Lowering,
  row: number,
  from: number,
  to: number,
  unescape: (source: string) => string,
): Expression {
  const { kinds, table } = lowering;
  const parts: Expression[] = [];
  let at = from;
  const pushText = (end: number) => {
    if (end > at) {
      parts.push(literal(unescape(table.text.slice(at, end)), { start: at, end }));
    }
  };
  for (const child of lowering.children(row)) {
    const kind = lowering.kind(child);
    const isExpansion =
      kind === kinds.simple_expansion ||
      kind === kinds.expansion ||
      kind === kinds.command_substitution ||
      kind === kinds.arithmetic_expansion ||
      kind === kinds.ERROR;
    if (isExpansion) {
      pushText(table.starts[child]!);
      parts.push(lowering.expression(child));
      at = Math.max(at, table.ends[child]!);
    }
  }
  pushText(to);
  return joinParts(parts, lowering.span(row));
}

const lowerString: ExpressionHandler = (lowering, row) => {
  const { start, end } = lowering.span(row);
  const isClosed = end - start >= 2 && lowering.table.text[end - 1] === '"';
  return interpolated(lowering, row, start + 1, isClosed ? end - 1 : end, unescapeDoubleQuoted);
};

const lowerTranslatedString: ExpressionHandler = (lowering, row) => {
  const string = lowering.first(row);
  return string < 0 ? literal('', lowering.span(row)) : lowering.expression(string);
};

/** @param isRaw the delimiter is quoted: nothing is expanded. @param stripsTabs `<<-` */
export function lowerHereDocument(
  lowering: Lowering,
  body: number,
  isRaw: boolean,
  stripsTabs: boolean,
): Expression {
  const { start, end } = lowering.span(body);
  const strip = (source: string) => (stripsTabs ? source.replace(/^\t+/gm, '') : source);
  return isRaw
    ? literal(strip(lowering.text(body)), { start, end })
    : interpolated(lowering, body, start, end, (source) => unescapeDoubleQuoted(strip(source)));
}

const lowerConcatenation: ExpressionHandler = (lowering, row) => {
  const { table } = lowering;
  const parts: Expression[] = [];
  const span = lowering.span(row);
  let at = span.start;
  const pushGap = (end: number) => {
    const gap = unescapeWord(table.text.slice(at, end)).replaceAll('``', '').trim();
    if (gap !== '') {
      parts.push(literal(gap, { start: at, end }));
    }
  };
  for (const child of lowering.children(row)) {
    pushGap(table.starts[child]!);
    parts.push(lowering.expression(child));
    at = Math.max(at, table.ends[child]!);
  }
  pushGap(span.end);
  return joinParts(parts, span);
};

const lowerWord: ExpressionHandler = (lowering, row) =>
  literal(unescapeWord(lowering.text(row)), lowering.span(row));

const lowerVerbatim: ExpressionHandler = (lowering, row) => literal(lowering.text(row), lowering.span(row));

/** A number in a word; one with an expansion in it (`16#$x`) keeps the expansion. */
const lowerNumber: ExpressionHandler = (lowering, row) =>
  lowering.first(row) < 0
    ? lowerVerbatim(lowering, row)
    : {
        kind: 'other',
        children: lowering.children(row).map((part) => lowering.expression(part)),
        span: lowering.span(row),
      };

const lowerRawString: ExpressionHandler = (lowering, row) =>
  literal(lowering.text(row).slice(1, -1), lowering.span(row));

const lowerAnsiCString: ExpressionHandler = (lowering, row) =>
  literal(decodeAnsiC(lowering.text(row).slice(2, -1)), lowering.span(row));

const lowerVariableName: ExpressionHandler = (lowering, row) => ({
  kind: 'name',
  name: unescapeWord(lowering.text(row)),
  span: lowering.span(row),
});

/** `$x`, `$1`, `$@`: the name without the dollar sign. */
const lowerSimpleExpansion: ExpressionHandler = (lowering, row) => ({
  kind: 'name',
  name: lowering.text(row).slice(1),
  span: lowering.span(row),
});

/** `a[i]`; all elements (`a[@]`) are the array itself. */
const lowerSubscript: ExpressionHandler = (lowering, row) => {
  const [name, index] = lowering.children(row);
  if (name === undefined) {
    return { kind: 'other', children: [], span: lowering.span(row) };
  }
  const object = lowering.expression(name);
  if (index === undefined || /^[@*]$/.test(lowering.text(index))) {
    return object;
  }
  return { kind: 'index', object, index: lowering.expression(index), span: lowering.span(row) };
};

const lowerArray: ExpressionHandler = (lowering, row) => ({
  kind: 'list',
  elements: lowering.children(row).map((element) => lowering.expression(element)),
  span: lowering.span(row),
});

/** `$(…)`, backquotes, `<(…)`: the output of what is inside. */
const lowerSubstitution: ExpressionHandler = (lowering, row) => {
  const only = lowering.first(row);
  if (only >= 0 && lowering.kind(only) === lowering.kinds.file_redirect && lowering.after(only, row) < 0) {
    // `$(< file)` reads the file without a command.
    const span = lowering.span(row);
    const file = lowering.last(only);
    const args = file < 0 ? [] : [{ name: null, value: lowering.expression(file) }];
    return { kind: 'call', callee: { kind: 'name', name: 'cat', span }, args, span };
  }
  return lowering.outputOf(lowering.statements(row), row);
};

/** Handlers by node type. */
export const WORD_HANDLERS: Readonly<Record<string, ExpressionHandler>> = {
  word: lowerWord,
  number: lowerNumber,
  string: lowerString,
  string_content: lowerVerbatim,
  translated_string: lowerTranslatedString,
  raw_string: lowerRawString,
  ansi_c_string: lowerAnsiCString,
  concatenation: lowerConcatenation,
  brace_expression: lowerVerbatim,
  extglob_pattern: lowerVerbatim,
  regex: lowerVerbatim,
  test_operator: lowerVerbatim,
  heredoc_content: lowerVerbatim,
  variable_name: lowerVariableName,
  special_variable_name: lowerVariableName,
  simple_expansion: lowerSimpleExpansion,
  subscript: lowerSubscript,
  array: lowerArray,
  command_substitution: lowerSubstitution,
  process_substitution: lowerSubstitution,
};
