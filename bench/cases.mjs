import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fullDatabase } from './advisories.mjs';
import { pythonTree, sizeOf } from './inputs.mjs';
import { recorderCases } from './recorder.mjs';
import { bandit, osvScanner, semgrep } from './rivals.mjs';
import { sandboxStarts } from './sandbox-start.mjs';
import { inTurn, measure } from './timing.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
export const SBX = join(root, 'bin/sbx.js');
const SKILL = join(root, 'fixtures/skills/api-client-benign');
const FILE = join(
  SKILL,
  'scripts',
  readdirSync(join(SKILL, 'scripts')).find((file) => file.endsWith('.py')),
);
const NODE = { name: 'node -e 0', command: [process.execPath, '-e', '0'] };

const folders = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A cache folder that nothing has been written to. */
function emptyCache() {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-bench-'));
  folders.push(folder);
  return { SBX_CACHE_DIR: folder };
}

/** sbx as on a machine that has never seen the target. */
function cold(...args) {
  return { command: [process.execPath, SBX, ...args], environment: emptyCache };
}

/** sbx as on a machine that has seen it. */
function again(...args) {
  const environment = emptyCache();
  return { command: [process.execPath, SBX, ...args], environment: () => environment };
}

/** How many times as fast as a rival. */
async function against(rival, path, aim, runs) {
  const timed = await inTurn(cold('scan', path), { ...rival, command: rival.command(path) }, runs);
  return { ...timed, against: rival.name, aim: `>= ${aim}x as fast`, isMet: timed.ratio.median >= aim };
}

/** How many times as long as a process that does the least there is to do. */
async function over(own, base, aim, runs) {
  const { ratio, ...timed } = await inTurn(own, base, runs);
  const over = { median: 1 / ratio.median, low: 1 / ratio.high, high: 1 / ratio.low };
  return { ...timed, ratio: over, against: base.name, aim: `<= ${aim}x as long`, isMet: over.median <= aim };
}

async function within(own, base, aim, runs) {
  const timed = await over(own, base, Infinity, runs);
  return { ...timed, aim: `<= ${aim} ms`, isMet: timed.own.median <= aim };
}

async function unchanged(runs) {
  const tree = pythonTree('large');
  const base = {
    name: 'reading and hashing',
    command: [process.execPath, join(root, 'bench/read-tree.mjs'), tree],
  };
  return over(again('scan', tree), base, 1.3, runs);
}

const MEGABYTE = 1024 * 1024;

async function memory() {
  const tree = pythonTree('large');
  const { bytes } = await measure(cold('scan', tree), true);
  if (bytes === 0) throw new Error('/proc does not tell how much memory a process has held');
  const size = Math.round(sizeOf(tree).bytes / MEGABYTE);
  return { bytes, against: `${size} MB of source`, aim: '<= 400 MB', isMet: bytes <= 400 * MEGABYTE };
}

/** sbx alone, without the tools that it would ask, on 2,000 pinned packages and a database as large as the public one. */
async function dependencies() {
  const { cache, requirements, list } = await fullDatabase(SBX);
  const own = {
    command: [process.execPath, SBX, 'deps', requirements, '--format', 'json'],
    environment: () => ({ SBX_CACHE_DIR: cache, SBX_TOOLS_BIN: '', PATH: '/nonexistent' }),
  };
  return { own, cache, list };
}

async function dependencyTime(runs) {
  const { own, cache, list } = await dependencies();
  const timed = await inTurn(own, osvScanner(join(cache, 'advisories'), list), runs);
  return { ...timed, against: 'osv-scanner', aim: '<= 300 ms', isMet: timed.own.median <= 300 };
}

async function dependencyMemory() {
  const { own } = await dependencies();
  const { bytes } = await measure(own, true);
  if (bytes === 0) throw new Error('/proc does not tell how much memory a process has held');
  return { bytes, against: '2,000 pins, 30,000 records', aim: '<= 150 MB', isMet: bytes <= 150 * MEGABYTE };
}

/** What is measured, by name. Each throws when something that it needs is missing. */
export const CASES = {
  version: (runs) => over({ command: [process.execPath, SBX, '--version'] }, NODE, 1.5, runs),
  'small-skill': (runs) => within(cold('scan', SKILL), NODE, 120, runs),
  'one-file-node': (runs) => within(cold('scan', FILE), NODE, 120, runs),
  'one-file-bandit': (runs) => against(bandit(), FILE, 20, runs),
  'gymnasium-bandit': (runs) => against(bandit(), pythonTree('gymnasium'), 20, runs),
  'large-bandit': (runs) => against(bandit(), pythonTree('large'), 20, runs),
  'large-semgrep': (runs) => against(semgrep(), pythonTree('large'), 50, runs),
  'large-again': unchanged,
  'large-memory': memory,
  deps: dependencyTime,
  'deps-memory': dependencyMemory,
  ...sandboxStarts(SBX),
  ...recorderCases(SBX),
};
