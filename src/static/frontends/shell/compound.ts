import type { ArgumentNode, Expression, Statement } from '../../../model/program.ts';
import { calleeOf, nameWords } from './commands.ts';
import type { Lowering, StatementHandler } from './lowering.ts';

/** A longer `elif` chain becomes one flat branch; nested, it would be as deep as it is long. */
const MAX_NESTED_CLAUSES = 32;

/** A longer chain of `&&` and `||` is taken as one command after the other. */
const MAX_CHAIN = 32;

/** A condition, and the statements that run when it holds. */
interface Clause {
  readonly test: Expression;
  readonly body: Statement[];
}

/** The parts of `if …; then …` and `elif …; then …`. */
function clauseOf(lowering: Lowering, row: number): Clause {
  const { kinds } = lowering;
  const conditions: Statement[] = [];
  const body: Statement[] = [];
  let isBody = false;
  for (const child of lowering.children(row)) {
    const kind = lowering.kind(child);
    if (lowering.nodeType(child) === 'then') {
      isBody = true;
    } else if (kind !== kinds.elif_clause && kind !== kinds.else_clause) {
      lowering.statement(child, isBody ? body : conditions);
    }
  }
  return { test: lowering.outputOf(conditions, row), body };
}

/** `elif` is an `if` inside the other branch, so that each test guards what it decides. */
const lowerIf: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const span = lowering.span(row);
  const clauses: Clause[] = [clauseOf(lowering, row)];
  let rest: Statement[] | null = null;
  for (const child of lowering.children(row)) {
    if (lowering.kind(child) === kinds.elif_clause) {
      clauses.push(clauseOf(lowering, child));
    } else if (lowering.kind(child) === kinds.else_clause) {
      rest = lowering.statements(child);
    }
  }
  if (clauses.length > MAX_NESTED_CLAUSES) {
    const branches = clauses.map(({ body }) => body);
    const test: Expression = { kind: 'other', children: clauses.map((clause) => clause.test), span };
    out.push({ kind: 'branch', test, branches: rest === null ? branches : [...branches, rest], span });
    return;
  }
  for (const { test, body } of clauses.reverse()) {
    const branches = rest === null ? [body] : [body, rest];
    rest = [{ kind: 'branch', test, branches, span: { start: test.span.start, end: span.end } }];
  }
  out.push(...(rest ?? []));
};

/** `a && b` runs b when a succeeds, `a || b` when it does not: a is the test that guards b. */
const lowerList: StatementHandler = (lowering, row, out) => {
  const operands: number[] = [];
  const operators: string[] = [];
  let current = row;
  while (lowering.kind(current) === lowering.kinds.list && operators.length <= MAX_CHAIN) {
    const children = lowering.children(current);
    const operator = children.find((child) => /^(?:&&|\|\|)$/.test(lowering.nodeType(child)));
    const [left, right] = children.filter((child) => child !== operator);
    if (operator === undefined || left === undefined || right === undefined) {
      break;
    }
    operands.unshift(right);
    operators.unshift(lowering.nodeType(operator));
    current = left;
  }
  if (operators.length === 0 || operators.length > MAX_CHAIN) {
    flatList(lowering, row, out);
    return;
  }
  let test = lowering.output(current);
  for (let at = 0; at < operators.length - 1; at++) {
    const right = lowering.output(operands[at]!);
    const span = { start: test.span.start, end: right.span.end };
    test = { kind: 'binary', operator: operators[at]!, left: test, right, span };
  }
  const { span } = test;
  const body: Statement[] = [];
  lowering.statement(operands.at(-1)!, body);
  out.push({
    kind: 'branch',
    test: operators.at(-1) === '&&' ? test : { kind: 'unary', operator: '!', operand: test, span },
    branches: [body],
    span: lowering.span(row),
  });
};

/** Every command of a chain, in order, found without recursion. */
function flatList(lowering: Lowering, row: number, out: Statement[]): void {
  const pending = [row];
  while (pending.length > 0) {
    const current = pending.pop()!;
    if (lowering.kind(current) === lowering.kinds.list) {
      pending.push(...lowering.children(current).reverse());
    } else {
      lowering.statement(current, out);
    }
  }
}

