import type { Expression, Statement } from '../../../model/program.ts';
import type { Lowering, StatementHandler } from './lowering.ts';

/** A longer `elif` chain becomes one flat branch; nested, it would be as deep as it is long. */
const MAX_NESTED_CLAUSES = 32;

interface IfClause {
  readonly row: number;
  readonly test: number;
}

/** `elif` is an `if` inside the other branch, so that each test guards what it decides. */
const lowerIf: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const clauses: IfClause[] = [{ row, test: lowering.first(row) }];
  let otherwise = -1;
  for (const child of lowering.children(row)) {
    const kind = lowering.kind(child);
    if (kind === kinds.elif_clause) {
      clauses.push({ row: child, test: lowering.first(child) });
    } else if (kind === kinds.else_clause) {
      otherwise = child;
    } else if (kind === kinds.ERROR) {
      lowering.statement(child, out);
    }
  }
  const last = otherwise < 0 ? null : lowering.block(otherwise);
  if (clauses.length > MAX_NESTED_CLAUSES) {
    const tests = clauses.map(({ test }) => lowerTest(lowering, test, row));
    const branches = clauses.map((clause) => lowering.block(clause.row));
    const span = lowering.span(row);
    out.push({
      kind: 'branch',
      test: { kind: 'other', children: tests, span },
      branches: last === null ? branches : [...branches, last],
      span,
    });
    return;
  }
  let rest: Statement[] | null = last;
  for (let at = clauses.length - 1; at >= 0; at--) {
    const clause = clauses[at]!;
    const consequence = lowering.block(clause.row);
    rest = [
      {
        kind: 'branch',
        test: lowerTest(lowering, clause.test, row),
        branches: rest === null ? [consequence] : [consequence, rest],
        span: { start: lowering.table.starts[clause.row]!, end: lowering.table.ends[row]! },
      },
    ];
  }
  out.push(...(rest ?? []));
};

function lowerTest(lowering: Lowering, test: number, row: number): Expression {
  return test < 0 || !lowering.isExpression(test)
    ? { kind: 'other', children: [], span: lowering.span(row) }
    : lowering.expression(test);
}

/** The `else` of a loop or a `try` runs after it. */
function pushElse(lowering: Lowering, row: number, out: Statement[]): void {
  const otherwise = lowering.child(row, lowering.kinds.else_clause);
  if (otherwise >= 0) {
    const body = lowering.block(otherwise);
    out.push({ kind: 'block', bodies: [body], span: lowering.span(otherwise) });
  }
}

const lowerFor: StatementHandler = (lowering, row, out) => {
  const [binding, iterable] = lowering.children(row).filter((child) => lowering.isExpression(child));
  out.push({
    kind: 'loop',
    binding: binding === undefined ? null : lowering.expression(binding),
    iterable: iterable === undefined ? null : lowering.expression(iterable),
    body: lowering.block(row),
    span: lowering.span(row),
  });
  pushElse(lowering, row, out);
};

const lowerWhile: StatementHandler = (lowering, row, out) => {
  out.push({
    kind: 'loop',
    binding: null,
    iterable: lowerTest(lowering, lowering.first(row), row),
    body: lowering.block(row),
    span: lowering.span(row),
  });
  pushElse(lowering, row, out);
};

const lowerWith: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const clause = lowering.child(row, kinds.with_clause);
  const items = clause < 0 ? [] : lowering.children(clause);
  let body = lowering.block(row);
  // The first item is entered first: it is the outermost.
  for (const item of items.reverse()) {
    const { value, binding } = lowerWithItem(lowering, item);
    body = [
      {
        kind: 'with',
        value,
        binding,
        body,
        span: { start: value.span.start, end: lowering.table.ends[row]! },
      },
    ];
  }
  out.push(...body);
};

function lowerWithItem(lowering: Lowering, item: number): { value: Expression; binding: Expression | null } {
  const { kinds } = lowering;
  const inner = lowering.first(item);
  if (inner >= 0 && lowering.kind(inner) === kinds.as_pattern) {
    const target = lowering.child(inner, kinds.as_pattern_target);
    const value = lowering.first(inner);
    if (target >= 0 && value >= 0) {
      return { value: lowering.expression(value), binding: lowering.expression(target) };
    }
  }
  return { value: lowering.expression(inner < 0 ? item : inner), binding: null };
}

const lowerTry: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const bodies: Statement[][] = [];
  for (const child of lowering.children(row)) {
    const kind = lowering.kind(child);
    if (kind === kinds.block) {
      bodies.push(lowering.statements(child));
    } else if (kind === kinds.except_clause) {
      bodies.push(lowerExcept(lowering, child));
    } else if (kind === kinds.ERROR) {
      lowering.statement(child, out);
    } else {
      bodies.push(lowering.block(child));
    }
  }
  out.push({ kind: 'block', bodies, span: lowering.span(row) });
};

/** `except Error as name`: the name is bound to something made of the exception's type. */
function lowerExcept(lowering: Lowering, row: number): Statement[] {
  const { kinds } = lowering;
  const body: Statement[] = [];
  for (const child of lowering.children(row)) {
    if (lowering.kind(child) === kinds.as_pattern) {
      const type = lowering.first(child);
      const target = lowering.child(child, kinds.as_pattern_target);
      if (type >= 0 && target >= 0) {
        const span = lowering.span(child);
        body.push({
          kind: 'assign',
          target: lowering.expression(target),
          value: { kind: 'other', children: [lowering.expression(type)], span },
          operator: '=',
          span,
        });
      }
    } else if (lowering.isExpression(child) && lowering.hasCall(child)) {
      const expression = lowering.expression(child);
      body.push({ kind: 'expression', expression, span: expression.span });
    }
  }
  body.push(...lowering.block(row));
  return body;
}

/** Handlers by node type. */
export const COMPOUND_HANDLERS: Readonly<Record<string, StatementHandler>> = {
  if_statement: lowerIf,
  for_statement: lowerFor,
  while_statement: lowerWhile,
  with_statement: lowerWith,
  try_statement: lowerTry,
  block: (lowering, row, out) => lowering.statements(row, out),
  module: (lowering, row, out) => lowering.statements(row, out),
};
