import { existsSync } from 'node:fs';
import type { Availability, Backend } from '../backend.ts';
import { onlyOnLinux, probeByRunning, probeOnce, unavailable, versionOf } from './availability.ts';
import type { ContainerEngine } from './container-engine.ts';
import { runInContainer } from './container.ts';
import { EVERY_GUARANTEE } from './offers.ts';
import { findTool } from './runtimes.ts';

/** Options that hold with and without a system manager; its default raise of limits needs a capability that root may lack. */
const PODMAN: ContainerEngine = {
  id: 'podman',
  program: 'podman',
  globalOptions: ['--cgroup-manager', 'cgroupfs', '--events-backend', 'none', ...runtime()],
  runOptions: ['--read-only-tmpfs=false', '--ipc', 'private', '--ulimit', 'nproc=4096:4096'],
  extraProcesses: 0,
  limitsInodes: false,
  namesOwner: false,
};

/** `crun` refuses to work where both versions of control groups are mounted. */
function runtime(): string[] {
  return existsSync('/sys/fs/cgroup/unified') && existsSync('/usr/sbin/runc') ? ['--runtime', 'runc'] : [];
}

/** Containers without a daemon. */
export const podmanBackend: Backend = {
  id: 'podman',
  offers: EVERY_GUARANTEE,
  hasSinkhole: true,
  probe: () => probeOnce('podman', probe),
  run: (command, signal) => runInContainer(PODMAN, command, signal),
};

async function probe(): Promise<Availability> {
  const elsewhere = onlyOnLinux();
  if (elsewhere !== null) return elsewhere;
  const program = await findTool('podman');
  if (program === null) return unavailable('podman is not installed', 'apt-get install podman');
  if (process.getuid?.() !== 0 && !existsSync('/sys/fs/cgroup/cgroup.controllers')) {
    return unavailable('podman ignores every limit here', 'without root it needs control groups version 2');
  }
  return probeByRunning(podmanBackend, versionOf(program));
}
