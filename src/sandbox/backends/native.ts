import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SbxError } from '../../errors.ts';
import type { Availability, Backend, SandboxCommand, SandboxResult } from '../backend.ts';
import { seccompProgram } from '../seccomp/bpf.ts';
import { openSinkhole } from '../sinkhole/sinkhole.ts';
import { profileOf } from '../seccomp/profiles.ts';
import { onCpus } from './cpus.ts';
import { ETC_SHOWN, SYSTEM } from './host-parts.ts';
import { etcFiles, INSIDE_USER, processLimits, temporaryFolders } from './inside.ts';
import { launcherEnd } from './launcher-report.ts';
import { recordedRun } from './recorded-run.ts';
import { resultOf, type RunScope } from './run-scope.ts';
import { findProgram, findRuntimes } from './runtimes.ts';
import {
  insideEnvironment,
  originalMounts,
  rejectFailedStart,
  START_MARK,
  startCommand,
} from './start-script.ts';
import { supervise } from './supervise.ts';
import { watchTotals } from './totals.ts';
import { rejectFailedRecorder, startTracing, type Tracing } from './tracing.ts';
import { onlyOnLinux, probeByRunning, probeOnce, unavailable } from './availability.ts';
import { EVERY_GUARANTEE } from './offers.ts';

const LAUNCHER = fileURLToPath(new URL('./native.py', import.meta.url));

const LAUNCHER_TRAITS = {
  name: 'native',
  sharesGroup: false,
  help: (reason: string): string =>
    /unshare|Permission denied|Operation not permitted/.test(reason)
      ? 'This machine may forbid user namespaces (sysctl kernel.apparmor_restrict_unprivileged_userns, user.max_user_namespaces); allow them, run as root, or use --backend landlock or docker.'
      : 'Try another --backend; `sbx doctor` lists what is here.',
};

/**
 * Kernel namespaces and a system call filter, set up by a Python program of our own: needs Linux 5.12 and python3, nothing to
 * install. As root the command still runs as an ordinary user. Memory is counted for the whole sandbox where a control group can be
 * made (root), else per process.
 */
export const nativeBackend: Backend = {
  id: 'native',
  offers: EVERY_GUARANTEE,
  hasSinkhole: true,
  probe: () => probeOnce('native', probe),
  run: recordedRun(run),
};

async function probe(): Promise<Availability> {
  const elsewhere = onlyOnLinux();
  if (elsewhere !== null) return elsewhere;
  if ((await findProgram('python3')) === null)
    return unavailable('python3 is not installed', 'install python3');
  return probeByRunning(nativeBackend, null);
}

async function run(asked: SandboxCommand, scope: RunScope, signal: AbortSignal): Promise<SandboxResult> {
  const python = await findProgram('python3');
  if (python === null) throw new SbxError('sandbox', 'backend-unavailable', 'python3 is not installed');
  const { cgroup, guardian, opened } = scope;
  const sinkhole = await openSinkhole(asked, python, scope);
  const command = sinkhole?.command ?? asked;
  const tracing = await startTracing(command, scope);
  const launch = [python, '-I', '-S', '/dev/fd/3'];
  const [first, ...rest] = onCpus(command.limits, [
    ...(sinkhole?.prefix ?? []),
    ...(tracing?.prefix ?? []),
    ...launch,
  ]);
  const launcher = await open(LAUNCHER, 'r');
  opened.add(() => launcher.close());
  const ending = await supervise({
    command: first!,
    arguments: rest,
    environment: {},
    stdin: command.stdin,
    descriptors: [launcher.fd, Buffer.from(await settings(command, scope, tracing)), 'collect'],
    limits: command.limits,
    signal,
    onStart: (group) => {
      guardian.watch(group);
    },
    watch: watchTotals(cgroup, command.limits, tracing),
  });
  guardian.forget();
  const memoryKills = (await cgroup?.memoryKills()) ?? 0;
  const traffic = (await sinkhole?.read()) ?? null;
  const end = ending.ended === null ? launcherEnd(ending, memoryKills, LAUNCHER_TRAITS) : null;
  const trace = (await tracing?.read()) ?? null;
  if (end !== null && memoryKills === 0) rejectFailedRecorder(trace, ending.stderr);
  rejectFailedStart(end?.exit ?? null, ending.stderr);
  return resultOf(ending, end, memoryKills, trace, traffic);
}

/** The launcher's settings; the names are those that `native.py` reads. */
async function settings(command: SandboxCommand, scope: RunScope, tracing: Tracing | null): Promise<string> {
  const launcher = tracing?.launcher ?? [];
  const runtimes = await findRuntimes();
  return JSON.stringify({
    user: INSIDE_USER,
    cgroups: scope.cgroup?.entrances ?? [],
    // The sinkhole has made the network that the launcher finds itself in.
    makesNetwork: command.world.network === 'none',
    system: SYSTEM,
    etcShown: ETC_SHOWN,
    etc: etcFiles(command.world),
    binds: [
      ...runtimes.mounts,
      ...command.mounts,
      ...originalMounts(command.copies),
      ...(tracing?.mounts ?? []),
    ],
    temporary: temporaryFolders(command).map(({ path, isExecutable, ...folder }) => ({
      ...folder,
      target: path,
      executable: isExecutable,
    })),
    hostName: command.world.hostName,
    startMark: START_MARK,
    workingDirectory: command.workingDirectory,
    limits: processLimits(command, scope.cgroup !== null),
    filter: Buffer.from(seccompProgram(process.arch, profileOf(command))).toString('base64'),
    // The recorder's launcher takes the place of the first process and installs the filter itself.
    becomesCommand: launcher.length > 0,
    command: [...launcher, ...startCommand(command.command, command.copies)],
    environment: insideEnvironment(command, runtimes.path),
  });
}
