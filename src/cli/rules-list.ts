import { knowledgeWith } from '../rules/compiled.ts';
import { codedRules } from './coded-rules.ts';
import type { CommandContext } from './command.ts';

/** Lists every rule, the operator's among them, sorted by id. */
export async function listRules(
  folders: readonly string[],
  format: 'terminal' | 'json',
  context: CommandContext,
): Promise<void> {
  const rules = [...(await knowledgeWith(folders)).rules, ...(await codedRules())].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  if (format === 'json') {
    const rows = rules.map(
      ({ id, title, severity, confidence, category, cwe, tags, capability, languages }) => ({
        id,
        title,
        severity,
        confidence,
        category,
        cwe,
        tags,
        capability,
        languages,
      }),
    );
    context.stdout(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const width = Math.max(0, ...rules.map((rule) => rule.id.length));
  for (const rule of rules) {
    context.stdout(`${rule.id.padEnd(width)}  ${rule.severity.padEnd(8)}  ${rule.title}\n`);
  }
}
