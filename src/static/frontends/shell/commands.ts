import type { Expression, Statement } from '../../../model/program.ts';
import { readArithmetic } from './arithmetic.ts';
import { readCase } from './cases.ts';
import { CLOSE_PAREN, OPEN_PAREN } from './characters.ts';
import { readIf } from './conditions.ts';
import { readDefinition, readNamedDefinition } from './functions.ts';
import { expectCloser, readGroup } from './groups.ts';
import { closerOf, definitionEnd, PARENTHESIS, wordAhead } from './keywords.ts';
import { readFor, readForeach, readRepeat, readWhile } from './loops.ts';
import { isArithmetic } from './matching.ts';
import type { Reader } from './reader.ts';
import { readRedirection, type Redirection } from './redirections.ts';
import { append, type ReadStage } from './script.ts';
import { readSimpleCommand } from './simple-commands.ts';
import { pipeInto, redirectGroup } from './streams.ts';
import { readConditional } from './tests.ts';

/** Reads a command that contains others, at its first word. @returns false when it is none after all; the reader then stays */
type Compound = (reader: Reader, out: Statement[]) => boolean;

const NO_CALL: ReadStage = { call: null };

const COMPOUNDS: ReadonlyMap<string, Compound> = new Map<string, Compound>([
  ['{', readGroup],
  ['if', readIf],
  ['while', readWhile],
  ['until', readWhile],
  ['for', readFor],
  ['select', readFor],
  ['case', readCase],
  ['[[', readTest],
  ['function', readNamedDefinition],
  ['coproc', readCoprocess],
  ['foreach', readForeach],
  ['repeat', readRepeat],
]);

/** Reads one command of any sort. @returns null when none stands there */
export function readCommand(reader: Reader, out: Statement[]): ReadStage | null {
  if (reader.peek() === OPEN_PAREN) return readCompound(reader, out, readParenthesized);
  const word = wordAhead(reader);
  if (word === '') return readSimpleCommand(reader, out);
  const compound = COMPOUNDS.get(word);
  if (compound !== undefined) {
    const read = readCompound(reader, out, compound);
    if (read !== null) return read;
  } else if (closerOf(word) !== 0) {
    return null;
  }
  // `list=()` is an empty array.
  const end = word.endsWith('=') ? -1 : definitionEnd(reader, word);
  if (end < 0) return readSimpleCommand(reader, out);
  return readCompound(reader, out, (_, own) => readDefinition(reader, own, word, end));
}

/** Reads a compound command with the redirections behind it. */
function readCompound(reader: Reader, out: Statement[], compound: Compound): ReadStage | null {
  const { script } = reader;
  const start = reader.at;
  const since = script.calls.length;
  const own: Statement[] = [];
  const isRead = reader.deeper(
    () => compound(reader, own),
    [],
    (flat) => {
      own.push({ kind: 'expression', expression: flat, span: flat.span });
      return true;
    },
  );
  if (!isRead) return null;
  const span = reader.span(start);
  const redirections: Redirection[] = [];
  reader.skipBlanks();
  while (readRedirection(reader, redirections)) reader.skipBlanks();
  if (redirections.length > 0) redirectGroup(reader, since, redirections, own, out, span);
  else for (const statement of own) out.push(statement);
  return NO_CALL;
}

/** `( … )`, `(( … ))`, and Zsh's function without a name: `() { … }`. */
function readParenthesized(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  if (reader.peek(1) === OPEN_PAREN && isArithmetic(reader, start + 2)) {
    reader.at += 2;
    const expression: Expression = readArithmetic(reader, CLOSE_PAREN);
    reader.at = Math.min(reader.end, reader.at + 2);
    out.push({ kind: 'expression', expression, span: reader.span(start) });
    return true;
  }
  reader.at += 1;
  reader.grammar.list(reader, out, PARENTHESIS);
  expectCloser(reader, start, PARENTHESIS);
  return true;
}

function readTest(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  const expression = readConditional(reader);
  out.push({ kind: 'expression', expression, span: reader.span(start) });
  return true;
}

/** `coproc command`, `coproc NAME { … }`. */
function readCoprocess(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  reader.at += 'coproc'.length;
  reader.skipBlanks();
  const name = wordAhead(reader);
  let known = 'COPROC';
  if (/^[A-Za-z_]\w*$/.test(name) && !COMPOUNDS.has(name)) {
    const before = reader.at;
    reader.at += name.length;
    reader.skipBlanks();
    const next = wordAhead(reader);
    const isNamed = reader.peek() === OPEN_PAREN || (COMPOUNDS.has(next) && next !== 'function');
    if (isNamed) known = name;
    else reader.at = before;
  }
  const { script } = reader;
  const since = script.calls.length;
  const stage: Statement[] = [];
  const read = reader.grammar.command(reader, stage);
  if (read === null) {
    reader.fault(start, 'nothing behind coproc');
    return true;
  }
  const span = reader.span(start);
  const process: Statement[] = [];
  pipeInto(script, since, read.call, { kind: 'name', name: `coproc ${known}`, span }, process);
  append(process, stage);
  const target: Expression = { kind: 'name', name: `coproc ${known} output`, span };
  out.push({ kind: 'assign', target, value: script.outputOf(process, span), operator: '=', span });
  return true;
}
