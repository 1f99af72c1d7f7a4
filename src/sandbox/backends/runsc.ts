import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { mkdir, readFile } from 'node:fs/promises';
import { SbxError } from '../../errors.ts';
import type { Availability, Backend, SandboxCommand, SandboxResult } from '../backend.ts';
import { refuseSinkhole } from '../sinkhole/sinkhole.ts';
import { onlyOnLinux, probeByRunning, unavailable, versionOf } from './availability.ts';
import { onCpus } from './cpus.ts';
import { enteringCgroup } from './cgroup.ts';
import { withoutInherited } from './inherited.ts';
import { writeBundle } from './oci-bundle.ts';
import { EVERY_GUARANTEE } from './offers.ts';
import { commandEnd, inRunScope, resultOf, type RunScope } from './run-scope.ts';
import { findTool } from './runtimes.ts';
import { rejectFailedStart } from './start-script.ts';
import { supervise } from './supervise.ts';
import { startGvisorTracing, traced } from './gvisor-tracing.ts';
import { watchTotals } from './totals.ts';

/** For {@link Backend.unwatchable}. */
export const UNWATCHABLE = 'gVisor keeps the files of a run in its own memory';

/** Threads of gVisor itself that count as processes of the run. */
const OWN_THREADS = 512;
/** How long it may take to end and remove a sandbox, in milliseconds. */
const REMOVE_MS = 15_000;

/** Ends and forgets a container; the guardian calls it as it calls an engine, with `rm -f -v NAME` behind it. */
const REMOVE = 'exec "$0" --root "$1/$5/state" delete -force "$5"';

/**
 * gVisor without docker: its runtime `runsc` runs a bundle over the host's own files. As root the kernel counts memory for the whole
 * sandbox; an ordinary user's sandbox is looked at now and then.
 */
export const runscBackend: Backend = {
  id: 'gvisor',
  offers: EVERY_GUARANTEE,
  hasSinkhole: false,
  unwatchable: UNWATCHABLE,
  probe: probeRunsc,
  run: async (command, signal) => {
    if (command.image !== null) {
      throw new SbxError('sandbox', 'image-needs-docker', 'gVisor without docker has no images', {
        help: 'Start docker with the runtime runsc, or leave out --image.',
      });
    }
    refuseSinkhole(command, 'gvisor');
    const program = await findTool('runsc');
    if (program === null) throw new SbxError('sandbox', 'backend-unavailable', 'runsc is not installed');
    const limits = { ...command.limits, processes: command.limits.processes + OWN_THREADS };
    const engine = ['/bin/sh', '-c', REMOVE, program, tmpdir()];
    return traced((isOld) =>
      inRunScope({ limits, wantsCgroup: true, engine, signal }, (scope) =>
        run(program, command, scope, signal, isOld),
      ),
    );
  },
};

/** Exit status of runsc when it fails itself. */
const OWN_FAILURE = 128;

/** Why it could not run the container, by its log; null when it could. */
async function failureIn(log: string): Promise<string | null> {
  const text = await readFile(log, 'utf8').catch(() => '');
  const failure = /running container: (?:[^"\\]|\\.){1,300}/.exec(text)?.[0];
  return failure === undefined ? null : failure.replace(/\\(.)/g, '$1');
}

async function probeRunsc(): Promise<Availability> {
  const elsewhere = onlyOnLinux();
  if (elsewhere !== null) return elsewhere;
  const program = await findTool('runsc');
  if (program === null) return unavailable('runsc is not installed', 'apt-get install runsc');
  return probeByRunning(runscBackend, versionOf(program));
}

async function run(
  program: string,
  command: SandboxCommand,
  scope: RunScope,
  signal: AbortSignal,
  isOld: boolean,
): Promise<SandboxResult> {
  const tracing = command.trace ? await startGvisorTracing(scope.folder, isOld) : null;
  const bundle = await writeBundle(command, scope);
  const state = join(scope.folder, 'state');
  await mkdir(state);
  const isRoot = process.getuid?.() === 0;
  const log = join(scope.folder, 'log');
  const options = [
    ...['--log', log, '--root', state, '--network=none', '--platform=ptrace', '--ignore-cgroups'],
    ...(isRoot ? [] : ['--rootless']),
    ...(tracing?.options ?? []),
  ];
  // Removing waits for whoever waits for the sandbox; ending it does not.
  const end = ['--root', state, 'kill', '--all', scope.name, 'KILL'];
  const outer = [program, ...options, 'run', '-bundle', bundle, scope.name];
  const [first, ...rest] = withoutInherited(onCpus(command.limits, enteringCgroup(scope.cgroup, outer)), 0);
  const ending = await supervise({
    command: first!,
    arguments: rest,
    environment: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    stdin: command.stdin,
    descriptors: [],
    limits: command.limits,
    signal,
    onStart: (group) => {
      scope.guardian.watch(group);
    },
    onKill: async () => {
      await new Promise((resolve) => {
        execFile(program, end, { timeout: REMOVE_MS, killSignal: 'SIGKILL' }, resolve);
      });
    },
    watch: watchTotals(scope.cgroup, command.limits, tracing),
  });
  scope.guardian.forget();
  const memoryKills = (await scope.cgroup?.memoryKills()) ?? 0;
  const trace = (await tracing?.read()) ?? null;
  if (ending.ended !== null) return resultOf(ending, null, memoryKills, trace);
  await tracing?.rejectUnknownCall(ending.code);
  // Its log lies outside: the command can say the same words and end with the same status.
  const failure = ending.code === OWN_FAILURE ? await failureIn(log) : null;
  if (failure !== null && memoryKills === 0) {
    throw new SbxError('sandbox', 'sandbox-setup', `gVisor could not set up the sandbox: ${failure}`, {
      help: 'Try another --backend; `sbx doctor` lists what is here.',
    });
  }
  const status = commandEnd(ending.code ?? 137);
  rejectFailedStart(status.exit, ending.stderr);
  return resultOf(ending, status, memoryKills, trace);
}
