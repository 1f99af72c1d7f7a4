import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { SbxError } from '../../errors.ts';
import type { SandboxCommand, SandboxResult } from '../backend.ts';
import { seccompContainerProfile } from '../seccomp/container.ts';
import { startSidecar } from '../sinkhole/sidecar.ts';
import { refuseSinkhole } from '../sinkhole/sinkhole.ts';
import { profileOf } from '../seccomp/profiles.ts';
import {
  askEngine,
  clientEnvironment,
  dockerHost,
  killContainer,
  LABEL,
  sweepContainers,
  type ContainerEngine,
} from './container-engine.ts';
import { hostImage, type ContainerImage } from './container-image.ts';
import { INSIDE_USER, temporaryFolders, writeEtc } from './inside.ts';
import { commandEnd, inRunScope, resultOf, type RunScope } from './run-scope.ts';
import { findRuntimes, findTool } from './runtimes.ts';
import { insideEnvironment, originalMounts, rejectFailedStart, startCommand } from './start-script.ts';
import { supervise } from './supervise.ts';
import { watchContainer } from './container-cpu.ts';
import { rejectFailedRecorder, startTracing, withRecorder, type Tracing } from './tracing.ts';

/** Runs a command in a container of its own, and removes the container. @see Backend.run */
export async function runInContainer(
  engine: ContainerEngine,
  command: SandboxCommand,
  signal: AbortSignal,
): Promise<SandboxResult> {
  const program = await findTool(engine.program);
  if (program === null) {
    throw new SbxError('sandbox', 'backend-unavailable', `${engine.program} is not installed`);
  }
  if (engine.id === 'gvisor') refuseSinkhole(command, engine.id);
  await sweepContainers(engine);
  const image = command.image === null ? await hostImage(engine) : { reference: command.image, mounts: [] };
  const options = { limits: command.limits, wantsCgroup: false, signal };
  return withRecorder(() =>
    inRunScope({ ...options, engine: [program, ...engine.globalOptions] }, (scope) =>
      runInNetwork({ engine, program, image, command, network: 'none', tracing: null, scope, signal }),
    ),
  );
}

interface ContainerRun {
  readonly engine: ContainerEngine;
  readonly program: string;
  readonly image: ContainerImage;
  readonly command: SandboxCommand;
  /** Value of the option `--network`. */
  readonly network: string;
  readonly tracing: Tracing | null;
  readonly scope: RunScope;
  readonly signal: AbortSignal;
}

/** Runs it in the network that its world asks for. */
async function runInNetwork(asked: ContainerRun): Promise<SandboxResult> {
  const { engine, program, command, scope } = asked;
  if (command.world.network === 'none') return runRecorded(asked);
  const sidecar = await startSidecar(engine, program, await hostImage(engine), command, scope);
  const result = await runRecorded({ ...asked, command: sidecar.command, network: sidecar.network });
  return { ...result, stderr: withoutWarning(result.stderr), traffic: await sidecar.end() };
}

/** What docker's client says before a container begins that has a network but `none`, on a machine that does not forward packets. */
const WARNING = 'WARNING: IPv4 forwarding is disabled. Networking will not work.\n';

function withoutWarning(stderr: Uint8Array): Uint8Array {
  const begins = Buffer.from(stderr.subarray(0, WARNING.length)).toString('latin1') === WARNING;
  return begins ? stderr.subarray(WARNING.length) : stderr;
}

/**
 * Runs it with a recorder where there is one: its launcher needs a Python inside, and gVisor answers system calls itself. With the
 * launcher's filter the engine's own profile would only hide what it refuses.
 */
async function runRecorded(asked: ContainerRun): Promise<SandboxResult> {
  const { engine, command, scope } = asked;
  const hasPython = command.image === null || command.imagePython !== undefined;
  const canRecord = engine.id !== 'gvisor' && hasPython && command.recorder !== 'strace';
  const options = { insideUser: insideUser(), isBound: false };
  const tracing = canRecord ? await startTracing({ ...command, recorder: 'notify' }, scope, options) : null;
  return run({ ...asked, tracing });
}

