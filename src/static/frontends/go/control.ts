import type { Expression, Span, Statement } from '../../../model/program.ts';
import { expression } from './expressions.ts';
import type { Reader } from './reader.ts';
import { simpleStatement, type Simple, statementsOf } from './simple.ts';
import { block, statementList } from './statements.ts';
import { beginsType, type } from './types.ts';

/** So many branches are kept inside each other; of more, each may be the one that runs. */
const MAX_BRANCHES = 40;

function known(span: Span): Expression {
  return { kind: 'literal', value: true, span };
}

interface Branch {
  readonly before: readonly Statement[];
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly start: number;
}

/** `if a := f(); a { … } else if … else { … }`: what stands before a test is a statement of its own. */
export function ifStatement(reader: Reader): Statement[] {
  const branches: Branch[] = [];
  let rest: readonly Statement[] | null = null;
  do {
    const { start } = reader;
    reader.expect('if');
    const { before, value } = header(reader);
    const test = value ?? known(reader.spanFrom(start));
    branches.push({ before, test, body: reader.inBlock(() => block(reader)), start });
    if (!reader.take('else')) break;
    if (reader.isSign('{')) {
      rest = reader.inBlock(() => block(reader));
      break;
    }
  } while (reader.isSign('if'));
  const { end } = reader.spanFrom(branches[0]?.start ?? 0);
  if (branches.length > MAX_BRANCHES) {
    const start = branches[0]?.start ?? 0;
    const bodies = [...branches.map(({ body }) => body), ...(rest === null ? [] : [rest])];
    return [
      ...branches.flatMap(({ before }) => before),
      chosen(
        branches.map(({ test }) => test),
        bodies,
        { start, end },
      ),
    ];
  }
  return (
    branches.reduceRight<Statement[] | null>(
      (after, { before, test, body, start }) => {
        const bodies = after === null ? [body] : [body, after];
        return [...before, { kind: 'branch', test, branches: bodies, span: { start, end } }];
      },
      rest === null ? null : [...rest],
    ) ?? []
  );
}

function chosen(
  tests: readonly Expression[],
  branches: readonly (readonly Statement[])[],
  span: Span,
): Statement {
  const [only] = tests;
  const test: Expression =
    only !== undefined && tests.length === 1 ? only : { kind: 'other', children: tests, span };
  return { kind: 'branch', test, branches, span };
}

/** What stands before a body: an optional statement and an optional value. */
function header(reader: Reader): {
  readonly before: readonly Statement[];
  readonly value: Expression | null;
} {
  return reader.inHeader(true, () => {
    if (reader.isSign('{')) return { before: [], value: null };
    const first: Simple | null = reader.isSign(';') ? null : simpleStatement(reader);
    if (!reader.take(';')) return { before: first?.statements ?? [], value: first?.value ?? null };
    const before = first === null ? [] : statementsOf(first);
    if (reader.isSign('{')) return { before, value: null };
    const second = simpleStatement(reader);
    return { before: [...before, ...second.statements], value: second.value };
  });
}

/** `for`, in all its forms. */
export function forStatement(reader: Reader): Statement[] {
  const { start } = reader;
  reader.expect('for');
  let before: readonly Statement[] = [];
  let after: readonly Statement[] = [];
  let binding: Expression | null = null;
  let iterable: Expression | null = null;
  reader.inHeader(true, () => {
    if (reader.isSign('{')) return;
    const first = reader.isSign(';') ? null : simpleStatement(reader);
    if (first?.range !== undefined && first.range !== null) {
      ({ binding, over: iterable } = first.range);
      return;
    }
    if (!reader.take(';')) {
      iterable = first?.value ?? null;
      before = first?.statements ?? [];
      return;
    }
    before = first === null ? [] : statementsOf(first);
    if (!reader.isSign(';')) iterable = simpleStatement(reader).value;
    reader.take(';');
    if (!reader.isSign('{')) after = statementsOf(simpleStatement(reader));
  });
  const body = reader.inBlock(() => block(reader));
  const span = reader.spanFrom(start);
  return [...before, { kind: 'loop', binding, iterable, body: [...body, ...after], span }];
}

/** `switch x { case a, b: … }`: one of the branches runs. */
export function switchStatement(reader: Reader): Statement[] {
  const { start } = reader;
  reader.expect('switch');
  const { before, value } = header(reader);
  const tests: Expression[] = value === null ? [] : [value];
  const branches: Statement[][] = [];
  reader.expect('{');
  while (!reader.isAtEnd && !reader.isSign('}')) {
    const at = reader.at;
    if (reader.take('case')) {
      do tests.push(caseValue(reader));
      while (reader.take(','));
    } else reader.expect('default');
    reader.expect(':');
    branches.push(reader.inBlock(() => statementList(reader, () => isClause(reader))));
    if (reader.at === at) reader.at++;
  }
  reader.expect('}');
  const span = reader.spanFrom(start);
  // A branch more, for the case that none is meant: either all are there, or none runs.
  return [...before, chosen(tests, branches, span)];
}

function isClause(reader: Reader): boolean {
  return reader.isSign('case') || reader.isSign('default') || reader.isSign('}');
}

/** A value, or a type: nothing of a type is evaluated. */
function caseValue(reader: Reader): Expression {
  return reader.inHeader(false, () => {
    if (!beginsType(reader) || reader.isSign('func')) return expression(reader);
    const { start, at } = reader;
    type(reader);
    if (!reader.isSign('{') && !reader.isSign('(')) return known(reader.spanFrom(start));
    reader.at = at;
    return expression(reader);
  });
}

/** `select { case v := <-a: … }`: one of the branches runs, what it waits for included. */
export function selectStatement(reader: Reader): Statement[] {
  const { start } = reader;
  reader.expect('select');
  const branches: Statement[][] = [];
  reader.expect('{');
  while (!reader.isAtEnd && !reader.isSign('}')) {
    const at = reader.at;
    branches.push(
      reader.inBlock(() => {
        const waited = reader.take('case') ? statementsOf(simpleStatement(reader)) : [];
        if (waited.length === 0) reader.take('default');
        reader.expect(':');
        return [...waited, ...statementList(reader, () => isClause(reader))];
      }),
    );
    if (reader.at === at) reader.at++;
  }
  reader.expect('}');
  const span = reader.spanFrom(start);
  return branches.length === 0
    ? []
    : [{ kind: 'branch', test: { kind: 'other', children: [], span }, branches, span }];
}
