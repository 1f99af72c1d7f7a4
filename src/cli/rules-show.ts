import { closestName } from '../closest-name.ts';
import { usageError } from '../errors.ts';
import { PACKAGE_ROOT } from '../package-info.ts';
import { compileRules } from '../rules/compile.ts';
import { loadRules } from '../rules/load.ts';
import { rulePage, summaryPage } from '../rules/page.ts';
import { codedRules } from './coded-rules.ts';
import type { CommandContext } from './command.ts';

/**
 * Prints the page of a rule, whether its check is YAML (built in or in one of the folders) or code.
 * @throws a usage error when there is no such rule, a configuration error when a folder's rules are wrong
 */
export async function showRule(
  id: string,
  folders: readonly string[],
  context: CommandContext,
): Promise<void> {
  const loaded = [
    loadRules(`${PACKAGE_ROOT}rules`, 'built-in', 'rules'),
    ...folders.map((folder) => loadRules(folder, 'operator')),
  ];
  // Says what is wrong with them.
  compileRules(loaded);
  const rules = loaded.flatMap((folder) => folder.rules);
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule !== undefined) {
    context.stdout(rulePage(rule));
    return;
  }
  const inCode = await codedRules();
  const coded = inCode.find((candidate) => candidate.id === id);
  if (coded === undefined) {
    const closest = closestName(
      id,
      [...rules, ...inCode].map((candidate) => candidate.id),
    );
    const hint = closest === null ? '' : `; did you mean "${closest}"?`;
    throw usageError('rule-not-found', `there is no rule "${id}"${hint}`, 'sbx rules list shows them all.');
  }
  context.stdout(summaryPage(coded));
}
