import { openTarget } from '../../target/open.ts';
import type { ConfigureCommand } from '../command.ts';
import type { JudgingOptions } from '../judging.ts';
import { addAuditOptions, addJudgingOptions, runJudgement } from '../judging.ts';

const EXAMPLES = `
Examples:
  sbx vet ./my-env                                a Gym environment, a skill, a server, a package
  sbx vet tool.skill --format sarif --output tool.sarif
  sbx vet ./skills --output json=out.json --output markdown=out.md
  sbx vet ./my-env --backend none                 without running it; the verdict says so
  sbx vet ./my-env --manifest allowed.yaml        hold it to your own limits
`;

/** `sbx vet TARGET`: all four stages and one verdict. */
const configure: ConfigureCommand = (command, context) => {
  addAuditOptions(
    addJudgingOptions(
      command.argument('<target>', 'folder, file or archive (.zip .tar .tar.gz .tgz .whl .skill .mcpb)'),
      true,
    ),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: JudgingOptions) => {
      await runJudgement(
        (signal) => openTarget(path, signal),
        ['manifest', 'static', 'deps', 'sandbox'],
        options,
        context,
      );
    });
};
export default configure;
