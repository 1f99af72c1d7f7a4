import { Option } from 'commander';
import { configError, usageError } from '../../errors.ts';
import { EXIT } from '../../exit-codes.ts';
import { PACKAGE_ROOT } from '../../package-info.ts';
import type { CommandContext, ConfigureCommand } from '../command.ts';

async function list(format: string, context: CommandContext): Promise<void> {
  const { embeddedKnowledge } = await import('../../rules/compiled.ts');
  const { codedRules } = await import('../coded-rules.ts');
  const rules = [...(await embeddedKnowledge()).rules, ...(await codedRules())].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  if (format === 'json') {
    const rows = rules.map((rule) => ({
      id: rule.id,
      title: rule.title,
      severity: rule.severity,
      confidence: rule.confidence,
      category: rule.category,
      cwe: rule.cwe,
      tags: rule.tags,
      capability: rule.capability,
      languages: rule.languages,
    }));
    context.stdout(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const width = Math.max(0, ...rules.map((rule) => rule.id.length));
  for (const rule of rules) {
    context.stdout(`${rule.id.padEnd(width)}  ${rule.severity.padEnd(8)}  ${rule.title}\n`);
  }
}

async function show(id: string, context: CommandContext): Promise<void> {
  const { loadRules } = await import('../../rules/load.ts');
  const { rules } = loadRules(`${PACKAGE_ROOT}rules`, 'rules');
  const rule = rules.find((candidate) => candidate.id === id);
  const { rulePage, summaryPage } = await import('../../rules/page.ts');
  const { codedRules } = await import('../coded-rules.ts');
  const coded =
    rule === undefined ? (await codedRules()).find((candidate) => candidate.id === id) : undefined;
  if (coded !== undefined) {
    context.stdout(summaryPage(coded));
    return;
  }
  if (rule === undefined) {
    throw usageError('rule-not-found', `there is no rule "${id}"`, 'sbx rules list shows them all.');
  }
  context.stdout(rulePage(rule));
}

async function test(folder: string | undefined, context: CommandContext): Promise<void> {
  const [{ loadRules }, { testRules }] = await Promise.all([
    import('../../rules/load.ts'),
    import('../../rules/self-test.ts'),
  ]);
  const own = loadRules(`${PACKAGE_ROOT}rules`, 'rules');
  const tested = folder === undefined ? own : loadRules(folder);
  for (const problem of tested.problems) context.stderr(problem);
  if (tested.rules.length + tested.models.length + tested.classes.length + tested.problems.length === 0) {
    throw configError('rules-none', `${folder ?? 'rules'} holds no rules`, 'A rule is <category>/<id>.yml.');
  }
  const results = await testRules(tested, folder === undefined ? [] : [own], context.progress);
  const failures = results.filter((result) => result.outcome !== 'ok');
  for (const { rule, set, index, outcome, note } of failures) {
    context.stderr(`${rule}: ${set} example ${index + 1}: ${outcome}${note === '' ? '' : ` (${note})`}`);
  }
  context.stdout(
    `${tested.rules.length} rules, ${results.length} examples: ${results.length - failures.length} ok, ` +
      `${failures.length} failed, ${tested.problems.length} problems in files\n`,
  );
  if (failures.length + tested.problems.length > 0) context.exit(EXIT.reject);
}

/** `sbx rules list | show ID | test [DIR]`. */
const configure: ConfigureCommand = (command, context) => {
  command
    .command('list')
    .description('list the rules')
    .addOption(
      new Option('--format <format>', 'output format').choices(['terminal', 'json']).default('terminal'),
    )
    .action((options: { format: string }) => list(options.format, context));
  command
    .command('show')
    .description('show a rule: what it finds, why, what to do, and its examples')
    .argument('<id>', "the rule's id")
    .action((id: string) => show(id, context));
  command
    .command('test')
    .description('check rule files and analyse the examples in them: every bad one found, no good one')
    .argument('[dir]', "folder laid out as sbx's own rules/; default: those")
    .action((folder: string | undefined) => test(folder, context));
  command.addHelpText(
    'after',
    '\nExamples:\n  sbx rules list --format json\n  sbx rules show <id>\n  sbx rules test ./my-rules',
  );
};

export default configure;
