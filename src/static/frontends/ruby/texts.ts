import type { Expression, Statement } from '../../../model/program.ts';
import type { Reader } from './reader.ts';
import { escapedCharacter } from './escapes.ts';
import { valueOf } from './results.ts';
import { literal, member, nameOf, other } from './syntax.ts';

/** How a text ends and what is in it. */
export interface TextForm {
  /** The mark it ends with; null when it goes to the end of what is read (a here-document). */
  readonly close: string | null;
  /** A mark that has to be closed as well before the text ends, as in `%q(a (b) c)`. */
  readonly open?: string | null;
  /** `'…'`: nothing is put in, and a backslash stands for itself. */
  readonly isRaw?: boolean;
  /** Backslashes are left to whoever reads the text: regular expressions. */
  readonly keepsEscapes?: boolean;
  /** So much is taken off from the beginning of every line: `<<~`. */
  readonly indent?: number;
}

/** Unclosed texts are read again from the line behind them; of all texts together so many times their length. */
const MAX_REREAD = 8;

const CLOSES_AGAIN = /\}/y;

/** What stands in `#{ … }`, `#@x` or `#$x`. */
function interpolated(reader: Reader): Expression {
  const start = reader.at;
  reader.at++;
  const name = reader.match(/@@?[A-Za-z_]\w*|\$[A-Za-z_]\w*/y);
  if (name !== null) return nameOf(name, reader.spanFrom(start));
  reader.at++;
  const body = reader.within(() => reader.grammar.statements(reader, CLOSES_AGAIN));
  if (!reader.take('}')) reader.trouble();
  return valueOfAll(body, reader.spanFrom(start));
}

/** What statements give: the value of the last. */
export function valueOfAll(body: readonly Statement[], span: Expression['span']): Expression {
  const [only] = body;
  if (only === undefined) return literal(null, span);
  if (body.length === 1 && only.kind === 'expression') return only.expression;
  if (body.length === 1 && only.kind === 'assign')
    return { kind: 'assignment', target: only.target, value: only.value, span };
  return valueOf(body.length === 1 ? only : { kind: 'block', bodies: [body], span }, span);
}

/** Reads a text up to and over its end. @returns its parts, and whether it was closed */
function parts(reader: Reader, form: TextForm): { parts: Expression[]; isClosed: boolean } {
  const found: Expression[] = [];
  const { text } = reader;
  let plain = '';
  let from = reader.at;
  let depth = 0;
  const flush = (): void => {
    if (plain !== '') found.push(literal(plain, { start: from, end: reader.at }));
    plain = '';
  };
  let chunk = reader.at;
  const cut = (): void => {
    if (reader.at > chunk) plain += text.slice(chunk, reader.at);
  };
  const dedent = (): void => {
    for (let column = 0; column < (form.indent ?? 0) && reader.sees(/[ \t]/y); reader.at++)
      column += reader.peek() === '\t' ? 8 - (column % 8) : 1;
    chunk = reader.at;
  };
  if (form.indent !== undefined) dedent();
  while (!reader.isAtEnd) {
    const character = reader.peek();
    if (character === form.close && depth === 0) {
      cut();
      flush();
      reader.at++;
      return { parts: found, isClosed: true };
    }
    if (character === form.open && form.open !== null) depth++;
    else if (character === form.close) depth--;
    if (character === '\\') {
      cut();
      plain += escapedCharacter(reader, form);
      chunk = reader.at;
    } else if (character === '#' && form.isRaw !== true && reader.sees(/#(?:\{|@@?[A-Za-z_]|\$[A-Za-z_])/y)) {
      cut();
      flush();
      const start = reader.at;
      const value = interpolated(reader);
      found.push(value.kind === 'name' ? variableIn(reader, value) : value);
      if (reader.at === start) reader.at++;
      from = reader.at;
      chunk = reader.at;
    } else if (character === '\n' && form.indent !== undefined) {
      reader.at++;
      cut();
      dedent();
    } else reader.at++;
  }
  cut();
  flush();
  return { parts: found, isClosed: form.close === null };
}

/** `#@x` is what `@x` is anywhere else. */
function variableIn(reader: Reader, value: Extract<Expression, { kind: 'name' }>): Expression {
  return value.name.startsWith('@') && reader.isInClass
    ? member(nameOf('self', value.span), value.name, value.span)
    : value;
}

/** The parts of a text whose opening mark has been stepped over. One that is not closed ends with its line. */
export function textParts(reader: Reader, form: TextForm): Expression[] {
  const start = reader.at;
  const closer = form.close === null ? start : reader.nextMark(form.close);
  const line = reader.nextMark('\n');
  const lineEnd = line === -1 ? reader.end : Math.min(line, reader.end);
  if (closer >= start && closer < reader.end) {
    const { parts: found, isClosed } = parts(reader, form);
    if (isClosed) return found;
    reader.reread += reader.at - start;
    if (reader.reread > MAX_REREAD * reader.text.length) return found;
  }
  reader.at = start;
  reader.trouble();
  reader.at = lineEnd;
  return [literal(reader.text.slice(start, lineEnd), { start, end: lineEnd })];
}

/** Parts put together to one value. */
export function joined(found: readonly Expression[], span: Expression['span']): Expression {
  if (found.every((part) => part.kind === 'literal' && part.value !== null))
    return literal(found.map((part) => (part.kind === 'literal' ? String(part.value) : '')).join(''), span);
  return { kind: 'template', parts: found, span };
}

/** A text behind its opening mark as a value; `start` is where the mark is. */
export function textAt(reader: Reader, start: number, form: TextForm): Expression {
  const found = textParts(reader, form);
  return joined(found, reader.spanFrom(start));
}

/** A regular expression behind its opening mark. */
export function regexAt(reader: Reader, start: number, form: TextForm): Expression {
  const found = textParts(reader, { ...form, keepsEscapes: true });
  reader.match(/[imxounse]{0,8}/y);
  return other(
    found.filter((part) => part.kind !== 'literal'),
    reader.spanFrom(start),
  );
}
