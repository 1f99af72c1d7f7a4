import type { ArgumentNode, Expression, Span, Statement } from '../../../model/program.ts';
import { expandBraces } from './braces.ts';
import type { Lowering, StatementHandler } from './lowering.ts';
import { addRedirection, noRedirections, type Redirections } from './redirections.ts';
import { READS_INTO_VARIABLES, READS_STANDARD_INPUT } from './standard-input.ts';

/** Appends an expression as a statement. */
export function push(out: Statement[], expression: Expression): void {
  out.push({ kind: 'expression', expression, span: expression.span });
}

const lowerCommand: StatementHandler = (lowering, row, out) => {
  lowerCommandWith(lowering, row, noRedirections(), out);
};

/**
 * Lowers a simple command: one call, after the assignments that stand before it.
 * @param redirections those around the command, which hold for it
 */
export function lowerCommandWith(
  lowering: Lowering,
  row: number,
  redirections: Redirections,
  out: Statement[],
): void {
  const { kinds, table } = lowering;
  lowering.seenCommands[row] = 1;
  const misplaced = lowering.misplaced.get(row);
  redirections.args.push(...(misplaced?.args ?? []));
  redirections.words.push(...(misplaced?.words ?? []));
  const words: Expression[] = [];
  let nameRow = -1;
  for (const child of lowering.children(row)) {
    const kind = lowering.kind(child);
    if (kind === kinds.variable_assignment) {
      lowering.statement(child, out);
    } else if (kind === kinds.command_name) {
      nameRow = child;
      words.push(...nameWords(lowering, child));
    } else if (kind === kinds.file_redirect || kind === kinds.herestring_redirect) {
      addRedirection(
        lowering,
        child,
        table.next[child]! < table.length ? table.starts[table.next[child]!]! : -1,
        redirections,
      );
    } else if (lowering.isExpression(child)) {
      words.push(...expandBraces(lowering.text(child), lowering.expression(child)));
    } else if (lowering.isStatement(child)) {
      lowering.statement(child, out);
    }
  }
  const [name, ...operands] = words;
  const span = lowering.span(row);
  const positional: ArgumentNode[] = [
    ...operands.map((value) => ({ name: null, value })),
    ...redirections.words,
  ];
  if (name === undefined) {
    push(out, { kind: 'other', children: redirections.args.map(({ value }) => value), span });
    return;
  }
  const callee = calleeOf(name, nameRow < 0 ? span : lowering.span(nameRow));
  const args = withSurroundings(lowering, callee, [...positional, ...redirections.args]);
  const call: Expression = { kind: 'call', callee, args, span };
  pushCall(out, call, positional);
}

/** A constant name is a name, however it was quoted; anything else stays an expression. */
export function calleeOf(word: Expression, span: Span): Expression {
  return word.kind === 'literal' ? { kind: 'name', name: String(word.value), span } : word;
}

/** `{cat,/etc/passwd}` is a command with its argument, though the grammar takes the brace for a block. */
export function nameWords(lowering: Lowering, row: number): Expression[] {
  const word = lowering.first(row);
  if (word < 0) {
    return [];
  }
  const value = lowering.expression(word);
  const source = lowering.text(word);
  const hasBraceBefore = lowering.table.text[lowering.table.starts[word]! - 1] === '{';
  const written = hasBraceBefore && source.endsWith('}') ? `{${source}` : source;
  return expandBraces(written, value);
}

/** What pipes and redirections around a group hand to the command. */
function withSurroundings(lowering: Lowering, callee: Expression, args: ArgumentNode[]): ArgumentNode[] {
  const { stdin, outputs } = lowering.surroundings;
  const has = (stream: string) => args.some(({ name }) => name?.startsWith(stream) === true);
  const reads =
    callee.kind !== 'name' || READS_STANDARD_INPUT.has(callee.name.slice(callee.name.lastIndexOf('/') + 1));
  const added: ArgumentNode[] = [];
  if (stdin !== null && reads && !has('stdin')) {
    added.push({ name: 'stdin', value: stdin });
  }
  for (const output of outputs) {
    if (!has(output.name.replace('-append', ''))) {
      added.push(output);
    }
  }
  return added.length === 0 ? args : [...args, ...added];
}

/** `read a b` also binds its variables. */
function pushCall(
  out: Statement[],
  call: Extract<Expression, { kind: 'call' }>,
  words: readonly ArgumentNode[],
): void {
  const { callee, span } = call;
  if (callee.kind === 'name' && READS_INTO_VARIABLES.has(callee.name)) {
    const names = words
      .map(({ value }) => (value.kind === 'literal' ? String(value.value) : ''))
      .filter((word) => /^[A-Za-z_]\w*$/.test(word));
    const elements = names.map((name): Expression => ({ kind: 'name', name, span }));
    if (elements.length > 0) {
      const target: Expression = elements.length === 1 ? elements[0]! : { kind: 'list', elements, span };
      push(out, { kind: 'assignment', target, value: call, span });
      return;
    }
  }
  push(out, call);
}

/** Handlers by node type. */
export const COMMAND_HANDLERS: Readonly<Record<string, StatementHandler>> = {
  command: lowerCommand,
};
