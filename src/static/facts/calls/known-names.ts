import type { Api } from '../../../model/api-model.ts';
import type { ApiIndex } from '../../../rules/api-index.ts';
import { modelName, nameReached } from '../names.ts';
import type { Walk } from '../walk/walk.ts';

/** What models know of a name, and the name under which they do. */
interface Known {
  readonly known: string;
  readonly apis: readonly Api[];
}

const knownNames = new WeakMap<ApiIndex, Map<string, Known>>();

/** So many names are remembered for each language. */
const MAX_KNOWN = 200_000;

/** What models know of a name as a program writes it. */
export function knownAs(walk: Walk, name: string): Known {
  let names = knownNames.get(walk.apis);
  if (names === undefined) knownNames.set(walk.apis, (names = new Map()));
  let found = names.get(name);
  if (found !== undefined) return found;
  found = { known: name, apis: walk.apis.lookup(modelName(name, walk.language)) };
  const reached = found.apis.length === 0 ? nameReached(name, walk.language) : null;
  const apis = reached === null ? [] : walk.apis.lookup(reached);
  if (reached !== null && apis.length > 0) found = { known: reached, apis };
  if (names.size < MAX_KNOWN) names.set(name, found);
  return found;
}
