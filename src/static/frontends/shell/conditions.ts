import type { Expression, Statement } from '../../../model/program.ts';
import { expectCloser } from './groups.ts';
import { BRACE, closerOf, ELIF, ELSE, FI, OPENING_BRACE, THEN, wordAhead } from './keywords.ts';
import type { Reader } from './reader.ts';

/** A longer `elif` chain becomes one flat branch; nested, it would be as deep as it is long. */
const MAX_NESTED_CLAUSES = 32;

/** A condition, and the statements that run when it holds. */
interface Clause {
  readonly test: Expression;
  readonly body: Statement[];
}

/** `if …; then …; elif …; then …; else …; fi`; with braces in Zsh. `elif` is an `if` inside the other branch. */
export function readIf(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  const clauses: Clause[] = [];
  let rest: Statement[] | null = null;
  let hasBraces = false;
  reader.at += 'if'.length;
  for (;;) {
    const clause = readClause(reader, start);
    clauses.push(clause.clause);
    hasBraces = clause.hasBraces;
    const end = reader.at;
    if (hasBraces) reader.skipLines();
    const closer = closerOf(wordAhead(reader));
    if (closer === ELIF) {
      reader.at += 'elif'.length;
      continue;
    }
    if (closer === ELSE) {
      reader.at += 'else'.length;
      rest = [];
      if (hasBraces) readBraces(reader, rest, start);
      else reader.grammar.list(reader, rest, FI);
    } else if (hasBraces) {
      reader.at = end;
    }
    break;
  }
  if (!hasBraces) expectCloser(reader, start, FI);
  pushClauses(reader, out, clauses, rest, start);
  return true;
}

function readClause(reader: Reader, start: number): { clause: Clause; hasBraces: boolean } {
  const from = reader.at;
  const conditions: Statement[] = [];
  const body: Statement[] = [];
  reader.grammar.list(reader, conditions, THEN | OPENING_BRACE);
  const test = reader.script.outputOf(conditions, reader.span(from));
  const hasBraces = wordAhead(reader) === '{';
  if (hasBraces) {
    readBraces(reader, body, start);
  } else {
    if (conditions.length === 0) reader.fault(from, 'no condition');
    if (expectCloser(reader, start, THEN)) reader.grammar.list(reader, body, ELIF | ELSE | FI);
  }
  return { clause: { test, body }, hasBraces };
}

function readBraces(reader: Reader, out: Statement[], start: number): void {
  reader.skipLines();
  if (wordAhead(reader) !== '{') {
    reader.fault(start, 'no {');
    return;
  }
  reader.at += 1;
  reader.grammar.list(reader, out, BRACE);
  expectCloser(reader, start, BRACE);
}

function pushClauses(
  reader: Reader,
  out: Statement[],
  clauses: readonly Clause[],
  otherwise: Statement[] | null,
  start: number,
): void {
  const span = reader.span(start);
  if (clauses.length > MAX_NESTED_CLAUSES) {
    const branches = clauses.map(({ body }) => body);
    const test: Expression = { kind: 'other', children: clauses.map((clause) => clause.test), span };
    out.push({
      kind: 'branch',
      test,
      branches: otherwise === null ? branches : [...branches, otherwise],
      span,
    });
    return;
  }
  let rest = otherwise;
  for (const { test, body } of [...clauses].reverse()) {
    const branches = rest === null ? [body] : [body, rest];
    rest = [{ kind: 'branch', test, branches, span: { start: test.span.start, end: span.end } }];
  }
  for (const statement of rest ?? []) out.push(statement);
}
