// npm run bench: whole processes, sbx and a named rival in turn on the same input, so that a busy machine slows both alike.
// Prints the median of each and the median of the paired ratios. Needs: bandit on the path (or BANDIT=…) and pip to fetch the
// gymnasium wheel as a file once (or SBX_BENCH_TREE=FOLDER); what is missing is said and left out.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sbx = join(root, 'bin/sbx.js');
const cache = join(process.env.SBX_CACHE_DIR ?? join(homedir(), '.cache', 'sbx'), 'bench');
const runs = Number(process.env.SBX_BENCH_RUNS ?? 7);
const bandit = process.env.BANDIT ?? 'bandit';

/** Wall time of one whole process, in milliseconds; any exit status is fine, not starting is not. */
function timeOf([command, ...args]) {
  const started = process.hrtime.bigint();
  const { error, status, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1e8,
  });
  if (error !== undefined) throw error;
  if (status === 70) throw new Error(`sbx failed: ${stderr}`);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Runs both in turn and prints one line. `ratio` is how many times longer the rival takes, or for a baseline how many times sbx takes. */
function compare(name, own, rival, rivalName, aim) {
  const ours = [];
  const theirs = [];
  timeOf(own);
  timeOf(rival);
  for (let run = 0; run < runs; run += 1) {
    ours.push(timeOf(own));
    theirs.push(timeOf(rival));
  }
  const isBaseline = rivalName === 'node -e 0';
  const ratio = median(
    ours.map((value, index) => (isBaseline ? value / theirs[index] : theirs[index] / value)),
  );
  const meaning = isBaseline
    ? `${ratio.toFixed(2)}x of ${rivalName}`
    : `${ratio.toFixed(1)}x faster than ${rivalName}`;
  console.log(
    `${name.padEnd(34)} sbx ${median(ours).toFixed(0).padStart(6)} ms   ${rivalName} ${median(theirs).toFixed(0).padStart(6)} ms   ${meaning}   (aim: ${aim})`,
  );
}

/** The unpacked gymnasium wheel: fetched as a file, never installed, nothing of it run. */
function gymnasiumTree() {
  if (process.env.SBX_BENCH_TREE !== undefined) return process.env.SBX_BENCH_TREE;
  const tree = join(cache, 'gymnasium-1.4.0');
  if (existsSync(tree)) return tree;
  mkdirSync(cache, { recursive: true });
  try {
    const download = [
      '-m',
      'pip',
      'download',
      '-q',
      '--no-deps',
      '--only-binary',
      ':all:',
      '-d',
      cache,
      'gymnasium==1.4.0',
    ];
    execFileSync('python3', download, { stdio: 'inherit', cwd: cache });
    const wheel = readdirSync(cache).find((file) => file.startsWith('gymnasium-') && file.endsWith('.whl'));
    execFileSync('python3', ['-m', 'zipfile', '-e', join(cache, wheel), tree]);
    return tree;
  } catch {
    console.log('gymnasium could not be fetched: give SBX_BENCH_TREE=FOLDER to compare on another tree');
    return null;
  }
}

const hasBandit = spawnSync(bandit, ['--version'], { stdio: 'ignore' }).error === undefined;
if (!hasBandit)
  console.log('bandit is not here (pip install bandit, or BANDIT=PATH): its comparisons are left out');
const skill = join(root, 'fixtures/skills/api-client-benign');
const node = process.execPath;

console.log(`${runs} paired runs each, medians; Node ${process.version}`);
compare('sbx --version', [node, sbx, '--version'], [node, '-e', '0'], 'node -e 0', '< 1.5x');
compare('sbx scan of a small skill', [node, sbx, 'scan', skill], [node, '-e', '0'], 'node -e 0', '< 250 ms');
if (hasBandit) {
  const script = readdirSync(join(skill, 'scripts')).find((file) => file.endsWith('.py'));
  compare(
    'sbx scan of one Python file',
    [node, sbx, 'scan', join(skill, 'scripts', script)],
    [bandit, '-q', join(skill, 'scripts', script)],
    'bandit',
    '>= 1x',
  );
  const tree = gymnasiumTree();
  if (tree !== null)
    compare(
      'sbx scan of gymnasium',
      [node, sbx, 'scan', tree],
      [bandit, '-q', '-r', tree],
      'bandit',
      '>= 5x',
    );
}
