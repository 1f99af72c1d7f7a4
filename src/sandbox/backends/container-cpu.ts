import { availableParallelism } from 'node:os';
import type { Guarantee } from '../../model/observation.ts';
import type { Limits } from '../backend.ts';
import { cpuSecondsAround } from './cgroup.ts';
import { askEngine, type ContainerEngine } from './container-engine.ts';

/** How long to wait before the engine is asked again for a container that it has not started yet, in milliseconds. */
const AGAIN_MS = 500;

/**
 * Watches the CPU time of all processes of a container together: the engine bounds that of each alone, and gVisor not even that.
 * Looks only once so much time has passed that the limit could have been reached, so that short runs pay nothing.
 * @returns the guarantee whose limit is used up, or null
 */
export function watchContainer(
  engine: ContainerEngine,
  name: string,
  limits: Limits,
): () => Promise<Guarantee | null> {
  let nextLook = performance.now() + (limits.cpuSeconds * 1000) / availableParallelism();
  let pid: number | null = null;
  return async () => {
    if (performance.now() < nextLook) return null;
    if (pid === null) {
      pid = await firstProcess(engine, name);
      if (pid === null) nextLook = performance.now() + AGAIN_MS;
    }
    const used = pid === null ? null : await cpuSecondsAround(pid);
    return used !== null && used > limits.cpuSeconds + 1 ? 'cpu' : null;
  };
}

/** Number of a container's first process on the host, or null when it is not running. */
async function firstProcess(engine: ContainerEngine, name: string): Promise<number | null> {
  const pid = Number(await askEngine(engine, ['inspect', '--format', '{{.State.Pid}}', name]));
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}
