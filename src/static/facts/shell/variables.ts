import type { Api } from '../../../model/api-model.ts';
import type { Span } from '../../../model/program.ts';
import { plain } from '../../fold/constant.ts';
import { VARIABLES as TABLE_OF_VARIABLES } from '../../frontends/shell/parameter-operators.ts';
import { coprocessInput } from './coprocesses.ts';
import { applyApi, matchingApi } from '../calls/apply-api.ts';
import { type BoundArguments, NO_ARGUMENTS } from '../calls/arguments.ts';
import { constantValue, flowingValue, namedValue, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

const VARIABLES: readonly Api[] = [
  {
    names: ['$'],
    when: [{ at: 0, class: 'signing-variable' }],
    capabilities: ['secret.read'],
    detail: { argument: 0, as: 'variable' },
    source: ['secret'],
  },
  {
    names: ['$'],
    when: [{ at: 0, class: 'secret-variable' }],
    capabilities: ['secret.read'],
    detail: { argument: 0, as: 'variable' },
    source: ['credential'],
  },
];

/** A word of the script's own command line; after a `shift` it may be any. */
function wordNode(walk: Walk, name: string): number {
  walk.movesWords ??= /\b(?:shift|getopts)\b/.test(walk.layer.source.text);
  return walk.program.word(walk.movesWords || !/^\d$/.test(name) ? undefined : Number(name) - 1);
}

/** A shell variable that the text does not set: it comes from the environment. */
export function environmentVariable(walk: Walk, name: string, span: Span): Value {
  // The table of variables, in which `${!x}` looks up the one that x names.
  if (name === TABLE_OF_VARIABLES) return namedValue('globals()');
  const input = coprocessInput(walk, name);
  if (input !== null) return input;
  // What words are taken apart at, as long as nobody says otherwise.
  if (name === 'IFS') return constantValue(plain(' '));
  if (name === 'HOME') return constantValue(plain('~'));
  if (/^(?:\d|[@*])$/.test(name))
    return flowingValue(walk.function?.parameterNodes[0] ?? wordNode(walk, name));
  const args: BoundArguments = { ...NO_ARGUMENTS, positional: [constantValue(plain(name))] };
  const api = matchingApi(walk, VARIABLES, args);
  return api === null ? flowingValue(walk.program.variable(name)) : applyApi(walk, '$', api, args, span);
}
