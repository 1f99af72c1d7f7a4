// Judges thousands of randomly changed fixtures, in threads, each case with a deadline (in processor time), and says what went wrong
// with which.
//   npm run fuzz -- --cases 10000 [--seed N] [--first N] [--threads N] [--deadline SECONDS]
// The same seed gives the same cases; the files of a failing one are kept below the system's temporary folder. Exit status 1 on failures.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { bundleTests, ROOT } from './bundle-tests.mjs';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    first: { type: 'string', default: '0' },
    threads: { type: 'string', default: String(Math.max(1, cpus().length)) },
    deadline: { type: 'string', default: '60' },
  },
});
const seed = Number(values.seed);
const first = Number(values.first);
const end = first + Number(values.cases);
const deadline = Number(values.deadline);

const failures = [];
let next = first;
let done = 0;

/** One thread: takes cases until there is none left; a case that takes too long costs it its life, and another one goes on. */
function lane(script, clock) {
  return new Promise((resolve) => {
    let worker;
    let timer;
    let current = -1;
    const give = () => {
      clearTimeout(timer);
      if (next >= end) {
        clock.changeBusy(-1);
        void worker.terminate().then(resolve);
        return;
      }
      current = next++;
      const until = clock.seconds + deadline;
      const wait = () => {
        const left = until - clock.seconds;
        timer =
          left > 0
            ? setTimeout(wait, left * 1_000 + 10)
            : setTimeout(over, 0, `took longer than ${deadline} s`);
      };
      wait();
      worker.postMessage(current);
    };
    const over = (problem) => {
      clearTimeout(timer);
      failures.push({ number: current, problems: [problem] });
      void worker.terminate();
      start();
    };
    const start = () => {
      const own = new Worker(script, {
        workerData: { seed },
        resourceLimits: { maxOldGenerationSizeMb: 1_024 },
      });
      worker = own;
      own.on('message', ({ number, problems }) => {
        if (own !== worker) return;
        if (problems.length > 0) failures.push({ number, problems });
        if (++done % 1_000 === 0) console.error(`${done} cases, ${failures.length} failing`);
        give();
      });
      own.on('error', (error) => own === worker && over(`ended its thread: ${error.message}`));
      give();
    };
    clock.changeBusy(1);
    start();
  });
}

// Below the root, so that packages are found.
const to = join(ROOT, `dist.fuzz.${process.pid}`);
try {
  await bundleTests(['fuzz/worker', 'fuzz/keep', 'fuzz/clock'], to);
  const { SharedClock } = await import(pathToFileURL(join(to, 'clock.mjs')).href);
  const clock = new SharedClock();
  console.log(`seed ${seed}, cases ${first} to ${end - 1}`);
  const script = pathToFileURL(join(to, 'worker.mjs'));
  await Promise.all(Array.from({ length: Number(values.threads) }, () => lane(script, clock)));
  const { keepCase } = await import(pathToFileURL(join(to, 'keep.mjs')).href);
  if (failures.length > 0) {
    const kept = mkdtempSync(join(tmpdir(), 'sbx-fuzz-kept-'));
    for (const { number, problems } of failures.sort((a, b) => a.number - b.number)) {
      const { folder, made } = keepCase(seed, number, kept);
      console.log(`\ncase ${number} (${made.join(', ')}), kept in ${folder}`);
      for (const problem of problems) console.log(`  ${problem}`);
    }
  }
  console.log(`\n${end - first} cases, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  rmSync(to, { recursive: true, force: true });
}
