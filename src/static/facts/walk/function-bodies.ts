import { parameterValues } from './definitions.ts';
import type { FunctionFact } from '../facts.ts';
import { isTestPath } from '../scopes/file-scope.ts';
import { Frame } from './frame.ts';
import { walkStatements } from './statements.ts';
import { MAX_WALK_DEPTH, type Walk } from './walk.ts';

/** A function that returns one that it makes: `return (a) => …`, `def inner(): … return inner`. */
function givesFunction({ definition: { body } }: FunctionFact): boolean {
  const last = body.at(-1);
  if (last?.kind !== 'return' || last.value === null) return false;
  const { value } = last;
  if (value.kind === 'function') return true;
  return (
    value.kind === 'name' &&
    body.some((each) => each.kind === 'function' && (each.local ?? each.definition.name) === value.name)
  );
}

/** Walks the bodies of functions that have been defined so far, and of those defined in them. */
export function walkWaiting(walk: Walk): void {
  // The list grows while it is gone through.
  for (const next of walk.waiting) walkBody(walk, next);
  walk.waiting.length = 0;
}

/** Lets calls of functions that give functions walk their bodies at once, and turns walk bodies again. */
export function walkOnCall(walk: Walk): void {
  walk.walkBody = (statements) => {
    walkStatements(walk, statements);
  };
  walk.makeReady = (callee) => {
    if (walk.quiet === 0 && callee.layer === walk.layer && givesFunction(callee)) walkBody(walk, callee);
  };
}

function walkBody(walk: Walk, next: FunctionFact): void {
  if (next.isWalked || walk.depth > MAX_WALK_DEPTH - 50) return;
  next.isWalked = true;
  next.walkedWith = [...next.given];
  const { frame, owner, scope, guard, raised, uncertainty, function: outer } = walk;
  walk.uncertainty = 0;
  walk.frame = new Frame('function', next.outer);
  walk.raised = next.raisedNode;
  walk.owner = next.owner;
  walk.function = next;
  walk.guard = next.guard;
  walk.scope = isTestPath(walk.layer.source.path) ? 'test' : walk.layer.scope;
  parameterValues(walk, next).forEach(([name, value]) => {
    walk.frame.assign(name, value, walk.graph, true);
  });
  walkStatements(walk, next.definition.body);
  walk.frame = frame;
  walk.owner = owner;
  walk.function = outer;
  walk.guard = guard;
  walk.scope = scope;
  walk.raised = raised;
  walk.uncertainty = uncertainty;
}
