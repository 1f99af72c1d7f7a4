import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Guarantee } from '../../model/observation.ts';
import type { Limits } from '../backend.ts';
import type { Cgroup } from './cgroup.ts';
import type { Tracing } from './tracing.ts';

/** Bytes in a page and clock ticks in a second, as Linux shows them in `/proc` on x86-64 and (by default) arm64. */
const PAGE_BYTES = 4096;
const TICKS_PER_SECOND = 100;

interface Usage {
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
}

/** Fields of `/proc/PID/stat` after the name, counted from 0: parent, and the process's and its dead children's CPU time. */
const PARENT = 1;
const CPU_FIELDS = [11, 12, 13, 14] as const;

/**
 * What a process and all below it use now: private memory, and CPU time of the living and of their collected children. Processes
 * that come and go between two looks are missed.
 */
async function usageBelow(root: number): Promise<Usage> {
  const children = new Map<number, number[]>();
  const ticks = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    if (fields.length <= CPU_FIELDS[3]) continue;
    const parent = Number(fields[PARENT]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    ticks.set(
      Number(name),
      CPU_FIELDS.reduce((sum, index) => sum + Number(fields[index]), 0),
    );
  }
  let memoryBytes = 0;
  let cpuTicks = 0;
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    waiting.push(...(children.get(pid) ?? []));
    cpuTicks += ticks.get(pid) ?? 0;
    const [, resident, shared] = (await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '0 0 0')).split(
      ' ',
    );
    memoryBytes += (Number(resident) - Number(shared)) * PAGE_BYTES;
  }
  return { memoryBytes, cpuSeconds: cpuTicks / TICKS_PER_SECOND };
}

/** CPU seconds that a process and all below it have used so far. */
export async function cpuSecondsOf(root: number): Promise<number> {
  return (await usageBelow(root)).cpuSeconds;
}

/**
 * Watches what all processes of a run use together, which limits per process do not bound. With a control group the kernel bounds
 * memory itself and counts CPU time exactly; without one both are added up now and then, so a quick run can briefly exceed them.
 * @param tracing a recorder, whose file must not fill the host's disk
 * @returns for a process group, the guarantee whose limit is used up, or null
 */
export function watchTotals(
  cgroup: Cgroup | null,
  limits: Limits,
  tracing: Pick<Tracing, 'isFull'> | null = null,
): (group: number) => Promise<Guarantee | null> {
  return async (group) => {
    if (tracing !== null && (await tracing.isFull())) return 'output';
    if (cgroup !== null) {
      const used = await cgroup.cpuSeconds().catch(() => 0);
      return used > limits.cpuSeconds + 1 ? 'cpu' : null;
    }
    const usage = await usageBelow(group);
    if (usage.memoryBytes > limits.memoryBytes) return 'memory';
    return usage.cpuSeconds > limits.cpuSeconds + 1 ? 'cpu' : null;
  };
}

/** How often a folder is looked through, in milliseconds, and how many entries of it are looked at. */
const FOLDER_MS = 500;
const MOST_ENTRIES = 20_000;

/**
 * Watches what a folder without a size of its own takes up. What is written and deleted between two looks, or is deleted and still open,
 * is missed.
 * @returns `disk` once it holds more bytes than `most` or more entries than anybody needs, else null
 */
export function watchFolder(folder: string, most: number): () => Promise<Guarantee | null> {
  let next = 0;
  return async () => {
    if (performance.now() < next) return null;
    const isOver = await holdsMore(folder, most);
    next = performance.now() + FOLDER_MS;
    return isOver ? 'disk' : null;
  };
}

async function holdsMore(folder: string, most: number): Promise<boolean> {
  let bytes = 0;
  let entries = 0;
  const waiting = [folder];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
      entries += 1;
      if (entries > MOST_ENTRIES) return true;
      const inside = join(path, entry.name);
      if (entry.isDirectory()) waiting.push(inside);
      else bytes += ((await lstat(inside).catch(() => null))?.blocks ?? 0) * 512;
      if (bytes > most) return true;
    }
  }
  return false;
}
