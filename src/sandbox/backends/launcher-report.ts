import { SbxError } from '../../errors.ts';
import { commandEnd, type CommandEnd } from './run-scope.ts';
import type { Ending } from './supervise.ts';

/** What a launcher says last: how the command ended, or why it never began. */
interface LauncherReport {
  readonly exit?: number;
  /** As a shell reports it, from a first process that is not the launcher. */
  readonly status?: number;
  readonly signal?: number;
  readonly error?: string;
}

/** What can be said of a launcher. */
interface Launcher {
  /** Of the backend. */
  readonly name: string;
  /** True: the command can end it, by a signal to its own process group. */
  readonly sharesGroup: boolean;
  /** What to do about a sandbox that could not be built for this reason. */
  readonly help: (reason: string) => string;
}

/**
 * How the command ended, as its launcher says.
 * @throws SbxError of kind `sandbox` when the launcher says that the sandbox could not be built, or ended by itself without a word
 */
export function launcherEnd(
  ending: Pick<Ending, 'collected' | 'signal'>,
  memoryKills: number,
  { name, sharesGroup, help }: Launcher,
): CommandEnd {
  let report: LauncherReport;
  try {
    const [line = ''] = Buffer.from(ending.collected).toString('utf8').split('\n', 1);
    report = JSON.parse(line) as LauncherReport;
  } catch {
    // The launcher shares the memory limit with the command, and the kernel may pick it.
    if (memoryKills > 0 || (sharesGroup && ending.signal === 'SIGKILL'))
      return { exit: 137, signal: 'SIGKILL' };
    report = { error: 'it ended without a report' };
  }
  if (report.signal !== undefined) return commandEnd(128 + report.signal);
  if (report.status !== undefined) return commandEnd(report.status);
  if (report.exit !== undefined) return { exit: report.exit, signal: null };
  const reason = report.error ?? 'unknown reason';
  throw new SbxError('sandbox', 'sandbox-setup', `The ${name} sandbox could not be set up: ${reason}`, {
    help: help(reason),
  });
}
