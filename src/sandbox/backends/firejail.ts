import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { SbxError } from '../../errors.ts';
import type { Availability, Backend, Mount, SandboxCommand, SandboxResult } from '../backend.ts';
import { profileOf } from '../seccomp/profiles.ts';
import { onlyOnLinux, probeByRunning, probeOnce, unavailable, versionOf } from './availability.ts';
import { onCpus } from './cpus.ts';
import { enteringCgroup } from './cgroup.ts';
import { SYSTEM } from './host-parts.ts';
import { withoutInherited } from './inherited.ts';
import { processLimits } from './inside.ts';
import { realPath, relocateCopy, restorePaths } from './relocated.ts';
import { rewritePaths, type Relocation } from './rewrite-paths.ts';
import { refuseSinkhole } from '../sinkhole/sinkhole.ts';
import { recordedRun } from './recorded-run.ts';
import { commandEnd, resultOf, type CommandEnd, type RunScope } from './run-scope.ts';
import { findProgram, findRuntimes } from './runtimes.ts';
import {
  insideEnvironment,
  originalMounts,
  originalPath,
  rejectFailedStart,
  startCommand,
} from './start-script.ts';
import { supervise } from './supervise.ts';
import { watchTotals } from './totals.ts';
import { rejectFailedRecorder, startTracing } from './tracing.ts';
import { EVERY_GUARANTEE } from './offers.ts';

/** As root, firejail is run as this user: it does not contain root, and refuses the user `nobody`. */
const USER = 'sbx-firejail';
/** Folders of the host that stay visible, read-only; everything else below `/` is hidden unless it is mounted. */
const VISIBLE: readonly string[] = [...SYSTEM, 'etc', 'dev', 'proc', 'sys', 'tmp', 'home'];
/** What is kept of the host's `/etc`. */
const ETC =
  'alternatives,ld.so.cache,ld.so.conf,ld.so.conf.d,localtime,mime.types,nsswitch.conf,ssl,passwd,group';
/** Calls younger than the table that firejail 0.9.72 knows names from; it refuses to start over an unknown one. */
const UNKNOWN_TO_FIREJAIL = new Set([
  'quotactl_fd',
  'process_madvise',
  'mount_setattr',
  'pidfd_getfd',
  '_sysctl',
  'memfd_secret',
]);

/**
 * Firejail cannot map paths: what a command expects at `/target` is elsewhere, and its arguments and environment are rewritten. Its
 * temporary folders have no size of their own (`disk` is absent); its first process shows its options, host paths included.
 */
export const firejailBackend: Backend = {
  id: 'firejail',
  offers: { ...EVERY_GUARANTEE, disk: 'absent' },
  hasSinkhole: false,
  probe: () => probeOnce('firejail', probe),
  run: recordedRun(run),
};

async function probe(): Promise<Availability> {
  const elsewhere = onlyOnLinux();
  if (elsewhere !== null) return elsewhere;
  const program = await findProgram('firejail');
  if (program === null) return unavailable('firejail is not installed', 'apt-get install firejail');
  if (account() === null) {
    return process.getuid?.() === 0
      ? unavailable('as root it needs an ordinary user', `useradd --create-home --shell /bin/sh ${USER}`)
      : unavailable('the user has no account', 'firejail takes nobody without a line in /etc/passwd');
  }
  return probeByRunning(firejailBackend, versionOf(program));
}

interface Account {
  readonly name: string;
  readonly home: string;
  /** Its number, on the host as inside. */
  readonly user: number;
  /** Empty, or the command that becomes the user. */
  readonly become: readonly string[];
}

