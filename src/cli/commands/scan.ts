import { Option } from 'commander';
import { LANGUAGE_NAMES, openStandardInput } from '../../target/standard-input.ts';
import { openTarget } from '../../target/open.ts';
import type { ConfigureCommand } from '../command.ts';
import type { JudgingOptions } from '../judging.ts';
import { addJudgingOptions, runJudgement } from '../judging.ts';

const EXAMPLES = `
Examples:
  sbx scan .                                 in a pre-commit hook or a CI step
  sbx scan skill.zip --format json
  cat setup.py | sbx scan - --lang python    one file from standard input
`;

/** `sbx scan TARGET|-`: static analysis alone. */
const configure: ConfigureCommand = (command, context) => {
  addJudgingOptions(
    command.argument('<target>', 'folder, file or archive; - for one file from standard input'),
    false,
  )
    .addOption(
      new Option('--lang <name>', 'language of standard input; recognised by content otherwise').choices(
        LANGUAGE_NAMES,
      ),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: JudgingOptions & { readonly lang?: string }) => {
      const open =
        path === '-'
          ? (signal: AbortSignal) => openStandardInput(process.stdin, options.lang ?? null, signal)
          : (signal: AbortSignal) => openTarget(path, signal);
      await runJudgement(open, ['static'], { ...options, backend: 'none' }, context);
    });
};
export default configure;
