import type { Expression } from '../../../model/program.ts';
import { atNode } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import { resolvesPath } from './resolved-paths.ts';

/** Words without which a condition does not check where a path leads. */
const CHECKS = /\b(?:is_relative_to|relative_to|commonpath|starts[wW]ith)\b/;
/** Parts of a condition that are looked at. */
const MAX_PARTS = 40;

/** Names that a condition holds against a folder. */
function namesChecked(test: Expression): readonly string[] {
  const names: string[] = [];
  const waiting: Expression[] = [test];
  for (let at = 0; at < waiting.length && at < MAX_PARTS; at++) {
    const part = waiting[at]!;
    if (part.kind === 'name') names.push(part.name);
    else if (part.kind === 'call') {
      const { callee, args } = part;
      if (callee.kind === 'member') waiting.push(callee.object);
      // `str(path)`, `os.path.commonpath([root, path])`
      if (callee.kind === 'name' || (callee.kind === 'member' && callee.property === 'commonpath'))
        waiting.push(...args.map(({ value }) => value));
    } else if (part.kind === 'binary') waiting.push(part.left, part.right);
    else if (part.kind === 'unary') waiting.push(part.operand);
    else if (part.kind === 'list') waiting.push(...part.elements);
    else if (part.kind === 'other') waiting.push(...part.children);
  }
  return names;
}

/**
 * After a condition that holds a resolved path against a folder, the path itself leads where it may: it can be opened. What else is done
 * with it, and what is made of it, is judged as before.
 * @param text the condition as written
 */
export function notePathCheck(walk: Walk, test: Expression, text: string): void {
  if (walk.quiet > 0 || !CHECKS.test(text)) return;
  for (const name of namesChecked(test)) {
    const made = walk.conditions.get(name);
    const value = walk.frame.read(name);
    if (made === undefined || value === null || value.node === 0 || !resolvesPath(walk.textOf(made)))
      continue;
    const node = walk.graph.newNode();
    walk.graph.connect(value.node, node);
    walk.graph.checkedPaths.add(node);
    walk.frame.assign(name, atNode(value, node), walk.graph, true);
    // In a branch a name stands for all that was ever put into it.
    if (walk.uncertainty > 0)
      walk.graph.checkedPaths.add(walk.frame.readAnyTime(name, walk.graph)?.node ?? node);
  }
}
