import { configError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { PACKAGE_ROOT } from '../package-info.ts';
import { escapeLine } from '../reporters/escape.ts';
import { loadRules, type LoadedRules } from '../rules/load.ts';
import { type ExampleResult, testRules } from '../rules/self-test.ts';
import type { CommandContext } from './command.ts';

function isEmpty({ rules, models, classes, problems }: LoadedRules): boolean {
  return rules.length + models.length + classes.length + problems.length === 0;
}

function lineOf({ rule, set, index, place, outcome, note }: ExampleResult): string {
  const what = `${rule}: ${set} example ${index + 1}: ${outcome}`;
  return escapeLine(`${place}: ${what}${note === '' ? '' : ` (${note})`}`);
}

/**
 * Checks a folder of rules and analyses their examples; exit status 1 when a bad one is missing, a good one noisy, or a file wrong.
 * @param folder whose examples are analysed; undefined: sbx's own
 * @param besides further folders whose models and classes are in force
 * @throws a configuration error when the folder holds no rules or cannot be read
 */
export async function testRuleFolder(
  folder: string | undefined,
  besides: readonly string[],
  format: 'terminal' | 'json',
  context: CommandContext,
): Promise<void> {
  const own = loadRules(`${PACKAGE_ROOT}rules`, 'built-in', 'rules');
  const tested = folder === undefined ? own : loadRules(folder, 'operator');
  if (isEmpty(tested)) {
    throw configError('rules-none', `${folder ?? 'rules'} holds no rules`, 'A rule is <category>/<id>.yml.');
  }
  const beside = [
    ...(folder === undefined ? [] : [own]),
    ...besides.map((each) => loadRules(each, 'operator')),
  ];
  const results = await testRules(tested, beside, context.progress);
  const failures = results.filter(({ outcome }) => outcome !== 'ok');
  if (format === 'json') {
    const { problems } = tested;
    const examples = results.map((result) => ({ ...result, index: result.index + 1 }));
    context.stdout(
      `${JSON.stringify({ schema: 'sbx.rules-test/1', rules: tested.rules.length, examples, problems }, null, 2)}\n`,
    );
  } else {
    for (const problem of tested.problems) context.stderr(escapeLine(problem));
    for (const failure of failures) context.stderr(lineOf(failure));
    context.stdout(
      `${tested.rules.length} rules, ${results.length} examples: ${results.length - failures.length} ok, ` +
        `${failures.length} failed, ${tested.problems.length} problems in files\n`,
    );
  }
  if (failures.length + tested.problems.length > 0) context.exit(EXIT.reject);
}
