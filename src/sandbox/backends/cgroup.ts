import { execFile } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Limits } from '../backend.ts';
import { delegatedFolder } from './cgroup-parent.ts';

const execute = promisify(execFile);

const ROOT = '/sys/fs/cgroup';
/** Of the v1 hierarchies: memory, pids and cpu limit, cpuacct counts. */
const CONTROLLERS_V1 = ['memory', 'pids', 'cpuacct'] as const;
/** In how many microseconds a share of the CPUs is counted, the kernel's default. */
const PERIOD = 100_000;

/** A control group for one run: limits that hold for all of its processes together. Source: Linux `admin-guide/cgroup-v1`, `cgroup-v2.rst`. */
export interface Cgroup {
  /** The folders to remove afterwards. */
  readonly folders: readonly string[];
  /** Files into which a process writes `0` to become a member. */
  readonly entrances: readonly string[];
  /** How many processes the kernel ended because the memory was used up. */
  memoryKills(): Promise<number>;
  /** CPU time of all members, dead ones too, in seconds. */
  cpuSeconds(): Promise<number>;
}

/** The number after `key` in a file of `key number` lines, 0 when there is none. */
async function counter(path: string, key: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${key} `));
  return Number(line?.slice(key.length + 1) ?? 0);
}

function isVersion2(): boolean {
  return existsSync(join(ROOT, 'cgroup.controllers'));
}

/**
 * Where a control group of a name would be made, whether or not it can be: what cleans up is told before anything is there to clean.
 * @param name unique among the runs of this machine
 */
export function plannedCgroup(name: string, limits: Pick<Limits, 'cpus'>): readonly string[] {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0)
    return isVersion2() ? [join(ROOT, 'sbx', name)] : Object.values(foldersV1(name, limits));
  const parent = isVersion2() ? delegatedFolder(ROOT, readFileSync('/proc/self/cgroup', 'utf8')) : null;
  return parent === null ? [] : [join(parent, name)];
}

/** Below our own group, so that whatever already bounds sbx bounds this too; by controller, some of which may share a hierarchy. */
function foldersV1(name: string, { cpus }: Pick<Limits, 'cpus'>): Record<string, string> {
  const own = readFileSync('/proc/self/cgroup', 'utf8').split('\n');
  const wanted = [...CONTROLLERS_V1, ...(cpus === undefined ? [] : ['cpu'])];
  return Object.fromEntries(
    wanted.map((controller) => {
      const line = own.find((candidate) => candidate.split(':')[1]?.split(',').includes(controller));
      const inherited = join(ROOT, controller, line?.split(':').slice(2).join(':') ?? '/');
      const parent = existsSync(inherited) ? inherited : join(ROOT, controller);
      return [controller, join(existsSync(parent) ? realpathSync(parent) : parent, name)];
    }),
  );
}

/** Whether a control group of ours can bound a share of the CPUs, and not their number alone. */
export function boundsShareOfCpus(): boolean {
  if (process.platform !== 'linux') return false;
  if (!isVersion2()) return process.getuid?.() === 0 && existsSync(join(ROOT, 'cpu', 'cpu.cfs_quota_us'));
  const parent =
    process.getuid?.() === 0 ? ROOT : delegatedFolder(ROOT, readFileSync('/proc/self/cgroup', 'utf8'));
  const list = process.getuid?.() === 0 ? 'cgroup.controllers' : 'cgroup.subtree_control';
  return parent !== null && readFileSync(join(parent, list), 'utf8').split(/\s+/).includes('cpu');
}

/**
 * Makes a control group, or gives null where this user may not: then memory is limited per process only.
 * @param name unique among the runs of this machine
 */
export async function createCgroup(name: string, limits: Limits): Promise<Cgroup | null> {
  if (process.platform !== 'linux') return null;
  if (process.getuid?.() !== 0) return createDelegated(name, limits).catch(() => null);
  try {
    if (isVersion2()) return await createV2(name, limits);
    if (existsSync(join(ROOT, 'memory', 'memory.limit_in_bytes'))) return await createV1(name, limits);
  } catch {
    // Read-only, in a container, or without a controller: the caller falls back to limits per process.
  }
  return null;
}

/** Microseconds of each {@link PERIOD}; the kernel takes no less than a thousand. */
function quotaOf(cpus: number): number {
  return Math.max(1000, Math.round(cpus * PERIOD));
}

async function createV1(name: string, limits: Limits): Promise<Cgroup | null> {
  const folders: string[] = [];
  try {
    const { memory, pids, cpuacct, cpu } = foldersV1(name, limits) as Record<
      'memory' | 'pids' | 'cpuacct',
      string
    > & {
      readonly cpu?: string;
    };
    for (const folder of new Set([memory, pids, cpuacct, ...(cpu === undefined ? [] : [cpu])])) {
      await mkdir(folder);
      folders.push(folder);
    }
    // Kernels without shares of the CPUs have no such file; `unenforcedCpus` says so.
    if (cpu !== undefined && limits.cpus !== undefined)
      await writeFile(join(cpu, 'cpu.cfs_quota_us'), String(quotaOf(limits.cpus))).catch(() => undefined);
    await writeFile(join(memory, 'memory.limit_in_bytes'), String(limits.memoryBytes));
    // Present only where swap is accounted for.
    await writeFile(join(memory, 'memory.memsw.limit_in_bytes'), String(limits.memoryBytes)).catch(
      () => null,
    );
    await writeFile(join(pids, 'pids.max'), String(limits.processes));
    return {
      folders,
      entrances: folders.map((folder) => join(folder, 'cgroup.procs')),
      memoryKills: () => counter(join(memory, 'memory.oom_control'), 'oom_kill'),
      cpuSeconds: async () => Number(await readFile(join(cpuacct, 'cpuacct.usage'), 'utf8')) / 1e9,
    };
  } catch (error) {
    for (const folder of folders) await rmdir(folder).catch(() => undefined);
    throw error;
  }
}

/** An ordinary user's group, where the system manager delegated one and a child of ours can really enter it. */
async function createDelegated(name: string, limits: Limits): Promise<Cgroup | null> {
  if (!isVersion2()) return null;
  const parent = delegatedFolder(ROOT, await readFile('/proc/self/cgroup', 'utf8'));
  if (parent === null) return null;
  const group = await createCgroupBelow(parent, name, limits);
  try {
    await execute('/bin/sh', ['-c', 'echo 0 >"$1"', 'sbx-enter', ...group.entrances], { timeout: 2000 });
    return group;
  } catch {
    for (const folder of group.folders) await rmdir(folder).catch(() => undefined);
    return null;
  }
}

async function createV2(name: string, limits: Limits): Promise<Cgroup | null> {
  const parent = join(ROOT, 'sbx');
  await mkdir(parent, { recursive: true });
  // Already enabled at the root on most machines; refused below the root of a container.
  for (const controllers of ['+memory +pids', ...(limits.cpus === undefined ? [] : ['+cpu'])]) {
    const isNeeded = controllers !== '+cpu';
    await writeFile(join(ROOT, 'cgroup.subtree_control'), controllers).catch(() => undefined);
    await writeFile(join(parent, 'cgroup.subtree_control'), controllers).catch((error: unknown) => {
      if (isNeeded) throw error;
    });
  }
  return createCgroupBelow(parent, name, limits);
}

/**
 * A group of version 2 below one that hands memory and processes on.
 * @throws where the kernel refuses
 */
export async function createCgroupBelow(parent: string, name: string, limits: Limits): Promise<Cgroup> {
  const folder = join(parent, name);
  await mkdir(folder);
  try {
    await writeFile(join(folder, 'memory.max'), String(limits.memoryBytes));
    await writeFile(join(folder, 'memory.swap.max'), '0').catch(() => undefined);
    await writeFile(join(folder, 'pids.max'), String(limits.processes));
    // Where the controller was not handed on there is no such file; `unenforcedCpus` says so.
    if (limits.cpus !== undefined)
      await writeFile(join(folder, 'cpu.max'), `${quotaOf(limits.cpus)} ${PERIOD}`).catch(() => undefined);
  } catch (error) {
    await rmdir(folder).catch(() => undefined);
    throw error;
  }
  return {
    folders: [folder],
    entrances: [join(folder, 'cgroup.procs')],
    memoryKills: () => counter(join(folder, 'memory.events'), 'oom_kill'),
    cpuSeconds: async () => (await counter(join(folder, 'cpu.stat'), 'usage_usec')) / 1e6,
  };
}

/**
 * CPU time of the control group that a process is in, so that of all of a container's processes, in seconds.
 * @returns null where the process or the group cannot be seen: it is gone, or on another machine
 */
export async function cpuSecondsAround(pid: number): Promise<number | null> {
  const lines = (await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '')).split('\n');
  for (const line of lines) {
    const [number, controllers = '', ...rest] = line.split(':');
    const path = rest.join(':');
    // The root group counts the whole machine.
    if (path === '/' || path === '') continue;
    if (controllers.split(',').includes('cpuacct')) {
      const usage = await readFile(join(ROOT, 'cpuacct', path, 'cpuacct.usage'), 'utf8').catch(() => null);
      if (usage !== null) return Number(usage) / 1e9;
    }
    const stat = join(ROOT, path, 'cpu.stat');
    if (number === '0' && existsSync(stat)) return (await counter(stat, 'usage_usec')) / 1e6;
  }
  return null;
}

/** A command line that becomes a member of the group and then becomes `command`. */
export function enteringCgroup(cgroup: Cgroup | null, command: readonly string[]): readonly string[] {
  if (cgroup === null) return command;
  const script =
    'n=$1; shift; while [ "$n" -gt 0 ]; do echo 0 >"$1" || exit 1; shift; n=$((n - 1)); done; exec "$@"';
  return [
    '/bin/sh',
    '-c',
    script,
    'sbx-enter',
    String(cgroup.entrances.length),
    ...cgroup.entrances,
    ...command,
  ];
}