async function run(given: ContainerRun): Promise<SandboxResult> {
  const { engine, program, command, scope, signal, tracing } = given;
  const configFolder = join(scope.folder, 'client');
  await mkdir(configFolder);
  const ending = await supervise({
    command: program,
    arguments: [...engine.globalOptions, ...(await runArguments(given))],
    environment: clientEnvironment(engine, configFolder, await dockerHost()),
    stdin: command.stdin,
    descriptors: [],
    limits: command.limits,
    signal,
    onStart: (group) => {
      scope.guardian.watch(group);
    },
    watch: watchContainer(engine, scope.name, command.limits),
    // The client is only a messenger: killing it leaves the container running.
    onKill: () => killContainer(engine, scope.name),
  });
  scope.guardian.forget();
  if (ending.ended !== null) return resultOf(ending, null, 0, (await tracing?.read()) ?? null);
  const state = await askEngine(engine, ['inspect', '--format', STATE_FORMAT, scope.name], 10_000);
  const [exit, outOfMemory, ...failure] = (state ?? '').split(' ');
  if (state === null || failure.join(' ') !== '' || !/^\d+$/.test(exit ?? '')) {
    const reason = failure.join(' ') || Buffer.from(ending.stderr).toString('utf8').trim();
    throw new SbxError(
      'sandbox',
      'sandbox-setup',
      `${engine.program} could not start the container: ${firstLine(reason)}`,
      {
        help:
          command.image === null
            ? 'Pass an image that holds python3 and a shell with --image, or try another --backend.'
            : 'Pull the image first: sbx never does.',
      },
    );
  }
  const end = commandEnd(Number(exit));
  const trace = (await tracing?.read()) ?? null;
  if (outOfMemory !== 'true') rejectFailedRecorder(trace, ending.stderr);
  rejectFailedStart(end.exit, ending.stderr);
  return resultOf(ending, end, outOfMemory === 'true' ? 1 : 0, trace);
}

const STATE_FORMAT = '{{.State.ExitCode}} {{.State.OOMKilled}} {{.State.Error}}';

function firstLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? 'unknown reason').slice(0, 300);
}

async function runArguments(run: ContainerRun): Promise<string[]> {
  const { engine, image, command, network, tracing, scope } = run;
  const { limits } = command;
  const profile = join(scope.folder, 'seccomp.json');
  await writeFile(profile, seccompContainerProfile(profileOf(command)));
  const runtimes = command.image === null ? await findRuntimes() : { mounts: [], path: [] };
  // Engines write the host's resolver addresses and its name for the container into these; the account's name is this run's.
  const own = (await writeEtc(scope.folder, command.world)).filter(
    ({ target }) => target !== '/etc/nsswitch.conf',
  );
  const given = [...command.mounts, ...originalMounts(command.copies), ...(tracing?.mounts ?? [])];
  const shown = [...image.mounts, ...own, ...runtimes.mounts, ...given];
  const user = insideUser();
  const [entry, ...rest] =
    tracing === null
      ? startCommand(command.command, command.copies, 'waits')
      : [...tracing.launcher, ...startCommand(command.command, command.copies)];
  return [
    ...['run', '--name', scope.name, '--label', `${LABEL}=${scope.name}`, '--pull', 'never'],
    // Without it the standard input is the host's own /dev/null, which runsc gives to the container's user.
    ...['--interactive', '--network', network, '--read-only', '--cap-drop', 'ALL'],
    // A container that shares another one's network has its host name, too.
    ...(network.startsWith('container:') ? [] : ['--hostname', command.world.hostName]),
    ...[
      '--security-opt',
      'no-new-privileges',
      '--security-opt',
      `seccomp=${tracing === null ? profile : 'unconfined'}`,
      '--user',
      `${user}:${user}`,
    ],
    ...['--memory', String(limits.memoryBytes), '--memory-swap', String(limits.memoryBytes)],
    // Engines refuse more than there are.
    ...(limits.cpus === undefined ? [] : ['--cpus', Math.min(limits.cpus, cpus().length).toFixed(2)]),
    ...['--pids-limit', String(limits.processes + engine.extraProcesses), '--log-driver', 'none'],
    ...[
      `nofile=${limits.openFiles}:${limits.openFiles}`,
      `fsize=${limits.fileBytes}:${limits.fileBytes}`,
    ].flatMap(ulimit),
    ...['core=0:0', `cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 1}`].flatMap(ulimit),
    ...engine.runOptions,
    ...shown.flatMap((mount) => ['--mount', mountOption(mount.source, mount.target)]),
    ...temporaryFolders(command).flatMap((folder) => [
      '--tmpfs',
      `${folder.path}:rw,nosuid,nodev,${folder.isExecutable ? 'exec' : 'noexec'},size=${folder.bytes},mode=1777` +
        (engine.limitsInodes ? `,nr_inodes=${folder.inodes}` : '') +
        (engine.namesOwner ? `,uid=${user},gid=${user}` : ''),
    ]),
    ...Object.entries(insideEnvironment(command, runtimes.path)).flatMap(([name, value]) => [
      '--env',
      `${name}=${value}`,
    ]),
    ...['--workdir', command.workingDirectory, '--entrypoint', entry!, image.reference, ...rest],
  ];
}

function ulimit(value: string): string[] {
  return ['--ulimit', value];
}

/** Ordinary users' files may be readable by themselves alone; root's must not be lent to root inside. */
function insideUser(): number {
  const own = process.getuid?.() ?? 0;
  return own === 0 ? INSIDE_USER : own;
}

/** A read-only bind mount in the engine's comma-separated form; quoted as CSV, for paths with commas and quotes. */
function mountOption(source: string, target: string): string {
  const quote = (field: string): string =>
    /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
  return ['type=bind', `source=${source}`, `target=${target}`, 'readonly'].map(quote).join(',');
}
