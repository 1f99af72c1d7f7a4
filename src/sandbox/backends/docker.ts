import type { Availability, Backend } from '../backend.ts';
import { probeOnce, unavailable } from './availability.ts';
import { askEngine, type ContainerEngine } from './container-engine.ts';
import { runInContainer } from './container.ts';
import { EVERY_GUARANTEE } from './offers.ts';
import { findTool } from './runtimes.ts';

/** Docker with its ordinary runtime. */
export const DOCKER: ContainerEngine = {
  id: 'docker',
  program: 'docker',
  globalOptions: [],
  runOptions: ['--ipc', 'none'],
  extraProcesses: 0,
  limitsInodes: true,
  namesOwner: true,
};

/** Containers of the docker daemon that DOCKER_HOST or the current context names; it has to run on this machine. */
export const dockerBackend: Backend = {
  id: 'docker',
  offers: EVERY_GUARANTEE,
  hasSinkhole: true,
  probe: () => probeOnce('docker', probeDocker),
  run: (command, signal) => runInContainer(DOCKER, command, signal),
};

/** The daemon's version, when it answers soon enough; a client alone is not enough. */
export async function probeDocker(): Promise<Availability> {
  if ((await findTool('docker')) === null) {
    return unavailable('docker is not installed', 'install docker (apt-get install docker.io)');
  }
  const version = await askEngine(DOCKER, ['version', '--format', '{{.Server.Version}}']);
  if (version === null || version === '') {
    return unavailable('the docker daemon does not answer', 'start it, or set DOCKER_HOST');
  }
  return { available: true, version, reason: '' };
}
