import { createHash } from 'node:crypto';
import { configError } from '../errors.ts';
import type { LoadedRules } from './load.ts';
import type { CompiledRule, Knowledge } from './knowledge.ts';

/**
 * Makes one {@link Knowledge} of several rule folders; a later folder's rule replaces an earlier one of the same id.
 * @throws a configuration error that lists what is wrong with the folders
 */
export function compileRules(loaded: readonly LoadedRules[]): Knowledge {
  const problems = loaded.flatMap((folder) => folder.problems);
  if (problems.length > 0) {
    throw configError('rules-invalid', `rules cannot be used:\n${problems.slice(0, 50).join('\n')}`);
  }
  const byId = new Map<string, CompiledRule>();
  for (const rule of loaded.flatMap((folder) => folder.rules)) {
    const { examples: _examples, ...compiled } = rule;
    byId.set(rule.id, compiled);
  }
  const rules = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const models = loaded.flatMap((folder) => folder.models);
  const classes = loaded.flatMap((folder) => folder.classes);
  const digest = createHash('sha256').update(JSON.stringify({ rules, models, classes })).digest('hex');
  return { schema: 'sbx.rules/1', digest: `sha256:${digest}`, rules, models, classes };
}
