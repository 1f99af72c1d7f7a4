import type { SinkLabel, SourceLabel } from '../../../model/api-model.ts';
import type { Expression, Statement } from '../../../model/program.ts';
import { evaluate } from '../walk/expressions.ts';
import type { Frame } from '../walk/frame.ts';
import { atNode } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import { heldAgainstPattern } from './checked-patterns.ts';
import { resolvesPath } from './resolved-paths.ts';

/** What comes from outside and may be compared with what is allowed. */
const UNTRUSTED: readonly SourceLabel[] = [
  'user-input',
  'terminal-input',
  'model-output',
  'observation',
  'action',
  'network',
  'rows',
];

/** So many parts of a condition are looked at. */
const MAX_PARTS = 24;

/** A variable that a condition vouches for: all of its value, that it is a plain word or a name in a database, or where it leads as a path. */
interface Check {
  readonly name: string;
  readonly as: 'value' | 'word' | 'identifier' | 'path';
}

/** The name in `x`, `str(x)`, `x.toString()`, `os.path.realpath(x)`. */
function nameIn(expression: Expression): string | null {
  let at = expression;
  for (let depth = 0; depth < 4; depth++) {
    if (at.kind === 'name') return at.name;
    if (at.kind !== 'call') return null;
    const [first] = at.args;
    if (first !== undefined) at = first.value;
    else if (at.callee.kind === 'member') at = at.callee.object;
    else return null;
  }
  return null;
}

/** A collection that the program itself fills. */
function isOwnCollection(walk: Walk, expression: Expression): boolean {
  if (expression.kind === 'name') {
    for (let frame: Frame | null = walk.frame; frame !== null; frame = frame.parent) {
      const held = frame.read(expression.name);
      if (held !== null) return held.node === 0 && typeof held.constant?.value !== 'string';
    }
  }
  const value = evaluate(walk, expression, 'object');
  return value.node === 0 && typeof value.constant?.value !== 'string';
}

/** True for a path that was resolved before it is compared, where the condition or the variable's definition shows. */
function isResolved(walk: Walk, name: string, test: Expression): boolean {
  const made = walk.conditions.get(name);
  return resolvesPath(`${walk.textOf(test.span)} ${made === undefined ? '' : walk.textOf(made)}`);
}

function checkOfCall(
  walk: Walk,
  test: Extract<Expression, { kind: 'call' }>,
  holds: boolean,
): readonly Check[] {
  const { callee, args } = test;
  if (callee.kind !== 'member') return [];
  const word = heldAgainstPattern(walk, test);
  if (word !== null) {
    const name = nameIn(word.held);
    return holds && name !== null ? [{ name, as: word.as }] : [];
  }
  const [first] = args;
  const path = (name: string | null): readonly Check[] =>
    name !== null && isResolved(walk, name, test) ? [{ name, as: 'path' }] : [];
  switch (callee.property) {
    case 'includes':
    case 'has': {
      const name = first === undefined ? null : nameIn(first.value);
      return holds && name !== null && isOwnCollection(walk, callee.object) ? [{ name, as: 'value' }] : [];
    }
    case 'is_relative_to':
      return holds ? path(nameIn(callee.object)) : [];
    case 'startswith':
    case 'startsWith': {
      // `path.relative(root, x).startsWith('..')` holds for what lies outside.
      if (callee.object.kind === 'call' && callee.object.callee.kind === 'member') {
        const inner = callee.object;
        if (callee.object.callee.property === 'relative')
          return holds ? [] : inner.args.flatMap(({ value }) => path(nameIn(value)));
      }
      return holds ? path(nameIn(callee.object)) : [];
    }
    default:
      return [];
  }
}

/** The names given to `commonpath` in a comparison. */
function commonPath(walk: Walk, test: Expression, sides: readonly Expression[]): readonly Check[] {
  const call = sides.find(
    (side) =>
      side.kind === 'call' &&
      side.callee.kind === 'member' &&
      /^common(?:path|prefix)$/.test(side.callee.property),
  );
  const list = call?.kind === 'call' ? call.args[0]?.value : undefined;
  if (list?.kind !== 'list') return [];
  const names = list.elements.map((element) => nameIn(element)).filter((name) => name !== null);
  return names.filter((name) => isResolved(walk, name, test)).map((name) => ({ name, as: 'path' }));
}

/** The variables that a condition vouches for when it comes out as given. */
function checksIn(walk: Walk, whole: Expression, outcome: boolean): readonly Check[] {
  const checks: Check[] = [];
  const pending: [test: Expression, outcome: boolean][] = [[whole, outcome]];
  for (let at = 0; at < pending.length && at < MAX_PARTS; at++) {
    const [test, holds] = pending[at]!;
    if (test.kind === 'unary' && /^(?:not|!)$/.test(test.operator)) pending.push([test.operand, !holds]);
    else if (test.kind === 'call') checks.push(...checkOfCall(walk, test, holds));
    if (test.kind !== 'binary') continue;
    const { operator, left, right } = test;
    const isBoth = /^(?:and|&&)$/.test(operator);
    if (isBoth ? holds : /^(?:or|\|\|)$/.test(operator) && !holds)
      pending.push([left, holds], [right, holds]);
    if (
      walk.language === 'python' &&
      (operator === 'in' || operator === 'not in') &&
      (operator === 'in') === holds
    ) {
      const name = nameIn(left);
      const parents = right.kind === 'member' && right.property === 'parents' ? nameIn(right.object) : null;
      if (parents !== null) {
        if (isResolved(walk, parents, test)) checks.push({ name: parents, as: 'path' });
      } else if (name !== null && isOwnCollection(walk, right)) checks.push({ name, as: 'value' });
    }
    if (/^(?:===?|!==?)$/.test(operator) && operator.startsWith('=') === holds)
      checks.push(...commonPath(walk, test, [left, right]));
  }
  return checks;
}

/**
 * From here on variables are what a condition says of them: one of the allowed values, a path below a folder.
 * @param outcome how the condition came out
 */
export function trustChecked(walk: Walk, test: Expression, outcome: boolean): void {
  if (walk.quiet > 0 || walk.language === 'shell' || walk.language === 'powershell') return;
  for (const { name, as } of checksIn(walk, test, outcome)) {
    const held = walk.trusted.get(name)?.value ?? walk.frame.readAnyTime(name, walk.graph);
    if (held === null || held.node === 0) continue;
    const node = walk.graph.newNode();
    walk.graph.connect(held.node, node);
    if (as === 'value') walk.graph.take(node, UNTRUSTED);
    else walk.graph.clear(node, CLEARED[as]);
    walk.trusted = new Map(walk.trusted).set(name, { frame: walk.frame, value: atNode(held, node) });
  }
}

/** What a variable does no harm to, by what is vouched for: a word of letters, digits and what joins them speaks to nothing. */
const CLEARED: Readonly<Record<Exclude<Check['as'], 'value'>, readonly SinkLabel[]>> = {
  path: ['path'],
  word: ['process', 'process-argument', 'code', 'sql', 'template', 'page'],
  identifier: ['sql'],
};

/** What ends the code around it: `return`, `raise`, `sys.exit()`. */
export function leaves(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (last === undefined || last.kind === 'return') return last !== undefined;
  if (last.kind !== 'expression') return false;
  const { expression } = last;
  if (expression.kind === 'unary') return expression.operator === 'raise';
  if (expression.kind !== 'call' || expression.callee.kind !== 'member') return false;
  const { object, property } = expression.callee;
  return property === 'exit' && object.kind === 'name' && /^(?:sys|process)$/.test(object.name);
}
