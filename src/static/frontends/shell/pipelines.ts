import type { Expression, Statement } from '../../../model/program.ts';
import { lowerCommandWith, push } from './commands.ts';
import type { Lowering, StatementHandler } from './lowering.ts';
import { addRedirection, noRedirections, type Redirections } from './redirections.ts';

const lowerRedirected: StatementHandler = (lowering, row, out) => {
  const { kinds, table } = lowering;
  const redirections = noRedirections();
  let body = -1;
  for (const child of lowering.children(row)) {
    const kind = lowering.kind(child);
    if (
      kind === kinds.file_redirect ||
      kind === kinds.herestring_redirect ||
      kind === kinds.heredoc_redirect
    ) {
      const next = table.next[child]!;
      addRedirection(lowering, child, next < table.next[row]! ? table.starts[next]! : -1, redirections);
    } else if (body < 0 && lowering.isStatement(child)) {
      body = child;
    } else {
      lowering.statement(child, out);
    }
  }
  const own: Statement[] = [];
  if (body < 0) {
    // `> file` alone empties the file.
    const span = lowering.span(row);
    push(own, { kind: 'call', callee: { kind: 'name', name: ':', span }, args: redirections.args, span });
  } else if (lowering.kind(body) === kinds.command) {
    lowerCommandWith(lowering, body, redirections, own);
  } else {
    const last = lastCommand(lowering, body);
    if (last < 0) {
      redirectedGroup(lowering, body, redirections, own);
    } else {
      lowering.misplaced.set(last, redirections);
      lowering.statement(body, own);
    }
  }
  if (redirections.pipedInto.length > 0) {
    let input = lowering.outputOf(own, row);
    for (const receiver of redirections.pipedInto) {
      const received: Statement[] = [];
      pipeInto(lowering, receiver, input, received);
      input = lowering.outputOf(received, receiver);
    }
    push(out, input);
  } else {
    out.push(...own);
  }
  for (const afterwards of redirections.afterwards) {
    lowering.statement(afterwards, out);
  }
};

/** The command at the end of a list or pipe; -1 for anything else. */
function lastCommand(lowering: Lowering, row: number): number {
  const { kinds } = lowering;
  let last = row;
  while (last >= 0 && (lowering.kind(last) === kinds.list || lowering.kind(last) === kinds.pipeline)) {
    last = lowering.last(last);
  }
  return last !== row && last >= 0 && lowering.kind(last) === kinds.command ? last : -1;
}

/** `{ a; b; } > file`, `while …; done < file`: the commands inside share the streams. */
function redirectedGroup(
  lowering: Lowering,
  body: number,
  redirections: Redirections,
  out: Statement[],
): void {
  const outer = lowering.surroundings;
  let { stdin } = outer;
  const outputs = [...outer.outputs];
  for (const { name, value } of redirections.args) {
    const shared = shareable(value, name ?? 'stdin', out);
    if (name === 'stdin') {
      stdin = shared;
    } else {
      outputs.push({ name: name ?? 'stdout', value: shared });
    }
  }
  lowering.within({ stdin, outputs }, () => {
    lowering.statement(body, out);
  });
}

/** A value that several commands use stands once, under a name that no variable can have. */
function shareable(value: Expression, stream: string, out: Statement[]): Expression {
  if (value.kind === 'literal' || value.kind === 'name') {
    return value;
  }
  const { span } = value;
  const name: Expression = { kind: 'name', name: `<${stream}>`, span };
  out.push({ kind: 'assign', target: name, value, operator: '=', span });
  return name;
}

const lowerPipeline: StatementHandler = (lowering, row, out) => {
  const stages = lowering.children(row).filter((child) => lowering.isStatement(child));
  let input: Expression | null = null;
  let last: Statement[] = [];
  for (const stage of stages) {
    last = [];
    if (input === null) {
      lowering.statement(stage, last);
    } else {
      pipeInto(lowering, stage, input, last);
    }
    if (stage !== stages.at(-1)) {
      input = lowering.outputOf(last, stage);
    }
  }
  out.push(...last);
};

/** Lowers a statement whose standard input is `input`. */
function pipeInto(lowering: Lowering, row: number, input: Expression, out: Statement[]): void {
  const { kinds } = lowering;
  const kind = lowering.kind(row);
  if (kind === kinds.command) {
    const redirections = noRedirections();
    redirections.args.push({ name: 'stdin', value: input });
    lowerCommandWith(lowering, row, redirections, out);
    return;
  }
  if (kind === kinds.redirected_statement) {
    const body = lowering.children(row).find((child) => lowering.isStatement(child));
    if (body !== undefined && lowering.kind(body) === kinds.command) {
      const received: Statement[] = [];
      lowering.statement(row, received);
      out.push(...received.map((statement) => withInput(statement, input)));
      return;
    }
  }
  if (kind === kinds.list || kind === kinds.pipeline) {
    // In `a | b && c` the grammar makes `b && c` the receiver.
    receivingList(lowering, row, input, out);
    return;
  }
  const shared = shareable(input, 'stdin', out);
  lowering.within({ ...lowering.surroundings, stdin: shared }, () => {
    lowering.statement(row, out);
  });
}

/** Only the first command of a list or pipe that follows a `|` gets its input. */
function receivingList(lowering: Lowering, row: number, input: Expression, out: Statement[]): void {
  const [first, ...rest] = lowering.children(row).filter((child) => lowering.isStatement(child));
  if (first === undefined) {
    return;
  }
  const received: Statement[] = [];
  pipeInto(lowering, first, input, received);
  if (lowering.kind(row) === lowering.kinds.list) {
    out.push(...received);
    for (const child of rest) {
      lowering.statement(child, out);
    }
    return;
  }
  let value = lowering.outputOf(received, first);
  for (const child of rest) {
    const next: Statement[] = [];
    pipeInto(lowering, child, value, next);
    value = lowering.outputOf(next, child);
  }
  push(out, value);
}

/** Gives the statement's call its standard input, unless it has one of its own. */
function withInput(statement: Statement, input: Expression): Statement {
  if (statement.kind !== 'expression') {
    return statement;
  }
  const { expression } = statement;
  if (expression.kind !== 'call' || expression.args.some(({ name }) => name === 'stdin')) {
    return statement;
  }
  return {
    ...statement,
    expression: { ...expression, args: [...expression.args, { name: 'stdin', value: input }] },
  };
}

/** Handlers by node type. */
export const PIPELINE_HANDLERS: Readonly<Record<string, StatementHandler>> = {
  redirected_statement: lowerRedirected,
  pipeline: lowerPipeline,
};
