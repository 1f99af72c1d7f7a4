import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import { containersOf, eventually, foldersOf, processesWith } from '../backends/leftovers.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { describeWith } from '../backends/requirement.ts';

const PROGRAM = fileURLToPath(new URL('../../../bin/sbx.js', import.meta.url));

/** Kills altogether, and their seed; a failure is tried again with the seed that it names. */
const KILLS = Number(process.env['SBX_KILLS'] ?? 50);
const SEED = Number(process.env['SBX_KILL_SEED'] ?? Date.now() % 1_000_000);

/** How far a start may have come when it is killed, in milliseconds: from before anything runs to the middle of the run. */
const LATEST_MS: Readonly<Partial<Record<BackendId, number>>> = {
  native: 900,
  bubblewrap: 900,
  firejail: 1200,
  docker: 1800,
  gvisor: 2200,
  podman: 1800,
  landlock: 900,
};
/** Those that are here; in CI all of them have to be. */
const IDS: BackendId[] = [];
for (const id of Object.keys(LATEST_MS) as BackendId[]) {
  if (process.env['CI'] === 'true' || (await (await loadBackend(id)).probe()).available) IDS.push(id);
}
/** By when everything has to be gone. */
const GONE_MS = 20_000;

/** Numbers from 0 to 1 that a seed repeats (mulberry32, public domain). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Processes below one, with the time they began: a number may be given away again. */
function descendantsOf(root: number): string[] {
  const parents = new Map<number, { parent: number; start: string }>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const fields = statOf(Number(name));
    if (fields !== null) parents.set(Number(name), { parent: Number(fields[1]), start: fields[19]! });
  }
  const found: string[] = [];
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    for (const [child, { parent, start }] of parents) {
      if (parent !== pid) continue;
      found.push(`${child} ${start}`);
      waiting.push(child);
    }
  }
  return found;
}

/** Fields of `/proc/PID/stat` after the name, or null when it is gone or only waits to be collected. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : fields;
  } catch {
    return null;
  }
}

function livingOf(processes: readonly string[]): string[] {
  return processes.filter((each) => {
    const [pid, start] = each.split(' ');
    return statOf(Number(pid))?.[19] === start;
  });
}

/** Mounts and files of the cache that carry the name of a run of this process. */
function mountsOf(pid: number): string[] {
  const name = new RegExp(`sbx-\\d+-${pid}-\\d+-`);
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => name.test(line));
}

await describeWith('native', `sbx, killed at random moments (seed ${SEED})`, () => {
  let folder: string;
  const random = randomFrom(SEED);

  beforeAll(() => {
    folder = mkdtempSync('/tmp/sbx-killed-');
    mkdirSync(join(folder, 'cache'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** What is left some time after a kill; empty when all is well. */
  async function leftAfterKill(id: BackendId, mode: 'run' | 'vet', index: number): Promise<string[]> {
    const seconds = 600_000 + index * 7 + Math.floor(random() * 90_000) * 1000;
    const script = `setsid sleep ${seconds} &\ntrap '' TERM\nsleep ${seconds}\n`;
    const target = join(folder, `target-${index}`);
    mkdirSync(join(target, 'scripts'), { recursive: true });
    writeFileSync(
      join(target, 'SKILL.md'),
      '---\nname: s\ndescription: d\n---\n# S\n\nRun `sh scripts/a.sh`.\n',
    );
    writeFileSync(join(target, 'scripts', 'a.sh'), script);
    const command = mode === 'run' ? ['--', 'sh', '-c', script] : [];
    const child = spawn(process.execPath, [PROGRAM, mode, target, '--backend', id, ...command], {
      stdio: 'ignore',
      env: { ...process.env, SBX_CACHE_DIR: join(folder, 'cache') },
    });
    const pid = child.pid!;
    await new Promise((resolve) => setTimeout(resolve, random() * LATEST_MS[id]!));
    const below = descendantsOf(pid);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const left = (): string[] => [
      ...livingOf(below).map((each) => `process ${each}`),
      ...processesWith(`sleep ${seconds}`),
      ...processesWith(`-${pid}-`).filter((line) => new RegExp(`sbx-\\d+-${pid}-\\d+-`).test(line)),
      ...foldersOf(pid),
      ...mountsOf(pid),
      ...readdirSync(join(folder, 'cache'), { recursive: true })
        .map(String)
        .filter((name) => name.endsWith(`.${pid}`)),
    ];
    const containers = (): string[] =>
      id === 'podman'
        ? containersOf(pid, 'podman')
        : // gVisor runs by itself where no daemon answers.
          (id === 'docker' || id === 'gvisor') && IDS.includes('docker')
          ? containersOf(pid, 'docker')
          : [];
    await eventually(() => left().length === 0, GONE_MS);
    // One that is being made when its client is killed shows a moment later.
    await eventually(() => containers().length === 0, GONE_MS);
    rmSync(target, { recursive: true, force: true });
    return [...left(), ...containers()].map((each) => `${id} ${mode} ${index}: ${each}`);
  }

  it(`leaves nothing after ${KILLS} of them`, { timeout: Math.max(300_000, KILLS * 15_000) }, async () => {
    const left: string[] = [];
    // Several at a time, as nothing of one run may hang on another.
    const queue = Array.from({ length: KILLS }, (_, index) => index);
    const worker = async (): Promise<void> => {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
        const id = IDS[index % IDS.length]!;
        left.push(
          ...(await leftAfterKill(id, Math.floor(index / IDS.length) % 2 === 0 ? 'run' : 'vet', index)),
        );
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    expect(left).toEqual([]);
  });
});
