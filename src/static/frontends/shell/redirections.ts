import type { Expression } from '../../../model/program.ts';
import { AMPERSAND, DIGITS, GREATER, isIn, LESS, NAME_PART, OPEN_BRACE, OPEN_PAREN } from './characters.ts';
import { type PendingDocument, readDelimiter } from './here-documents.ts';
import { literal } from './parts.ts';
import type { Reader } from './reader.ts';
import type { Argument, ReadCall } from './script.ts';
import { readWord } from './words.ts';

/** What one redirection opens. */
export interface Redirection {
  /** `stdin`, `stdout`, `stdout-append`, `stderr`, `stderr-append`, `fd3`, … */
  readonly name: string;
  /** File, or text of a here-string. */
  readonly value: Expression;
  /** The text follows below. */
  readonly document: PendingDocument | null;
  /** A file is opened for reading. */
  readonly isFile: boolean;
}

const STREAMS: Readonly<Record<string, string>> = { '0': 'stdin', '1': 'stdout', '2': 'stderr' };

/** Longer operators come before their beginnings; `>!`, `>>|` and the like are Zsh's. */
const OPERATORS = [
  ...['<<<', '<<-', '<<', '<>', '<&', '<'],
  ...['&>>|', '&>>!', '&>>', '&>|', '&>!', '&>', '>>&', '>>|', '>>', '>&', '>|', '>'],
];

/**
 * Reads a redirection, with the descriptor before it.
 * @returns false when none stands there
 */
export function readRedirection(reader: Reader, out: Redirection[]): boolean {
  const start = reader.at;
  let at = start;
  const code = reader.peek();
  if (isIn(DIGITS, code)) {
    while (isIn(DIGITS, reader.code(at))) at += 1;
  } else if (code === OPEN_BRACE) {
    // `{name}>file` puts the descriptor into a variable.
    at += 1;
    while (isIn(NAME_PART, reader.code(at))) at += 1;
    if (reader.text[at] !== '}' || at === start + 1) return false;
    at += 1;
  }
  const first = reader.code(at);
  const isRedirection =
    first === LESS ||
    first === GREATER ||
    (at === start && first === AMPERSAND && reader.code(at + 1) === GREATER);
  // `<(…)` is a substitution.
  if (!isRedirection || (at === start && reader.code(at + 1) === OPEN_PAREN)) return false;
  const descriptor = at === start ? null : reader.text.slice(start, at);
  reader.at = at;
  const operator = OPERATORS.find((candidate) => reader.startsWith(candidate)) ?? '<';
  reader.at += operator.length;
  reader.skipBlanks();
  if (operator === '<<' || operator === '<<-') readDocument(reader, operator, descriptor, start, out);
  else readTarget(reader, operator, descriptor, start, out);
  return true;
}

function readDocument(
  reader: Reader,
  operator: string,
  descriptor: string | null,
  start: number,
  out: Redirection[],
): void {
  const document = readDelimiter(reader, operator === '<<-');
  if (document === null) {
    reader.fault(start, 'no delimiter for a here-document');
    return;
  }
  reader.pending.push(document);
  const value = literal('', reader.span(start));
  out.push({ name: streamName('<', descriptor), value, document, isFile: false });
}

function readTarget(
  reader: Reader,
  operator: string,
  descriptor: string | null,
  start: number,
  out: Redirection[],
): void {
  const from = reader.at;
  const value = readWord(reader);
  if (value === null) {
    reader.fault(start, `nothing behind ${operator}`);
    return;
  }
  const written = reader.text.slice(from, reader.at);
  // `2>&1` and `>&-` join or close streams: no file.
  const isJoin = operator.endsWith('&') && /^(?:\d+-?|-|p)$/.test(written);
  if (isJoin) {
    const number = Number.parseInt(written, 10);
    // What was opened under a number of its own is a file of that name.
    if (operator === '<&' && number > 2 && descriptor === null)
      out.push({
        name: 'stdin',
        value: { kind: 'literal', value: `/dev/fd/${number}`, span: value.span },
        document: null,
        isFile: true,
      });
    return;
  }
  out.push({
    name: operator === '<<<' ? 'stdin' : streamName(operator, descriptor),
    value,
    document: null,
    isFile: operator === '<',
  });
}

function streamName(operator: string, descriptor: string | null): string {
  const isInput = operator.startsWith('<');
  const standard = isInput ? 'stdin' : 'stdout';
  const stream = descriptor === null ? standard : (STREAMS[descriptor] ?? `fd${descriptor}`);
  return !isInput && operator.includes('>>') ? `${stream}-append` : stream;
}

/** A command's arguments for its redirections; the texts of here-documents follow. */
export function redirectionArguments(redirections: readonly Redirection[]): Argument[] {
  return redirections.map(({ name, value, document }) => {
    const argument: Argument = { name, value };
    document?.holders.push(argument);
    return argument;
  });
}

/** True when the call has that stream from elsewhere. */
export function hasStream({ args }: ReadCall, stream: string): boolean {
  return args.some(({ name }) => name === stream || name === `${stream}-append`);
}
