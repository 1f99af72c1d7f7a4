import type { Expression } from '../../../model/program.ts';
import { ANY_SITE } from '../flow-graph.ts';
import { flowingValue, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** What a coprocess reads is kept under this, which no file of a target is called. */
function pathOf(name: string): string {
  return `/dev/coproc/${name}`;
}

const INPUT = /^coproc (\w{1,200})$/;

/** What a coprocess reads from its standard input: a name that the frontend gives it, and no variable has. */
export function coprocessInput(walk: Walk, name: string): Value | null {
  const coprocess = INPUT.exec(name)?.[1];
  return coprocess === undefined ? null : flowingValue(walk.graph.fileNode(pathOf(coprocess)));
}

/** The coprocess whose pipe `"${NAME[1]}"` (what it reads) or `"${NAME[0]}"` (what it prints) stands for; null: none. */
function coprocessOf(expression: Expression, descriptor: '0' | '1'): string | null {
  if (expression.kind !== 'index' || expression.object.kind !== 'name') return null;
  const { object, index } = expression;
  return index.kind === 'literal' && String(index.value) === descriptor ? object.name : null;
}

/** `command >&"${NAME[1]}"`: what the command prints is what the coprocess reads. */
export function writeToCoprocess(walk: Walk, target: Expression, result: Value): void {
  const name = coprocessOf(target, '1');
  if (name === null || result.node === 0 || walk.quiet > 0) return;
  walk.graph.connect(result.node, walk.graph.fileNode(pathOf(name)), ANY_SITE);
}

/** `command <&"${NAME[0]}"`: the command reads what the coprocess prints; null: it reads something else. */
export function readFromCoprocess(walk: Walk, target: Expression): Value | null {
  const name = coprocessOf(target, '0');
  return name === null ? null : walk.frame.read(`coproc ${name} output`);
}
