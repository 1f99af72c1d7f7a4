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
  sbx deps ./my-env --sbom bom.json --sbom spdx=bom.spdx.json
`;

/** `sbx deps TARGET`: dependency audit alone. */
const configure: ConfigureCommand = (command, context) => {
  addAuditOptions(addJudgingOptions(command.argument('<target>', 'folder, file or archive'), false))
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: JudgingOptions) => {
      await runJudgement(
        (signal) => openTarget(path, signal),
        ['deps'],
        { ...options, backend: 'none' },
        context,
      );
    });
};
export default configure;
