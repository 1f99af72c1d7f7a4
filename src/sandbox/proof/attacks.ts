import type { Guarantee } from '../../model/observation.ts';
import { MOST_BYTES, MOST_FILES } from '../collect/written.ts';
import { catalogueOf } from './catalogue.ts';
import { checksOrEnd, runCollected, runProbe, type Attack } from './attack.ts';
import { check, checksIn, type Check } from './checks.ts';
import { processesWith, remainsOf } from './remains.ts';

const MIB = 1024 * 1024;

/**
 * Network, sockets, files, processes, root, privileges and system calls, in one run. A probe that says nothing proves nothing.
 * @param told what the probe is told beside the bait
 */
export async function attackWalls(attack: Attack, told: object = {}): Promise<Check[]> {
  const { bait } = attack;
  const isAwake = await bait.isAwake();
  const before = bait.arrivals();
  const { answers } = await runProbe(attack, 'walls', {}, told);
  if (answers === null) return [];
  const after = bait.arrivals();
  const listeners = ([guarantee, count]: [Guarantee, number]): Check =>
    isAwake
      ? check(guarantee, 'seen by a listener outside', count === 0, `${count} arrivals`)
      : {
          guarantee,
          name: 'seen by a listener outside',
          outcome: 'untried',
          note: 'the listener does not hear',
        };
  return [
    ...checksIn(answers, catalogueOf(attack.backend.id)),
    listeners(['network', after.network - before.network]),
    listeners(['unix-sockets', after.unix - before.unix]),
    check('processes', 'bait outside lives', bait.isProcessAlive(), 'it is gone'),
  ];
}

/** Writes without end to both outputs, one at a time. */
export async function attackOutput(attack: Attack): Promise<Check[]> {
  const outputBytes = 65536;
  const checks: Check[] = [];
  for (const [descriptor, stream, name] of [
    [1, 'stdout', 'flood of standard output'],
    [2, 'stderr', 'flood of standard error'],
  ] as const) {
    const { result, hasBegun } = await runProbe(attack, 'flood', { outputBytes }, { descriptor });
    const isEnded = result.limitsHit.includes('output') && !result.limitsHit.includes('wall-time');
    const held = hasBegun && isEnded && result[stream].length === outputBytes;
    checks.push(check('output', name, held, `${result[stream].length} bytes were kept`));
  }
  return checks;
}

/** Names that the probe gives to what it plants. */
const TRAP = '/results/trap-';
const HONEST = '/results/honest';
/** What a file of that name holds that is none of the traps. */
const HARMLESS = ['', 'harmless'];

/**
 * Plants links and pipes among the files that are collected after a run, and more files than anybody wants. What was left there as it
 * should be has to arrive, else nothing was collected and nothing is proven.
 */
export async function attackCollected(attack: Attack): Promise<Check[]> {
  const { bait } = attack;
  const { marker } = bait.description;
  const told = { attempts: MOST_FILES + 50, bytes: MIB };
  const { written, answers, result } = await runCollected(attack, 'plant', {}, told);
  if (answers?.['left'] !== marker) return [];
  const contents = written.files.map(
    ({ path, content }) => [path, Buffer.from(content).toString('latin1')] as const,
  );
  const isStuck = result.limitsHit.includes('wall-time') || written.isOutOfTime;
  const held = written.isCollected && !isStuck;
  const pipes = check(
    'output',
    'pipes in what is collected',
    held,
    'whoever collects them does not come to an end',
  );
  if (!contents.some(([path, content]) => path.endsWith(HONEST) && content === marker)) return [pipes];
  const followed = contents.filter(([path, content]) => path.includes(TRAP) && !HARMLESS.includes(content));
  const bytes = contents.reduce((sum, [, content]) => sum + content.length, 0);
  const isBounded = contents.length <= MOST_FILES && bytes <= MOST_BYTES;
  return [
    pipes,
    check(
      'host-files',
      'links in what is collected',
      followed.length === 0,
      followed.map(([path]) => path).join(', '),
    ),
    check(
      'output',
      'a filled folder that is collected',
      isBounded && written.leftOut > 0,
      `${contents.length} files, ${bytes} bytes; ${written.leftOut} are said to be left out`,
    ),
  ];
}

/** Time for a probe and for what it starts to begin, in milliseconds. */
function beginnings({ startMs = 0 }: Attack): number {
  return 2 * startMs;
}

/** Loops without end, far from the wall-time limit: in one process, and in several of which none is over the limit alone. */
async function attackCpu(attack: Attack): Promise<Check[]> {
  const cpuSeconds = 1 + Math.floor(beginnings(attack) / 1000);
  const limits = { cpuSeconds, wallMs: 40_000 * cpuSeconds };
  const one = await runProbe(attack, 'burn', limits);
  const told = { attempts: 6, mostSeconds: 4 * cpuSeconds };
  const several = await runProbe(attack, 'burn-together', limits, told);
  return [
    ...checksOrEnd(attack, one, 'cpu', 'one process'),
    ...checksOrEnd(attack, several, 'cpu', 'several processes'),
  ];
}

