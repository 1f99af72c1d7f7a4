import { plain } from '../../fold/constant.ts';
import { matchingApi } from '../calls/apply-api.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { memberName } from '../names.ts';
import type { FunctionFact } from '../facts.ts';
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

/**
 * The same for a key that is a parameter: `pick(env, 'UNIT')`. Whether every call gives the name of a variable is known when all of them
 * are; see `settleKeyReads`.
 * @returns null when that is not how the key comes
 */
export function parameterEntryNode(walk: Walk, object: Value, key: Value): number | null {
  const { function: current, graph } = walk;
  if (object.node === 0 || object.name !== null || walk.quiet > 0 || current === null) return null;
  const parameter = key.node === 0 ? -1 : current.parameterNodes.indexOf(key.node);
  if (parameter === -1) return null;
  const read = graph.newNode();
  graph.connect(graph.variableOf(object.node), read);
  current.keyReads.push({
    parameter,
    isMeant: (name) => VARIABLE.test(name) && !isSigning(walk, name),
    open: () => {
      graph.connect(object.node, read);
    },
  });
  return read;
}

/** Lets all of a value through where some call gives a key that is not known, or no variable's name. */
export function settleKeyReads(functions: readonly FunctionFact[]): void {
  for (const { keys, keyReads } of functions)
    for (const { parameter, isMeant, open } of keyReads) {
      const given = keys[parameter];
      if (given === undefined || given === null || ![...given].every(isMeant)) open();
    }
}

function isSigning(walk: Walk, key: string): boolean {
  if (walk.language !== 'python' && walk.language !== 'javascript') return true;
  const apis = walk.apis.lookup(memberName(TABLES[walk.language], '__getitem__', walk.language));
  const args = { ...NO_ARGUMENTS, positional: [constantValue(plain(key))] };
  return matchingApi(walk, apis, args)?.source?.includes('secret') === true;
}
