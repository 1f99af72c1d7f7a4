import { Option } from 'commander';
import { BACKEND_IDS, GUARANTEES, type BackendId } from '../../model/observation.ts';
import { usageError } from '../../errors.ts';
import type { DoctorReport } from '../../sandbox/doctor.ts';
import type { ConfigureCommand } from '../command.ts';
import { addCommonOptions } from '../judging.ts';

const EXAMPLES = `
Examples:
  sbx doctor                     what is here, and what was proven the last time
  sbx doctor --prove             attack every sandbox from inside; takes about half a minute each
  sbx doctor --prove --backend bubblewrap
  sbx doctor --format json       the same as a machine reads it
`;

interface DoctorOptions {
  readonly format: 'terminal' | 'json';
  readonly prove?: boolean;
  readonly backend?: BackendId;
}

/** `sbx doctor`: which backends and tools are here, and which limits were proven to hold. */
const configure: ConfigureCommand = (command, context) => {
  addCommonOptions(
    command
      .option('--prove', 'run a program inside each sandbox that tries to break out')
      .addOption(
        new Option('--backend <backend>', 'with --prove, attack this one alone').choices(BACKEND_IDS),
      )
      .addOption(
        new Option('--format <format>', 'format of the answer')
          .choices(['terminal', 'json'])
          .default('terminal'),
      ),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: DoctorOptions) => {
      if (options.backend !== undefined && options.prove !== true)
        throw usageError(
          'doctor-backend',
          '--backend needs --prove',
          'Write `sbx doctor --prove --backend ID`.',
        );
      const { examine } = await import('../../sandbox/doctor.ts');
      const report = await examine({
        proving: options.prove === true,
        only: options.backend ?? null,
        signal: context.signal,
        progress: context.progress,
        fail: context.stderr,
      });
      context.stdout(options.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : asText(report));
    });
};
export default configure;

/** Two tables: a mark for what is here, then its version, then what it guarantees or how to get it. */
function asText(report: DoctorReport): string {
  const lines = ['Sandbox backends'];
  for (const { id, available, version, reason, guarantees } of report.backends) {
    lines.push(row(available, id, version, reason));
    if (!available) continue;
    for (const proof of ['proven', 'unproven', 'absent'] as const) {
      const names = GUARANTEES.filter((name) => guarantees[name] === proof);
      if (names.length > 0) lines.push(`      ${`${proof}:`.padEnd(10)}${names.join(' ')}`);
    }
  }
  lines.push('', 'Tools');
  for (const { id, available, version, reason } of report.tools)
    lines.push(row(available, id, version, reason));
  const isProven = report.backends.some((each) =>
    GUARANTEES.some((name) => each.guarantees[name] === 'proven'),
  );
  if (!isProven) lines.push('', 'Nothing is proven on this machine yet: run `sbx doctor --prove`.');
  return `${lines.join('\n')}\n`;
}

function row(available: boolean, id: string, version: string | null, reason: string): string {
  return `  ${available ? '✔' : '✘'} ${id.padEnd(12)}${(version ?? '').padEnd(available ? 18 : 0)}${reason}`.trimEnd();
}
