import { usageError } from '../../errors.ts';
import { openTarget } from '../../target/open.ts';
import type { ConfigureCommand } from '../command.ts';
import type { JudgingOptions } from '../judging.ts';
import { addAuditOptions, addJudgingOptions, runJudgement } from '../judging.ts';

const EXAMPLES = `
Examples:
  sbx deps ./my-env
  sbx deps requirements.txt --format json
  sbx deps ./my-env --vex vex.json leave to others what they settled
  sbx deps ./my-env --online       let osv-scanner and pip-audit ask their services
  sbx deps ./my-env --online --resolve
  sbx deps ./my-env --sbom bom.json --sbom spdx=bom.spdx.json
  sbx deps ./my-env --fix-plan     the exact pins to write; --format json for a program
`;

/** `sbx deps TARGET`: dependency audit alone. */
const configure: ConfigureCommand = (command, context) => {
  addAuditOptions(addJudgingOptions(command.argument('<target>', 'folder, file or archive'), false))
    .option('--fix-plan', 'print what to write where instead of the report; nothing is edited', false)
    .option(
      '--resolve',
      'also audit what would be installed today for what has no lock (Python; with --online)',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: JudgingOptions & { readonly fixPlan: boolean }) => {
      if (options.fixPlan && options.format !== 'terminal' && options.format !== 'json')
        throw usageError('fix-plan-format', 'a fix plan is written as terminal or json');
      await runJudgement(
        (signal) => openTarget(path, signal),
        ['deps'],
        { ...options, backend: 'none' },
        context,
      );
    });
};
export default configure;
