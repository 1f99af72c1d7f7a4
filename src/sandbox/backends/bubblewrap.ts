import { dirname } from 'node:path';
import { SbxError } from '../../errors.ts';
import type { Availability, Backend, Mount, SandboxCommand, SandboxResult } from '../backend.ts';
import { clockVariables } from '../clock/faketime.ts';
import { seccompProgram } from '../seccomp/bpf.ts';
import { openSinkhole } from '../sinkhole/sinkhole.ts';
import { profileOf } from '../seccomp/profiles.ts';
import { onlyOnLinux, probeByRunning, probeOnce, unavailable, versionOf } from './availability.ts';
import { onCpus } from './cpus.ts';
import { enteringCgroup } from './cgroup.ts';
import { ETC_SHOWN, systemFolders, systemLinks } from './host-parts.ts';
import {
  INSIDE_USER,
  prlimitOptions,
  processLimits,
  type TemporaryFolder,
  temporaryFolders,
  writeEtc,
} from './inside.ts';
import { withoutInherited } from './inherited.ts';
import { recordedRun } from './recorded-run.ts';
import { commandEnd, resultOf, type RunScope } from './run-scope.ts';
import { findProgram, findRuntimes } from './runtimes.ts';
import { insideEnvironment, originalMounts, rejectFailedStart, startCommand } from './start-script.ts';
import { supervise } from './supervise.ts';
import { watchTotals } from './totals.ts';
import { rejectFailedRecorder, startTracing, type Tracing } from './tracing.ts';
import { EVERY_GUARANTEE } from './offers.ts';

/** Descriptors that bwrap is told of: its options, the system call filter, and where it says how the command ended. */
const OPTIONS_FD = 3;
const FILTER_FD = 4;
const STATUS_FD = 5;

/**
 * Kernel namespaces set up by bubblewrap. Its temporary folders have a size but no limit on the number of files and may hold
 * programs; memory is counted for the whole sandbox where a control group can be made (root), else per process.
 */
export const bubblewrapBackend: Backend = {
  id: 'bubblewrap',
  offers: EVERY_GUARANTEE,
  hasSinkhole: true,
  probe: () => probeOnce('bubblewrap', probe),
  run: recordedRun(run),
};

async function probe(): Promise<Availability> {
  const elsewhere = onlyOnLinux();
  if (elsewhere !== null) return elsewhere;
  const program = await findProgram('bwrap');
  if (program === null) return unavailable('bwrap is not installed', 'apt-get install bubblewrap');
  return probeByRunning(bubblewrapBackend, versionOf(program));
}

async function run(asked: SandboxCommand, scope: RunScope, signal: AbortSignal): Promise<SandboxResult> {
  const program = await findProgram('bwrap');
  if (program === null) throw new SbxError('sandbox', 'backend-unavailable', 'bwrap is not installed');
  const sinkhole = await openSinkhole(asked, await findProgram('python3'), scope);
  const command = sinkhole?.command ?? asked;
  const tracing = await startTracing(command, scope);
  return runWatched({ program, command, scope, signal, tracing, sinkhole });
}

interface WatchedRun {
  readonly program: string;
  readonly command: SandboxCommand;
  readonly scope: RunScope;
  readonly signal: AbortSignal;
  readonly tracing: Tracing | null;
  readonly sinkhole: Awaited<ReturnType<typeof openSinkhole>>;
}

async function runWatched(run: WatchedRun): Promise<SandboxResult> {
  const { program, command, scope, signal, tracing, sinkhole } = run;
  const { cgroup, guardian } = scope;
  const options = await sandboxOptions(command, scope, tracing);
  const inner = [
    ...userChange(),
    ...clockChange(command.world),
    '/usr/bin/prlimit',
    ...prlimitOptions(processLimits(command, cgroup !== null)),
    '--',
    ...(tracing?.launcher ?? []),
    ...startCommand(command.command, command.copies),
  ];
  // Options travel by descriptor: the command line of the sandbox's first process can be read inside, and they name host paths.
  const outer = enteringCgroup(cgroup, [program, '--args', String(OPTIONS_FD), '--', ...inner]);
  const [first, ...rest] = withoutInherited(
    onCpus(command.limits, [...(sinkhole?.prefix ?? []), ...(tracing?.prefix ?? []), ...outer]),
    3,
  );
  const ending = await supervise({
    command: first!,
    arguments: rest,
    // So does its environment.
    environment: {},
    stdin: command.stdin,
    descriptors: [
      Buffer.from(options.map((each) => `${each}\0`).join('')),
      seccompProgram(process.arch, profileOf(command)),
      'collect',
    ],
    limits: command.limits,
    signal,
    onStart: (group) => {
      guardian.watch(group);
    },
    watch: watchTotals(cgroup, command.limits, tracing),
  });
  guardian.forget();
  const memoryKills = (await cgroup?.memoryKills()) ?? 0;
  const status = reportedStatus(ending.collected);
  const traffic = (await sinkhole?.read()) ?? null;
  const trace = (await tracing?.read()) ?? null;
  if (ending.ended !== null) return resultOf(ending, null, memoryKills, trace, traffic);
  if (status === null && memoryKills === 0) {
    const reason = Buffer.from(ending.stderr).toString('utf8').trim().slice(0, 300);
    throw new SbxError('sandbox', 'sandbox-setup', `bubblewrap could not set up the sandbox: ${reason}`, {
      help: 'This machine may forbid user namespaces (sysctl kernel.apparmor_restrict_unprivileged_userns); allow them for bwrap, or try another --backend.',
    });
  }
  const end = commandEnd(status ?? 137);
  if (memoryKills === 0) rejectFailedRecorder(trace, ending.stderr);
  rejectFailedStart(end.exit, ending.stderr);
  return resultOf(ending, end, memoryKills, trace, traffic);
}

