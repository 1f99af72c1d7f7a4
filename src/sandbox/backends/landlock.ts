import { chmod, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SbxError } from '../../errors.ts';
import type { Availability, Backend, SandboxCommand, SandboxResult } from '../backend.ts';
import { seccompProgram } from '../seccomp/bpf.ts';
import { profileOf, withoutNamespaces } from '../seccomp/profiles.ts';
import { onlyOnLinux, probeByRunning, probeOnce, unavailable } from './availability.ts';
import { onCpus } from './cpus.ts';
import { ETC_SHOWN, SYSTEM } from './host-parts.ts';
import { INSIDE_USER, processLimits } from './inside.ts';
import { landlockVersion, OLDEST_LANDLOCK, SIGNALS_STAY_INSIDE } from './landlock-version.ts';
import { launcherEnd } from './launcher-report.ts';
import { EVERY_GUARANTEE } from './offers.ts';
import { readableCopies } from './readable-copies.ts';
import { layOutView, relocate, restorePaths, rewriteValues } from './relocated.ts';
import type { Relocation } from './rewrite-paths.ts';
import { refuseSinkhole } from '../sinkhole/sinkhole.ts';
import { inRunScope, resultOf, type RunScope } from './run-scope.ts';
import { findProgram, findRuntimes } from './runtimes.ts';
import {
  insideEnvironment,
  originalMounts,
  originalPath,
  rejectFailedStart,
  startCommand,
} from './start-script.ts';
import { supervise } from './supervise.ts';
import { watchFolder, watchTotals } from './totals.ts';
import { startTracing } from './tracing.ts';

const LAUNCHER = fileURLToPath(new URL('./landlock.py', import.meta.url));

const LAUNCHER_TRAITS = {
  name: 'landlock',
  sharesGroup: true,
  help: () => 'Try another --backend; `sbx doctor` lists what is here.',
};

/** What programs need to read beside: nothing of it tells of accounts, addresses or processes of the host. */
const READABLE = [
  ...ETC_SHOWN,
  '/proc/cpuinfo',
  '/proc/meminfo',
  '/proc/stat',
  '/proc/filesystems',
  '/proc/sys/vm/overcommit_memory',
  '/sys/devices/system/cpu',
];
const DEVICES = ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom'];

/**
 * Landlock, a system call filter and limits per process, without namespaces: for machines that forbid those. The file system, the host's
 * name and its process numbers are the host's own: names, sizes and dates of files can be asked for (their content cannot), processes
 * can be counted, and the temporary folders are on the host's disk. No socket can be made at all. Paths cannot be mapped: what a
 * command expects at `/target` or in `/tmp` is in a folder of the run, and its arguments and environment are rewritten.
 */
export const landlockBackend: Backend = {
  id: 'landlock',
  offers: { ...EVERY_GUARANTEE, processes: 'absent', pids: 'absent', disk: 'absent' },
  hasSinkhole: false,
  probe: () => probeOnce('landlock', probe),
  run: (command, signal) =>
    inRunScope({ limits: command.limits, wantsCgroup: true, engine: null, signal }, (scope) =>
      run(command, scope, signal),
    ),
};

async function probe(): Promise<Availability> {
  const elsewhere = onlyOnLinux();
  if (elsewhere !== null) return elsewhere;
  if ((await findProgram('python3')) === null)
    return unavailable('python3 is not installed', 'install python3');
  const version = await landlockVersion();
  if (version === null) {
    return unavailable(
      'this kernel has no Landlock, or it is not turned on',
      'Linux 6.2 or newer, with `landlock` among the names in /sys/kernel/security/lsm',
    );
  }
  if (version < OLDEST_LANDLOCK) {
    return unavailable(
      `version ${version} of Landlock does not keep files from being cut off`,
      `version ${OLDEST_LANDLOCK} does: Linux 6.2 or newer`,
    );
  }
  return probeByRunning(landlockBackend, String(version));
}

