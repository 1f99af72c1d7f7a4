import type { Fragment } from '../../../model/program.ts';
import { nodesAt } from './document.ts';
import type { ConfigNode } from './document.ts';
import { handedVariables } from './handed-variables.ts';
import { PLACES } from './runnable-places.ts';

/** Everything in a configuration file that something runs: hooks, servers, steps of a pipeline, tasks. */
export function fragmentsIn(root: ConfigNode, path: string, text: string): Fragment[] {
  const fragments: Fragment[] = [];
  /** What several places point at runs once. */
  const seen = new Set<ConfigNode>();
  for (const place of PLACES) {
    if (!place.files.test(path)) continue;
    for (const { key, node } of place.at === '' ? [{ key: '', node: root }] : nodesAt(root, place.at)) {
      if (seen.has(node)) continue;
      seen.add(node);
      const role = typeof place.role === 'string' ? place.role : place.role(key, node, root);
      fragments.push(...place.form(node, role, text));
    }
  }
  if (fragments.length === 0) return fragments;
  const variables = handedVariables(root);
  return variables.length === 0 ? fragments : fragments.map((fragment) => ({ ...fragment, variables }));
}
