import type { RuleSummary } from '../model/rule-summary.ts';
import type { Rule, RuleExample } from '../model/rule.ts';

/** Backticks that no run inside the code can close. */
function fenceFor(code: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map((run) => run[0].length));
  return '`'.repeat(Math.max(3, longest + 1));
}

function exampleBlock(example: RuleExample): string {
  const fence = fenceFor(example.code);
  const lead = [
    example.path === undefined ? null : `\`${example.path}\``,
    example.why === undefined ? null : example.why,
  ].filter((part) => part !== null);
  const head = lead.length === 0 ? '' : `${lead.join(': ')}\n\n`;
  return `${head}${fence}${example.encoding ?? example.language}\n${example.code.replace(/\n$/, '')}\n${fence}\n`;
}

/** What is said of every rule, whether its check is YAML or code. */
function factsOf(rule: RuleSummary): readonly string[] {
  return [
    `Severity: **${rule.severity}**`,
    `Confidence: **${rule.confidence}**`,
    `Kind: ${rule.kind}`,
    `Category: ${rule.category}`,
    ...(rule.cwe.length > 0 ? [`CWE: ${rule.cwe.join(', ')}`] : []),
    ...(rule.tags.length > 0 ? [`Tags: ${rule.tags.join(', ')}`] : []),
    ...(rule.capability === null ? [] : [`Capability: \`${rule.capability}\``]),
    `Languages: ${rule.languages.length === 0 ? 'any' : rule.languages.join(', ')}`,
  ];
}

/** The page of a rule whose check is code, as Markdown. */
export function summaryPage(rule: RuleSummary): string {
  return [
    `# ${rule.id}\n`,
    `${rule.title}\n`,
    `${factsOf(rule)
      .map((fact) => `- ${fact}`)
      .join('\n')}\n`,
    `## Why\n\n${rule.why.trim()}\n`,
    `## What to do\n\n${rule.fix.trim()}\n`,
  ].join('\n');
}

/** A rule's page as Markdown: what it finds, why it matters, what to do, and its examples. */
export function rulePage(rule: Rule): string {
  const facts = [
    ...factsOf(rule),
    ...(rule.scopes.length > 0 ? [`Scopes: ${rule.scopes.join(', ')}`] : []),
    ...(rule.units === undefined ? [] : [`Units: ${rule.units.join(', ')}`]),
    ...(rule.guards.length > 0 ? [`Guards: ${rule.guards.join(', ')}`] : []),
    ...(rule.status === 'stable' ? [] : [`Status: ${rule.status}`]),
  ];
  const sections = [
    `# ${rule.id}\n`,
    `${rule.title}\n`,
    `${facts.map((fact) => `- ${fact}`).join('\n')}\n`,
    `## Why\n\n${rule.why.trim()}\n`,
    `## What to do\n\n${rule.fix.trim()}\n`,
    `## Found\n\n${rule.examples.bad.map(exampleBlock).join('\n')}`,
    `## Not found\n\n${rule.examples.good.map(exampleBlock).join('\n')}`,
    ...(rule.references.length === 0
      ? []
      : [`## References\n\n${rule.references.map((link) => `- <${link}>`).join('\n')}\n`]),
  ];
  return sections.join('\n');
}

/**
 * The list of all rules as Markdown, by category.
 * @public called by scripts/generate-rule-docs.mjs
 */
export function ruleIndex(rules: readonly Rule[]): string {
  const categories = [...new Set(rules.map((rule) => rule.category))].sort();
  const sections = categories.map((category) => {
    const rows = rules
      .filter((rule) => rule.category === category)
      .map((rule) => `- [\`${rule.id}\`](${category}/${rule.id}.md) (${rule.severity}): ${rule.title}`);
    return `## ${category}\n\n${rows.join('\n')}\n`;
  });
  return [
    `# Rules\n`,
    `${rules.length} rules. Each page shows code that is found and code that is not.\n`,
    ...sections,
  ].join('\n');
}
