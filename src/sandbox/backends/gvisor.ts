import type { Availability, Backend } from '../backend.ts';
import { probeOnce, unavailable, versionOf } from './availability.ts';
import { askEngine, type ContainerEngine } from './container-engine.ts';
import { runInContainer } from './container.ts';
import { EVERY_GUARANTEE } from './offers.ts';
import { runscBackend, UNWATCHABLE } from './runsc.ts';
import { DOCKER, probeDocker } from './docker.ts';
import { findTool } from './runtimes.ts';

/** Docker with gVisor's runtime, whose own threads count as processes of the container. */
const GVISOR: ContainerEngine = {
  ...DOCKER,
  id: 'gvisor',
  runOptions: ['--ipc', 'none', '--runtime', 'runsc'],
  extraProcesses: 512,
  limitsInodes: false,
  namesOwner: false,
};

/**
 * A kernel of its own, written in Go, between the command and the host's kernel: docker with the runtime `runsc`, or that runtime alone. The limit on
 * processes counts gVisor's threads too, so it is far looser than asked for; when it is reached the whole sandbox ends.
 */
export const gvisorBackend: Backend = {
  id: 'gvisor',
  offers: EVERY_GUARANTEE,
  hasSinkhole: false,
  unwatchable: UNWATCHABLE,
  probe: () => probeOnce('gvisor', probe),
  run: async (command, signal) =>
    (await dockersGvisor()).available
      ? runInContainer(GVISOR, command, signal)
      : runscBackend.run(command, signal),
};

/** Docker's runtime where it is, else the runtime by itself; what docker lacks is said when neither is here. */
async function probe(): Promise<Availability> {
  const docker = await dockersGvisor();
  if (docker.available) return docker;
  const alone = await runscBackend.probe();
  return alone.available ? alone : { ...alone, reason: `${alone.reason}; ${docker.reason}` };
}

let asked: Promise<Availability> | null = null;

/** Asks once per process, so that all runs of one go the same way. */
function dockersGvisor(): Promise<Availability> {
  asked ??= askDocker();
  return asked;
}

async function askDocker(): Promise<Availability> {
  const docker = await probeDocker();
  if (!docker.available) return docker;
  const runtimes = await askEngine(GVISOR, [
    'info',
    '--format',
    '{{range $name, $_ := .Runtimes}}{{$name}} {{end}}',
  ]);
  if (!(runtimes ?? '').split(' ').includes('runsc')) {
    return unavailable(
      'docker has no runtime named runsc',
      'install gVisor and add runsc to "runtimes" in daemon.json',
    );
  }
  const runsc = await findTool('runsc');
  return { available: true, version: runsc === null ? null : await versionOf(runsc), reason: '' };
}
