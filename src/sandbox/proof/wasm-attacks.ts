import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PACKAGE_ROOT } from '../../package-info.ts';
import { checksOrEnd, runProbe, type Attack } from './attack.ts';
import { attackOutput, attackWalls, killAll } from './attacks.ts';
import { check, checksIn, type Check } from './checks.ts';
import { WASM_CHECKS } from './wasm-catalogue.ts';
import { processesOfRuns, remainsOf } from './remains.ts';

const MIB = 1024 * 1024;

/** Network, sockets, files, paths, ways to JavaScript and to other processes; and whether any file outside has changed. */
async function attackBridge(attack: Attack): Promise<Check[]> {
  const { canaries, token } = attack.bait.description;
  const checks = await attackWalls(attack, {
    hostPaths: [PACKAGE_ROOT, process.execPath, attack.bait.description.hostFolder],
  });
  if (checks.length === 0) return [];
  const changed = canaries.filter(
    (path) => readFileSync(path, 'utf8') !== token || existsSync(join(dirname(path), 'sbx-proof')),
  );
  return [...checks, check('read-only-root', 'written outside', changed.length === 0, changed.join(', '))];
}

/** A function of the interpreter's own library that makes code of a text. The interpreter does not survive that it is refused. */
async function attackThroughC(attack: Attack): Promise<Check[]> {
  const { result, answers, hasBegun } = await runProbe(attack, 'script', {});
  if (answers !== null) return checksIn(answers, WASM_CHECKS);
  const isRefused = hasBegun && Buffer.from(result.stderr).toString('utf8').includes(REFUSED);
  return isRefused ? [check('host-files', 'code for JavaScript through C', true)] : [];
}

/** What V8 says of code that is made of a text. */
const REFUSED = 'Code generation from strings disallowed';

/** Loops without end, far from the wall-time limit. */
async function attackTime(attack: Attack): Promise<Check[]> {
  const one = await runProbe(attack, 'burn', { cpuSeconds: 1, wallMs: 40_000 });
  return checksOrEnd(attack, one, 'cpu', 'one process');
}

/** More than the limit: in the interpreter's own memory, in JavaScript's, and in files, which are memory here. */
async function attackMemoryOfAll(attack: Attack): Promise<Check[]> {
  const limits = { memoryBytes: 192 * MIB };
  // Beyond what the process that carries the interpreter is given for itself.
  const told = { bytes: 1536 * MIB };
  const one = await runProbe(attack, 'one-block', limits, told);
  const outside = await runProbe(attack, 'outside-block', limits, told);
  const files = await runProbe(attack, 'files-in-memory', limits, told);
  return [
    ...checksOrEnd(attack, one, 'memory', 'one process'),
    ...checksOrEnd(attack, outside, 'memory', 'outside the memory of WebAssembly'),
    ...checksOrEnd(attack, files, 'memory', 'files in memory'),
  ];
}

const ENDLESS = [
  ['loop', 'endless loop'],
  ['deaf', 'deaf to what ends it'],
  ['one-call', 'one long call'],
  ['asleep', 'asleep'],
] as const;

/** Programs that do not end, and what is left of them and of one that did. */
async function attackEndOfWasm(attack: Attack): Promise<Check[]> {
  // The program's modules are loaded slowly here, and that is its own time.
  const wallMs = 5000 + (attack.startMs ?? 0);
  const { marker } = attack.bait.description;
  const checks: Check[] = [];
  const before = await remainsOf(attack.backend);
  for (const [mode, name] of ENDLESS) {
    const { result, answers } = await runProbe(attack, mode, { wallMs });
    if (answers?.['left'] !== marker) continue;
    const isEnded = result.limitsHit.includes('wall-time') && result.durationMs < wallMs + 5000;
    const left = processesOfRuns();
    checks.push(
      check('wall-time', name, isEnded, `${result.durationMs} ms`),
      check('cleanup', 'processes after the limit', left.length === 0, `process ${left.join(', ')}`),
    );
    killAll(left);
  }
  const { answers } = await runProbe(attack, 'abandon', {});
  if (answers?.['left'] !== marker) return checks;
  const left = processesOfRuns();
  killAll(left);
  const folders = (await remainsOf(attack.backend)).folders.filter((each) => !before.folders.includes(each));
  return [
    ...checks,
    check('cleanup', 'processes', left.length === 0, `process ${left.join(', ')}`),
    check('cleanup', 'temporary folders', folders.length === 0, folders.slice(0, 3).join(', ')),
  ];
}

/** What is tried on Python in WebAssembly, the roughest last. */
export const WASM_ATTACKS: readonly ((attack: Attack) => Promise<Check[]>)[] = [
  attackBridge,
  attackThroughC,
  attackOutput,
  attackTime,
  attackMemoryOfAll,
  attackEndOfWasm,
];