/** The exit status in what bwrap wrote to `--json-status-fd`, null when the command never ran to an end. */
function reportedStatus(collected: Uint8Array): number | null {
  const match = /"exit-code"\s*:\s*(\d+)/.exec(Buffer.from(collected).toString('utf8'));
  return match === null ? null : Number(match[1]);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Started by root, bwrap builds the sandbox as root, so that it reaches what only root may read, and the command then becomes an
 * ordinary user for good. Started by anybody else, a user namespace does both.
 */
function userChange(): string[] {
  if (!isRoot()) return [];
  const user = String(INSIDE_USER);
  return [
    '/usr/bin/setpriv',
    '--reuid',
    user,
    '--regid',
    user,
    '--clear-groups',
    '--bounding-set=-all',
    '--inh-caps=-all',
    '--no-new-privs',
  ];
}

/** The clock begins with the ordinary user: what libfaketime shares between programs belongs to whoever was first. */
function clockChange({ clock }: SandboxCommand['world']): string[] {
  const variables = Object.entries(clockVariables(clock)).map(([name, value]) => `${name}=${value}`);
  return variables.length === 0 ? [] : ['/usr/bin/env', ...variables];
}

async function sandboxOptions(
  command: SandboxCommand,
  scope: RunScope,
  tracing: Tracing | null,
): Promise<string[]> {
  const runtimes = await findRuntimes();
  const etc = await writeEtc(scope.folder, command.world);
  const shown = [
    ...runtimes.mounts,
    ...command.mounts,
    ...originalMounts(command.copies),
    ...(tracing?.mounts ?? []),
  ];
  const environment = insideEnvironment(
    { ...command, world: { ...command.world, clock: null } },
    runtimes.path,
  );
  const user = String(INSIDE_USER);
  return [
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...(command.world.network === 'none' ? ['--unshare-net'] : []),
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--hostname', command.world.hostName],
    ...(isRoot()
      ? ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'].flatMap((capability) => ['--cap-add', capability])
      : ['--unshare-user', '--disable-userns', '--uid', user, '--gid', user]),
    ...['--clearenv', ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value])],
    ...folders(['/etc/x', '/etc/ssl/certs', ...shown.map((mount) => mount.target)]),
    ...systemOptions(),
    ...etc.flatMap((mount) => readOnly(mount).options),
    ...['--proc', '/proc', '--dev', '/dev', '--remount-ro', '/dev'],
    ...parentsFirst([...shown.map(readOnly), ...temporaryFolders(command).map(temporary)]),
    ...['--remount-ro', '/', '--chdir', command.workingDirectory],
    ...filterOptions(tracing),
    ...['--json-status-fd', String(STATUS_FD)],
  ];
}

/** The recorder's launcher installs the filter itself, as the first process, so that no process of the sandbox is without one. */
function filterOptions(tracing: Tracing | null): string[] {
  const hasLauncher = tracing !== null && tracing.launcher.length > 0;
  return hasLauncher ? ['--as-pid-1'] : ['--seccomp', String(FILTER_FD)];
}

/** Options that make the folders above these paths; bwrap by itself would make them for its own user alone. */
function folders(paths: readonly string[]): string[] {
  const above = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(path); folder !== '/'; folder = dirname(folder)) above.add(folder);
  }
  return [...above].sort().flatMap((folder) => ['--perms', '0755', '--dir', folder]);
}

/** Options that mount one thing at a path. */
interface Placement {
  readonly path: string;
  readonly options: readonly string[];
}

function readOnly(mount: Mount): Placement {
  return { path: mount.target, options: ['--ro-bind', mount.source, mount.target] };
}

function temporary(folder: TemporaryFolder): Placement {
  // A folder that bwrap makes as root belongs to root.
  const mode = isRoot() ? '1777' : folder.mode.padStart(4, '0');
  return {
    path: folder.path,
    options: ['--perms', mode, '--size', String(folder.bytes), '--tmpfs', folder.path],
  };
}

/** A mount hides what was mounted below it before. */
function parentsFirst(placements: readonly Placement[]): readonly string[] {
  return [...placements]
    .sort((one, other) => one.path.length - other.path.length)
    .flatMap(({ options }) => options);
}

/** The host's programs and libraries, and the few files of `/etc` that they need. */
function systemOptions(): string[] {
  return [
    ...systemFolders().flatMap((name) => ['--ro-bind', `/${name}`, `/${name}`]),
    ...systemLinks().flatMap(([name, target]) => ['--symlink', target, `/${name}`]),
    ...ETC_SHOWN.flatMap((path) => ['--ro-bind-try', path, path]),
  ];
}
