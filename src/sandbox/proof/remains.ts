import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Backend } from '../backend.ts';
import { plannedCgroup } from '../backends/cgroup.ts';
import { askEngine, LABEL } from '../backends/container-engine.ts';

/** Names that {@link ownedName} gives to what this process owns. */
const OURS = new RegExp(`sbx-\\d+-${process.pid}-\\d+-[0-9a-f]{12}`);

/** What is left of runs of this process, each as a line to read; the kinds are those that a proof asks for. */
export interface Remains {
  readonly folders: readonly string[];
  readonly controlGroups: readonly string[];
  readonly mounts: readonly string[];
  readonly containers: readonly string[];
  /** Shared memory, semaphores and queues that System V's calls made; nobody's in particular. */
  readonly objects: readonly string[];
}

/** Looks for what runs of this process have left on the machine. What is being run at the moment is seen too. */
export async function remainsOf(backend: Backend): Promise<Remains> {
  return {
    folders: entries(tmpdir()),
    controlGroups: controlGroupFolders().flatMap(entries),
    mounts: lines('/proc/self/mountinfo').filter((line) => OURS.test(line)),
    containers: await containers(backend),
    objects: ['shm', 'sem', 'msg'].flatMap((kind) =>
      lines(`/proc/sysvipc/${kind}`)
        .slice(1)
        .map((line) => `${kind} ${line.trim().split(/\s+/, 2).join(' ')}`),
    ),
  };
}

/** Numbers of processes of the host that have the text among their arguments. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => contentOf(`/proc/${pid}/cmdline`).includes(text))
    .map(Number);
}

/** Numbers of processes that say on their command line that they are part of a run of this process. */
export function processesOfRuns(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => OURS.test(contentOf(`/proc/${pid}/cmdline`)))
    .map(Number);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => OURS.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Where runs make control groups, and the groups that this process is in. */
function controlGroupFolders(): string[] {
  const planned = plannedCgroup('remains', {}).map((folder) => dirname(folder));
  const own = lines('/proc/self/cgroup').flatMap((line) => {
    const [, controller = '', path = '/'] = line.split(':');
    return controller === ''
      ? [join('/sys/fs/cgroup', path)]
      : [join('/sys/fs/cgroup', controller, path), join('/sys/fs/cgroup', controller)];
  });
  return [...new Set([...planned, ...own])];
}

async function containers({ id }: Backend): Promise<string[]> {
  if (id !== 'docker' && id !== 'gvisor' && id !== 'podman') return [];
  const program = id === 'podman' ? 'podman' : 'docker';
  const names = await askEngine(
    {
      id,
      program,
      globalOptions: [],
      runOptions: [],
      extraProcesses: 0,
      limitsInodes: false,
      namesOwner: false,
    },
    ['ps', '--all', '--filter', `label=${LABEL}`, '--format', '{{.Names}}'],
    10_000,
  );
  // An engine that does not answer has not said that nothing is left.
  if (names === null) return [`${program} does not say`];
  return names.split('\n').filter((name) => OURS.test(name));
}

function lines(path: string): string[] {
  return contentOf(path)
    .split('\n')
    .filter((line) => line !== '');
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
