import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spreadOf } from './timing.mjs';

/** Python programs that do what costs a recorder most, and what an environment does. Each says how many milliseconds it took. */
const WORK = {
  opens: 'for _ in range(20000):\n    with open("/etc/passwd") as file: file.read()',
  writes: 'file = open("/tmp/sbx-bench-writes", "wb", buffering=0)\nfor _ in range(100000): file.write(b"x")',
  loop: 'for episode in range(200):\n    state = 0\n    for step in range(200): state = (state * 31 + step) % 1009\n    with open("/tmp/sbx-bench-log", "a") as log: log.write(str(state))',
};

function timed(work) {
  return [
    'python3',
    '-I',
    '-c',
    `import time\nbegan = time.perf_counter()\n${work}\nprint("took", (time.perf_counter() - began) * 1000)`,
  ];
}

function tookIn(text) {
  return Number(/took ([\d.]+)/.exec(text)?.[1] ?? NaN);
}

function run([file, ...args]) {
  return execFileSync(file, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 26,
  });
}

/** How many times as long the work takes under strace, without a sandbox, as under the recorder; and what it takes unrecorded. */
function against(sbx, work, runs) {
  const target = mkdtempSync(join(tmpdir(), 'sbx-bench-'));
  const sandboxed = [process.execPath, sbx, 'run', target, '--backend', 'bubblewrap'];
  const command = timed(work);
  const calls = 'trace=%file,%network,%process,kill,tkill,tgkill';
  const strace = ['strace', '-f', '-qq', '-ttt', '-e', calls, '-s', '256', '-o', join(target, 'trace')];
  try {
    const own = [];
    const other = [];
    for (let at = 0; at < runs; at += 1) {
      const recorded = JSON.parse(run([...sandboxed, '--format', 'json', '--', ...command])).run;
      if (recorded.tracer !== 'notify') throw new Error('this machine has no notify recorder');
      const plain = tookIn(run([...sandboxed, '--', ...command]));
      own.push({ ms: tookIn(recorded.stdout), ratio: tookIn(recorded.stdout) / plain });
      other.push(tookIn(run([...strace, ...command])));
    }
    const ratio = spreadOf(own.map(({ ms }, index) => other[index] / ms));
    const overhead = spreadOf(own.map((each) => each.ratio)).median.toFixed(1);
    return {
      runs,
      own: spreadOf(own.map(({ ms }) => ms)),
      other: spreadOf(other),
      ratio,
      against: `${overhead}x as long as unrecorded; strace`,
      aim: '>= 1x as fast',
      isMet: ratio.median >= 1,
    };
  } finally {
    for (const left of [target, '/tmp/sbx-bench-writes', '/tmp/sbx-bench-log'])
      rmSync(left, { recursive: true, force: true });
  }
}

/** The recorder of system calls beside strace, by name. */
export function recorderCases(sbx) {
  return Object.fromEntries(
    Object.entries(WORK).map(([name, work]) => [`recorder-${name}`, (runs) => against(sbx, work, runs)]),
  );
}
