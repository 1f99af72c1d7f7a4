import { Option } from 'commander';
import { EXIT, exitStatusOf } from '../../exit-codes.ts';
import { FORMATS } from '../../reporters/formats.ts';
import type { Format } from '../../reporters/formats.ts';
import { escapeLine } from '../../reporters/escape.ts';
import type { CommandContext, ConfigureCommand } from '../command.ts';
import { addCommonOptions } from '../judging.ts';
import { parseOutputs, writeReport } from '../output.ts';

const EXAMPLES = `
Examples:
  sbx report render out.json --format html --output html=out.html
  sbx report merge a.json b.json --format json     one report over several targets
  sbx report diff before.json after.json           new and fixed findings; exit status 3 when there are new ones
`;

interface RenderCommandOptions {
  readonly format: Format;
  readonly output: readonly string[];
  readonly verbose?: boolean;
}

/** `sbx report render|merge|diff FILE…`. */
const configure: ConfigureCommand = (command, context) => {
  command.addHelpText('after', EXAMPLES);
  const format = (): Option =>
    new Option('--format <format>', 'format of the report').choices(FORMATS).default('terminal');
  const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];
  const render = command
    .command('render')
    .description('write a JSON report in another format')
    .argument('<file>', 'JSON report');
  addCommonOptions(
    render.addOption(format()).option('--output <file>', 'FILE or FORMAT=FILE', collect, []),
  ).action(async (file: string, options: RenderCommandOptions) => {
    await renderFiles([file], options, context);
  });
  const merge = command
    .command('merge')
    .description('make one report of several')
    .argument('<files...>', 'JSON reports');
  addCommonOptions(
    merge.addOption(format()).option('--output <file>', 'FILE or FORMAT=FILE', collect, []),
  ).action(async (files: readonly string[], options: RenderCommandOptions) => {
    await renderFiles(files, options, context);
  });
  addCommonOptions(
    command
      .command('diff')
      .description('what is new and what is gone between two reports')
      .argument('<before>', 'JSON report')
      .argument('<after>', 'JSON report')
      .addOption(
        new Option('--format <format>', 'format of the answer')
          .choices(['terminal', 'json'])
          .default('terminal'),
      ),
  ).action(async (before: string, after: string, options: { readonly format: string }) => {
    await diff(before, after, options.format, context);
  });
};
export default configure;

async function renderFiles(
  files: readonly string[],
  options: RenderCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { readReport } = await import('../../reporters/read-report.ts');
  const { mergeReports } = await import('../../reporters/merge.ts');
  const outputs = parseOutputs(options.output, options.format);
  const report = mergeReports(files.map(readReport));
  await writeReport(report, outputs, { color: context.color, isVerbose: options.verbose === true }, context);
  context.exit(exitStatusOf(report.verdict.decision, 'review'));
}

async function diff(before: string, after: string, format: string, context: CommandContext): Promise<void> {
  const { readReport } = await import('../../reporters/read-report.ts');
  const { diffReports } = await import('../../reporters/diff.ts');
  const { placeOf } = await import('../../reporters/summary.ts');
  const { added, removed } = diffReports(readReport(before), readReport(after));
  if (format === 'json') context.stdout(`${JSON.stringify({ added, removed }, null, 2)}\n`);
  else {
    const line = (mark: string, finding: (typeof added)[number]): string =>
      escapeLine(
        `${mark} ${finding.severity.padEnd(8)} ${finding.ruleId}  ${placeOf(finding)}: ${finding.message}`,
      );
    const lines = [
      ...added.map((finding) => line('+', finding)),
      ...removed.map((finding) => line('-', finding)),
    ];
    context.stdout(`${[...lines, `${added.length} new, ${removed.length} gone`].join('\n')}\n`);
  }
  context.exit(added.length === 0 ? EXIT.ok : EXIT.review);
}
