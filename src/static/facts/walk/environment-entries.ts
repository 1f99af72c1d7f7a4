import { plain } from '../../fold/constant.ts';
import { matchingApi } from '../calls/apply-api.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { memberName } from '../names.ts';
import { constantValue, type Value } from '../values/value.ts';
import type { Walk } from './walk.ts';

/** The name of a variable of the environment. */
const VARIABLE = /^[A-Z][A-Z0-9_]{1,60}$/;
const TABLES = { python: 'os.environ', javascript: 'process.env' } as const;

/**
 * The node of what is read by a variable's name from a value that may hold the whole environment: a cleaned copy, a parameter. It is one
 * variable, and no longer all of them. A key that other programs sign with stays what it came with.
 */
export function entryNode(walk: Walk, object: Value, key: string): number {
  if (object.node === 0 || object.name !== null || walk.quiet > 0) return object.node;
  if (walk.graph.plainEntries.get(object.node)?.has(key) === true) return 0;
  return !VARIABLE.test(key) || isSigning(walk, key) ? object.node : walk.graph.variableOf(object.node);
}

function isSigning(walk: Walk, key: string): boolean {
  if (walk.language !== 'python' && walk.language !== 'javascript') return true;
  const apis = walk.apis.lookup(memberName(TABLES[walk.language], '__getitem__', walk.language));
  const args = { ...NO_ARGUMENTS, positional: [constantValue(plain(key))] };
  return matchingApi(walk, apis, args)?.source?.includes('secret') === true;
}
