import { readdirSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Guarantee } from '../../model/observation.ts';
import type { Backend, Limits, SandboxResult } from '../backend.ts';
import { USUAL_WORLD } from '../world.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { Bait } from './bait.ts';

const MIB = 1024 * 1024;

/** One thing that was tried, and whether the sandbox held. */
export interface Check {
  readonly guarantee: Guarantee;
  readonly name: string;
  readonly held: boolean;
}

/** What an attack works with. */
export interface Attack {
  readonly backend: Backend;
  readonly bait: Bait;
  readonly signal: AbortSignal;
}

async function runProbe(
  { backend, bait, signal }: Attack,
  mode: string,
  limits: Partial<Limits>,
  extra: object = {},
): Promise<SandboxResult> {
  return backend.run(
    {
      command: ['python3', '-I', '-S', '/target/probe.py', mode],
      workingDirectory: '/target',
      environment: { SBX_INSIDE: '1' },
      mounts: [{ source: bait.probeFolder, target: '/target' }],
      copies: [],
      limits: { ...DEFAULT_LIMITS, wallMs: 30_000, ...limits },
      world: USUAL_WORLD,
      stdin: Buffer.from(
        JSON.stringify({ ...bait.description, ownKernel: backend.id === 'gvisor', ...extra }),
      ),
      image: null,
      trace: false,
    },
    signal,
  );
}

/** Reads the probe's checks; null when it did not get as far as saying them. */
function checksOf(result: SandboxResult): Record<string, boolean> | null {
  try {
    return JSON.parse(Buffer.from(result.stdout).toString('utf8')) as Record<string, boolean>;
  } catch {
    return null;
  }
}

const GUARANTEE_OF = /^([a-z-]+): /;

/**
 * Network, sockets, files, processes, root, privileges and system calls, in one run. A probe that says nothing proves nothing.
 */
export async function attackWalls(attack: Attack): Promise<Check[]> {
  const before = attack.bait.arrivals();
  const result = await runProbe(attack, 'walls', {});
  const checks = Object.entries(checksOf(result) ?? {}).map(([name, held]) => ({
    guarantee: GUARANTEE_OF.exec(name)?.[1] as Guarantee,
    name,
    held,
  }));
  if (checks.length === 0) return [];
  return [
    ...checks,
    { guarantee: 'network', name: 'network: seen by a listener', held: attack.bait.arrivals() === before },
    { guarantee: 'processes', name: 'processes: host process lives', held: attack.bait.isProcessAlive() },
  ];
}

/** A fork bomb. A sandbox that ends over it has held too. */
async function attackPids(attack: Attack): Promise<Check[]> {
  const attempts = 300;
  const result = await runProbe(attack, 'pids', { processes: 32 }, { attempts });
  const held = checksOf(result)?.[`pids: ${attempts} children`] ?? result.exit !== 0;
  return [{ guarantee: 'pids', name: `pids: ${attempts} children at a limit of 32`, held }];
}

/** Many processes that together hold four times the limit. */
async function attackMemory(attack: Attack): Promise<Check[]> {
  const limits = { memoryBytes: 192 * MIB };
  const result = await runProbe(attack, 'memory', limits, { attempts: 12, bytes: 64 * MIB });
  const said = checksOf(result)?.['memory: 12 children together'];
  const held = said ?? (result.limitsHit.includes('memory') || result.signal === 'SIGKILL');
  return [{ guarantee: 'memory', name: 'memory: 768 MiB in 12 processes at a limit of 192 MiB', held }];
}

/** A loop without end, far from the wall-time limit. */
async function attackCpu(attack: Attack): Promise<Check[]> {
  const result = await runProbe(attack, 'burn', { cpuSeconds: 1, wallMs: 20_000 });
  const held = !result.limitsHit.includes('wall-time') && result.signal !== null;
  return [{ guarantee: 'cpu', name: 'cpu: a loop at a limit of 1 s', held }];
}

/** Fills every writable folder. */
async function attackDisk(attack: Attack): Promise<Check[]> {
  const limits = { temporaryBytes: 16 * MIB, fileBytes: 4 * MIB };
  const checks = checksOf(await runProbe(attack, 'disk', limits, limits)) ?? {};
  return Object.entries(checks).map(([name, held]) => ({ guarantee: 'disk', name, held }));
}

/** Writes without end to standard output. */
export async function attackOutput(attack: Attack): Promise<Check[]> {
  const outputBytes = 65536;
  const result = await runProbe(attack, 'flood', { outputBytes });
  const held =
    result.limitsHit.includes('output') &&
    !result.limitsHit.includes('wall-time') &&
    result.stdout.length === outputBytes;
  return [{ guarantee: 'output', name: 'output: a flood at a limit of 64 KiB', held }];
}

/** A grandchild with its own session that ignores polite signals, and what is left of the run afterwards. */
export async function attackEnd(attack: Attack): Promise<Check[]> {
  const marker = `${attack.bait.description.marker}-outlive`;
  const wallMs = 3000;
  const result = await runProbe(attack, 'outlive', { wallMs }, { marker });
  const hasRun = checksOf(result) !== null;
  if (!hasRun) return [];
  const isEnded = result.limitsHit.includes('wall-time') && result.durationMs < wallMs + 5000;
  return [
    { guarantee: 'wall-time', name: 'wall-time: ended', held: isEnded },
    { guarantee: 'wall-time', name: 'wall-time: grandchild gone', held: !isOnAnyCommandLine(marker) },
    { guarantee: 'cleanup', name: 'cleanup: no process', held: !isOnAnyCommandLine(marker) },
    { guarantee: 'cleanup', name: 'cleanup: no temporary folder', held: (await foldersOfOurs()) === 1 },
  ];
}

/** True when a process of the host has the text among its arguments. */
function isOnAnyCommandLine(text: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}

/** How many private folders this process has; the bait's own is one. */
async function foldersOfOurs(): Promise<number> {
  const names = await readdir(tmpdir());
  return names.filter((name) => new RegExp(`^sbx-\\d+-${process.pid}-\\d+-[0-9a-f]+$`).test(name)).length;
}

/** Every attack, in an order that leaves the rough ones for last. */
export const ATTACKS: readonly ((attack: Attack) => Promise<Check[]>)[] = [
  attackWalls,
  attackOutput,
  attackCpu,
  attackDisk,
  attackPids,
  attackMemory,
  attackEnd,
];