async function run(command: SandboxCommand, scope: RunScope, signal: AbortSignal): Promise<SandboxResult> {
  const python = await findProgram('python3');
  const version = await landlockVersion();
  if (python === null || version === null) {
    throw new SbxError('sandbox', 'backend-unavailable', 'python3 or Landlock is not here');
  }
  refuseSinkhole(command, 'landlock');
  const { cgroup, guardian, opened } = scope;
  const place = await layOut(command, scope);
  // Its filter has no room for a supervisor's: what is pretended would be told of as refused.
  const tracing = await startTracing({ ...command, recorder: 'strace' }, scope);
  const [first, ...rest] = onCpus(command.limits, [
    ...(tracing?.prefix ?? []),
    python,
    '-I',
    '-S',
    '/dev/fd/3',
  ]);
  const launcher = await open(LAUNCHER, 'r');
  opened.add(() => launcher.close());
  const isOverTotals = watchTotals(cgroup, command.limits, tracing);
  const isOverDisk = watchFolder(place.writableRoot, command.limits.temporaryBytes);
  const ending = await supervise({
    command: first!,
    arguments: rest,
    environment: {},
    stdin: command.stdin,
    descriptors: [launcher.fd, Buffer.from(await settings(place, scope, version)), 'collect'],
    limits: command.limits,
    signal,
    onStart: (group) => {
      guardian.watch(group);
    },
    watch: async (group) => (await isOverTotals(group)) ?? (await isOverDisk()),
  });
  guardian.forget();
  const memoryKills = (await cgroup?.memoryKills()) ?? 0;
  const end = ending.ended === null ? launcherEnd(ending, memoryKills, LAUNCHER_TRAITS) : null;
  rejectFailedStart(end?.exit ?? null, ending.stderr);
  const result = resultOf(ending, end, memoryKills, (await tracing?.read()) ?? null);
  return restorePaths(result, place.restorations);
}

interface WritableFolder {
  readonly path: string;
  readonly executable: boolean;
}

/** Where everything of a run is, and the command in these terms. */
interface Place {
  readonly command: SandboxCommand;
  readonly environment: Readonly<Record<string, string>>;
  readonly start: readonly string[];
  readonly executable: readonly string[];
  readonly writable: readonly WritableFolder[];
  readonly writableRoot: string;
  readonly restorations: readonly Relocation[];
}

async function layOut(command: SandboxCommand, scope: RunScope): Promise<Place> {
  const runtimes = await findRuntimes();
  const writableRoot = await openFolder(join(scope.folder, 'writable'));
  const targets = ['/tmp', '/home/user', ...command.copies.map((copy) => copy.target)];
  const folders: Relocation[] = [];
  for (const [index, from] of [...new Set(targets)].entries()) {
    folders.push({ from, to: await openFolder(join(writableRoot, String(index))) });
  }
  const shown = await readableCopies(
    [...runtimes.mounts, ...command.mounts, ...originalMounts(command.copies)],
    join(scope.folder, 'copies'),
  );
  const view = await layOutView(await openFolder(join(scope.folder, 'view')), shown, folders);
  const relocated = relocate(command, view.relocations);
  const originalPlace = (index: number): string =>
    view.relocations.find(({ from }) => from === originalPath(index))?.to ?? originalPath(index);
  return {
    command: relocated,
    environment: rewriteValues(insideEnvironment(command, runtimes.path), view.relocations),
    start: startCommand(relocated.command, relocated.copies, 'becomes', originalPlace),
    executable: [...SYSTEM.map((name) => `/${name}`), ...view.sources],
    writable: folders.map(({ from, to }) => ({
      path: to,
      executable: command.copies.some((copy) => copy.target === from),
    })),
    writableRoot,
    restorations: [
      ...view.relocations,
      ...shown.map(({ source, target }) => ({ from: target, to: source })),
    ].filter(({ to }) => to.startsWith(scope.folder) || !SYSTEM.some((name) => to.startsWith(`/${name}/`))),
  };
}

async function openFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
  return path;
}

/** The launcher's settings; the names are those that `landlock.py` reads. */
async function settings(place: Place, scope: RunScope, version: number): Promise<string> {
  const isRoot = process.getuid?.() === 0;
  const profile = withoutNamespaces(profileOf(place.command), {
    sharesUser: !isRoot,
    signalsStayInside: version >= SIGNALS_STAY_INSIDE,
  });
  return JSON.stringify({
    abi: version,
    user: INSIDE_USER,
    cgroups: scope.cgroup?.entrances ?? [],
    readable: READABLE,
    executable: place.executable,
    devices: DEVICES,
    writable: place.writable,
    workingDirectory: place.command.workingDirectory,
    limits: processLimits(place.command, scope.cgroup !== null),
    filter: Buffer.from(seccompProgram(process.arch, profile)).toString('base64'),
    command: place.start,
    environment: place.environment,
  });
}