const lowerFor: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const span = lowering.span(row);
  const group = lowering.child(row, kinds.do_group);
  const [variable, ...words] = lowering
    .children(row)
    .filter((child) => child !== group && lowering.isExpression(child))
    .map((child) => lowering.expression(child));
  out.push({
    kind: 'loop',
    binding: variable ?? null,
    // Without `in`, the loop goes over the arguments.
    iterable: words.length > 0 ? { kind: 'list', elements: words, span } : { kind: 'name', name: '@', span },
    body: group < 0 ? [] : lowering.statements(group),
    span,
  });
};

/** `while`, `until` and `for ((…))`: what stands before the body decides or counts. */
const lowerWhile: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const conditions: Statement[] = [];
  const body: Statement[] = [];
  for (const child of lowering.children(row)) {
    const isBody =
      lowering.kind(child) === kinds.do_group || lowering.nodeType(child) === 'compound_statement';
    lowering.statement(child, isBody ? body : conditions);
  }
  out.push({
    kind: 'loop',
    binding: null,
    iterable: lowering.outputOf(conditions, row),
    body,
    span: lowering.span(row),
  });
};

const lowerCase: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const branches: Statement[][] = [];
  const tests: Expression[] = [];
  for (const child of lowering.children(row)) {
    if (lowering.kind(child) !== kinds.case_item) {
      if (lowering.isExpression(child)) {
        tests.push(lowering.expression(child));
      }
      continue;
    }
    const body: Statement[] = [];
    let isBody = false;
    for (const part of lowering.children(child)) {
      if (isBody) {
        lowering.statement(part, body);
      } else if (lowering.nodeType(part) === ')') {
        isBody = true;
      } else if (lowering.isExpression(part)) {
        const pattern = lowering.expression(part);
        if (pattern.kind !== 'literal') {
          tests.push(pattern);
        }
      }
    }
    branches.push(body);
  }
  const span = lowering.span(row);
  const test: Expression = tests.length === 1 ? tests[0]! : { kind: 'other', children: tests, span };
  out.push({ kind: 'branch', test, branches, span });
};

const lowerFunction: StatementHandler = (lowering, row, out) => {
  const [name, ...rest] = lowering.children(row);
  const span = lowering.span(row);
  const body: Statement[] = [];
  for (const child of rest) {
    lowering.statement(child, body);
  }
  out.push({
    kind: 'function',
    definition: {
      name: name === undefined ? null : lowering.text(name),
      parameters: [],
      decorators: [],
      body,
      documentation: null,
      span,
    },
    span,
  });
};

/** `{ …; }`, `( … )`, `do … done`: what is inside, in order. */
const lowerGroup: StatementHandler = (lowering, row, out) => {
  lowering.statements(row, out);
};

/** `! command`. */
const lowerNegated: StatementHandler = (lowering, row, out) => {
  const span = lowering.span(row);
  const operand = lowering.outputOf(lowering.statements(row), row);
  out.push({ kind: 'expression', expression: { kind: 'unary', operator: '!', operand, span }, span });
};

/** What the parser could not fit in: its parts one by one, and a name that lost its command with the words after it. */
const lowerError: StatementHandler = (lowering, row, out) => {
  let args: ArgumentNode[] | null = null;
  for (const child of lowering.children(row)) {
    if (lowering.kind(child) === lowering.kinds.command_name) {
      const [name, ...words] = nameWords(lowering, child);
      if (name !== undefined) {
        const span = lowering.span(child);
        args = words.map((value) => ({ name: null, value }));
        const expression: Expression = { kind: 'call', callee: calleeOf(name, span), args, span };
        out.push({ kind: 'expression', expression, span });
      }
    } else if (args !== null && lowering.isExpression(child)) {
      args.push({ name: null, value: lowering.expression(child) });
    } else {
      args = null;
      lowering.statement(child, out);
    }
  }
};

/** Handlers by node type. */
export const COMPOUND_HANDLERS: Readonly<Record<string, StatementHandler>> = {
  program: lowerGroup,
  compound_statement: lowerGroup,
  subshell: lowerGroup,
  do_group: lowerGroup,
  if_statement: lowerIf,
  elif_clause: lowerGroup,
  else_clause: lowerGroup,
  list: lowerList,
  for_statement: lowerFor,
  c_style_for_statement: lowerWhile,
  while_statement: lowerWhile,
  case_statement: lowerCase,
  case_item: lowerGroup,
  function_definition: lowerFunction,
  negated_command: lowerNegated,
  ERROR: lowerError,
};