/** Whom the command runs as; null when root has nobody to lend, and for a user without an account. */
function account(): Account | null {
  if (process.getuid?.() !== 0) {
    try {
      const { username, uid } = userInfo();
      return { name: username, home: homedir(), user: uid, become: [] };
    } catch {
      // A number without an account; firejail refuses it, too.
      return null;
    }
  }
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${USER}:`));
  const [, , user, group, , home] = line?.split(':') ?? [];
  if (user === undefined || group === undefined || home === undefined) return null;
  const become = ['/usr/bin/setpriv', `--reuid=${user}`, `--regid=${group}`, '--clear-groups'];
  return { name: USER, home, user: Number(user), become };
}

async function run(command: SandboxCommand, scope: RunScope, signal: AbortSignal): Promise<SandboxResult> {
  refuseSinkhole(command, 'firejail');
  const program = await findProgram('firejail');
  const who = account();
  if (program === null || who === null) {
    throw new SbxError(
      'sandbox',
      'backend-unavailable',
      'firejail is not installed, or has no user to run as',
    );
  }
  // A program with the setuid bit has none of its rights under an ordinary user's strace.
  const recorder = who.become.length === 0 ? 'notify' : command.recorder;
  const layout = await layOut(command, scope, who);
  const tracing = await startTracing({ ...command, ...(recorder === undefined ? {} : { recorder }) }, scope, {
    hostUser: who.user,
    insideUser: who.user,
    relocations: [...layout.relocations],
  });
  show(layout, tracing?.mounts ?? [], who);
  const rewrite = (text: string): string => rewritePaths(text, layout.relocations);
  const originals = command.copies.map((copy) => relocateCopy(copy, rewrite));
  const folders = originals.map((copy) => copy.target).filter((path) => path !== who.home);
  const hasLauncher = (tracing?.launcher.length ?? 0) > 0;
  const start = [
    ...(tracing?.launcher ?? []).map(rewrite),
    ...startCommand(command.command.map(rewrite), originals, 'becomes', (index) =>
      rewrite(originalPath(index)),
    ),
  ];
  const base = [
    '/usr/bin/env',
    '-i',
    'PATH=/usr/bin:/bin',
    `HOME=${who.home}`,
    `USER=${who.name}`,
    'SHELL=/bin/sh',
    program,
  ];
  const inner = [
    ...(tracing?.prefix ?? []),
    ...who.become,
    ...base,
    ...(await options(command, scope, who, layout, hasLauncher)),
    '--',
    ...announcing(folders, start),
  ];
  const outer = onCpus(command.limits, enteringCgroup(scope.cgroup, binding(layout.binds, inner)));
  const [first, ...rest] = withoutInherited(outer, 1);
  const ending = await supervise({
    command: first!,
    arguments: rest,
    environment: { PATH: '/usr/bin:/bin:/usr/sbin' },
    stdin: command.stdin,
    descriptors: ['collect'],
    limits: command.limits,
    signal,
    onStart: (group) => {
      scope.guardian.watch(group);
    },
    watch: watchTotals(scope.cgroup, command.limits, tracing),
  });
  scope.guardian.forget();
  const memoryKills = (await scope.cgroup?.memoryKills()) ?? 0;
  const trace = (await tracing?.read()) ?? null;
  const restored = (end: CommandEnd | null): SandboxResult =>
    restorePaths(resultOf(ending, end, memoryKills, trace), layout.relocations);
  if (ending.ended !== null) return restored(null);
  // Firejail has no status of its own for a sandbox that it could not build, and what it says the command may say, too.
  if (ending.collected.length === 0 && memoryKills === 0) {
    const reason = Buffer.from(ending.stderr).toString('utf8').trim().slice(0, 300);
    throw new SbxError('sandbox', 'sandbox-setup', `firejail could not set up the sandbox: ${reason}`, {
      help: 'Try another --backend.',
    });
  }
  const end = commandEnd(ending.code ?? 137);
  if (memoryKills === 0) rejectFailedRecorder(trace, ending.stderr);
  rejectFailedStart(end.exit, ending.stderr);
  return restored(end);
}

interface Layout {
  /** Folder of the run for what is shown. */
  readonly parent: string;
  readonly relocations: Relocation[];
  /** Bind mounts that root makes, in a mount namespace of the run. */
  readonly binds: Relocation[];
  /** Real paths that must be visible inside. */
  readonly shown: string[];
}

/** Decides where each mount and copy really is. */
async function layOut(command: SandboxCommand, scope: RunScope, who: Account): Promise<Layout> {
  const runtimes = await findRuntimes();
  const parent = join(scope.folder, 'shown');
  await mkdir(parent);
  await chmod(parent, 0o755);
  const layout: Layout = { parent, relocations: [], binds: [], shown: [] };
  show(layout, [...runtimes.mounts, ...command.mounts, ...originalMounts(command.copies)], who);
  layout.relocations.push({ from: '/home/user', to: who.home });
  command.copies.forEach((copy, index) => {
    if (copy.target !== '/home/user')
      layout.relocations.push({ from: copy.target, to: join(who.home, `.sbx-copy-${index}`) });
  });
  return layout;
}

/** Adds mounts: as root below the run's own folder, else where they already lie. */
function show({ parent, relocations, binds, shown }: Layout, mounts: readonly Mount[], who: Account): void {
  for (const mount of mounts) {
    const source = realPath(mount.source);
    const place = who.become.length === 0 ? source : join(parent, String(relocations.length));
    if (place !== source) binds.push({ from: source, to: place });
    relocations.push({ from: mount.target, to: place });
    // By one name for all below the parent: firejail takes no more than 127 arguments.
    const seen = place === source ? place : parent;
    if (!shown.includes(seen)) shown.push(seen);
  }
}

/** A command line that makes the bind mounts where only the run sees them, and then becomes `command`. */
function binding(binds: readonly Relocation[], command: readonly string[]): readonly string[] {
  if (binds.length === 0) return command;
  const script =
    'n=$1; shift; while [ "$n" -gt 0 ]; do if [ -d "$1" ]; then mkdir -p "$2"; else : >"$2"; fi; ' +
    'mount --rbind "$1" "$2" || exit 1; shift 2; n=$((n - 1)); done; exec "$@"';
  const pairs = binds.flatMap(({ from, to }) => [from, to]);
  const namespace = ['/usr/bin/unshare', '--mount', '--propagation', 'private'];
  return [...namespace, '/bin/sh', '-c', script, 'sbx-bind', String(binds.length), ...pairs, ...command];
}

/** Where the inside says that it is there. */
const STARTED_FD = 3;

/** Inside: says that the sandbox was built, makes the writable folders that are not the home folder, and becomes the command. */
function announcing(folders: readonly string[], command: readonly string[]): readonly string[] {
  const script =
    `echo started >&${STARTED_FD}; exec ${STARTED_FD}>&-; ` +
    'n=$1; shift; while [ "$n" -gt 0 ]; do mkdir -p "$1"; shift; n=$((n - 1)); done; exec "$@"';
  return ['/bin/sh', '-c', script, 'sbx-folders', String(folders.length), ...folders, ...command];
}

async function options(
  command: SandboxCommand,
  scope: RunScope,
  who: Account,
  layout: Layout,
  isFiltered: boolean,
): Promise<string[]> {
  const runtimes = await findRuntimes();
  const rewrite = (text: string): string => rewritePaths(text, layout.relocations);
  const temporary = realPath(tmpdir());
  const whitelist = layout.shown.filter((path) => isBelow(path, temporary) || isBelow(path, who.home));
  const isHomeShared = whitelist.some((path) => isBelow(path, who.home));
  // Firejail keeps its own files in /run, and cannot hide what they hang on.
  const inRun = readdirSync('/run').filter((name) => name !== 'firejail');
  const hidden = [
    ...readdirSync('/')
      .filter((name) => !VISIBLE.includes(name) && name !== 'run')
      .map((name) => `/${name}`),
    ...inRun.map((name) => `/run/${name}`),
  ].filter((path) => !layout.shown.some((shown) => isBelow(shown, path)));
  const { denied: calls, socketFamilies } = profileOf(command);
  // Its option for families of sockets takes no empty list.
  const refused = [...calls.map((call) => call.name), ...(socketFamilies.length === 0 ? ['socket'] : [])];
  const denied = refused.filter((name) => !UNKNOWN_TO_FIREJAIL.has(name));
  const limits = processLimits(command, scope.cgroup !== null);
  const rlimits = Object.entries(limits)
    .filter(([name]) => ['AS', 'CPU', 'FSIZE', 'NOFILE', 'NPROC'].includes(name))
    .map(([name, [soft]]) => `--rlimit-${name.toLowerCase()}=${soft}`);
  return [
    ...[
      '--quiet',
      `--profile=${await writeProfile(scope, hidden)}`,
      `--keep-fd=${STARTED_FD}`,
      '--net=none',
      '--private-dev',
      '--caps.drop=all',
      '--nonewprivs',
      '--nogroups',
    ],
    ...['--machine-id', '--ipc-namespace', `--hostname=${command.world.hostName}`, '--x11=none', '--nodbus'],
    ...['--deterministic-exit-code', '--deterministic-shutdown', '--read-only=/', `--private-etc=${ETC}`],
    ...(who.become.length === 0 ? ['--noroot'] : []),
    // The recorder's launcher installs the same list; where two filters refuse, the recorder is not asked.
    ...(isFiltered
      ? []
      : ['--restrict-namespaces', `--seccomp=${denied.join(',')}`, '--protocol=unix,inet,inet6']),
    ...(isHomeShared ? [] : ['--private']),
    ...(whitelist.some((path) => isBelow(path, temporary)) ? [] : ['--private-tmp']),
    ...whitelist.map((path) => `--whitelist=${path}`),
    ...[`--read-write=${who.home}`, '--read-write=/tmp', ...whitelist.map((path) => `--read-only=${path}`)],
    ...rlimits,
    `--private-cwd=${rewrite(command.workingDirectory)}`,
    ...Object.entries(insideEnvironment(command, runtimes.path)).map(
      ([name, value]) => `--env=${name}=${rewrite(value)}`,
    ),
  ];
}

/** What is hidden goes into a file: of arguments firejail takes 127 at most, the command's included. */
async function writeProfile(scope: RunScope, hidden: readonly string[]): Promise<string> {
  const file = join(scope.folder, 'hidden.profile');
  await writeFile(file, hidden.map((path) => `blacklist ${path}\n`).join(''));
  await chmod(file, 0o644);
  return file;
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