/** Fills every writable folder, with bytes and with names. */
async function attackDisk(attack: Attack): Promise<Check[]> {
  // Where it is not offered, this would fill the host's disk.
  if (attack.backend.offers.disk === 'absent') return [];
  const limits = { temporaryBytes: 16 * MIB, fileBytes: 4 * MIB };
  const fill = await runProbe(attack, 'fill', limits, limits);
  // Where the number has no limit of its own, the memory that names take ends it; little of it, as a recorder makes each slow.
  const memoryBytes = (attack.backend.id === 'gvisor' ? 96 : 64) * MIB;
  const names = await runProbe(attack, 'names', { memoryBytes, wallMs: 60_000 }, { attempts: 250_000 });
  return [...checksIn(fill.answers ?? {}), ...checksOrEnd(attack, names, 'disk', 'number of files')];
}

/** Children that keep forking, and children that are never collected. A sandbox that ends over it has held too. */
async function attackPids(attack: Attack): Promise<Check[]> {
  if (attack.backend.offers.pids === 'absent') return [];
  const told = { attempts: 300 };
  const bomb = await runProbe(attack, 'bomb', { processes: 32 }, told);
  const zombies = await runProbe(attack, 'zombies', { processes: 32 }, told);
  return [
    ...checksOrEnd(attack, bomb, 'pids', 'fork bomb'),
    ...checksOrEnd(attack, zombies, 'pids', 'zombies'),
  ];
}

/** Several times the limit: in many processes that each hold less, in one, and in files that are memory. */
async function attackMemory(attack: Attack): Promise<Check[]> {
  const limits = { memoryBytes: 192 * MIB };
  const many = await runProbe(attack, 'many-blocks', limits, { attempts: 12, bytes: 64 * MIB });
  const one = await runProbe(attack, 'one-block', limits, { bytes: 768 * MIB });
  const files = await runProbe(attack, 'files-in-memory', limits, { bytes: 768 * MIB });
  return [
    ...checksOrEnd(attack, many, 'memory', 'many processes'),
    ...checksOrEnd(attack, one, 'memory', 'one process'),
    ...checksOrEnd(attack, files, 'memory', 'files without a name'),
  ];
}

/** Daemons that ignore polite signals, programs that stop themselves and who started them, and what is left of a run afterwards. */
export async function attackEnd(attack: Attack): Promise<Check[]> {
  const wallMs = 2500 + beginnings(attack);
  const checks: Check[] = [];
  const before = await remainsOf(attack.backend);
  for (const [mode, name] of [
    ['outlive', 'daemon'],
    ['stop', 'stopped'],
  ] as const) {
    const marker = `${attack.bait.description.marker}-${mode}`;
    const { result, answers } = await runProbe(attack, mode, { wallMs }, { marker });
    if (answers?.['left'] !== marker) continue;
    const isEnded = result.limitsHit.includes('wall-time') && result.durationMs < wallMs + 5000;
    const left = processesWith(marker);
    checks.push(
      check('wall-time', name, isEnded, `${result.durationMs} ms`),
      check('wall-time', `${name} gone`, left.length === 0, `process ${left.join(', ')}`),
      check('cleanup', 'processes after the limit', left.length === 0, `process ${left.join(', ')}`),
    );
    killAll(left);
  }
  const marker = `${attack.bait.description.marker}-abandon`;
  const { answers } = await runProbe(attack, 'abandon', {}, { marker });
  if (answers?.['left'] !== marker) return checks;
  const left = processesWith(marker);
  killAll(left);
  const after = await remainsOf(attack.backend);
  const nothingNew = (name: string, kind: keyof typeof after): Check => {
    const found = after[kind].filter((each) => !before[kind].includes(each));
    return check('cleanup', name, found.length === 0, found.slice(0, 3).join(', '));
  };
  return [
    ...checks,
    check('cleanup', 'processes', left.length === 0, `process ${left.join(', ')}`),
    nothingNew('temporary folders', 'folders'),
    nothingNew('control groups', 'controlGroups'),
    nothingNew('mounts', 'mounts'),
    nothingNew('containers', 'containers'),
    nothingNew('objects without a path', 'objects'),
  ];
}

/** What a backend failed to end is ended here: a proof must not leave its own attackers behind. */
export function killAll(processes: readonly number[]): void {
  for (const each of processes) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // Gone by itself.
    }
  }
}

/** Every attack, in an order that leaves the rough ones for last. */
export const ATTACKS: readonly ((attack: Attack) => Promise<Check[]>)[] = [
  attackWalls,
  attackOutput,
  attackCollected,
  attackCpu,
  attackDisk,
  attackPids,
  attackMemory,
  attackEnd,
];
