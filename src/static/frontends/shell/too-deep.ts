import type { ArgumentNode, Expression } from '../../../model/program.ts';
import type { ExpressionHandler, Lowering } from './lowering.ts';

/**
 * Stands in for a subtree below the depth limit: every command in it, side by side, with those of its words that are constant. Linear in
 * the rows and free of recursion.
 */
export const lowerTooDeep: ExpressionHandler = (lowering, row) => {
  const children: Expression[] = [];
  const end = lowering.table.next[row]!;
  for (let inner = row; inner < end; inner++) {
    if (lowering.kind(inner) === lowering.kinds.command) {
      lowering.seenCommands[inner] = 1;
      children.push(shallowCommand(lowering, inner));
    }
  }
  return { kind: 'other', children, span: lowering.span(row) };
};

function shallowCommand(lowering: Lowering, row: number): Expression {
  const { kinds } = lowering;
  const span = lowering.span(row);
  let callee: Expression = { kind: 'other', children: [], span };
  const args: ArgumentNode[] = [];
  for (const child of lowering.children(row)) {
    const kind = lowering.kind(child);
    const word = kind === kinds.command_name ? lowering.first(child) : child;
    const isPlain =
      word >= 0 && (lowering.kind(word) === kinds.word || lowering.kind(word) === kinds.raw_string);
    const value: Expression = isPlain
      ? lowering.expressionAtAnyDepth(word)
      : { kind: 'other', children: [], span };
    if (kind !== kinds.command_name) {
      args.push({ name: null, value });
    } else if (value.kind === 'literal') {
      callee = { kind: 'name', name: String(value.value), span: value.span };
    }
  }
  return { kind: 'call', callee, args, span };
}
