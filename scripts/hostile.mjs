// Measures what hostile sizes take: processor time and memory for each of test/hostile, alone in its target.
//   npm run hostile -- [--only REGEX] [--deadline SECONDS] [--times 1,2] [--least SECONDS]
// `--times 1,2` measures each at two sizes and says by how much the time grew; `--least` leaves out quick ones. Exit status 1 when one
// takes more processor time than the deadline, fails, or grows by far more than its size.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { bundleTests, ROOT } from './bundle-tests.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    deadline: { type: 'string', default: '10' },
    times: { type: 'string', default: '1' },
    least: { type: 'string', default: '0' },
  },
});
const deadline = Number(values.deadline);
/** Twice the size may take so many times as long, when it takes longer than a second: collecting garbage comes in steps. */
const MAX_GROWTH = 3;

function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** A thread that analyses; ends when it is told to. */
async function start(script) {
  const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 1_024 } });
  const names = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  // One that has been given up has no say any more.
  worker.on('error', () => undefined);
  return { worker, names };
}

/** What a size takes, in seconds of the whole process; a problem when it is too much. */
function measure(worker, index, times) {
  return new Promise((resolve) => {
    const before = processorSeconds();
    const end = (answer) => {
      clearInterval(timer);
      worker.off('message', end).off('error', fail);
      resolve({ ...answer, seconds: processorSeconds() - before });
    };
    const fail = (error) => end({ problem: error.message });
    const timer = setInterval(() => {
      if (processorSeconds() - before > deadline) end({ problem: `more than ${deadline} s` });
    }, 100);
    worker.on('message', end).on('error', fail);
    worker.postMessage({ index, times });
  });
}

const to = join(ROOT, `dist.hostile.${process.pid}`);
try {
  await bundleTests(['hostile/worker'], to);
  const script = pathToFileURL(join(to, 'worker.mjs'));
  let { worker, names } = await start(script);
  let count = 0;
  let failed = 0;
  for (const [index, name] of names.entries()) {
    if (!new RegExp(values.only).test(name)) continue;
    let last = null;
    for (const times of values.times.split(',').map(Number)) {
      count++;
      const { seconds, reasons, problem } = await measure(worker, index, times);
      const growth = last === null ? null : seconds / last;
      const isSteep = growth !== null && seconds > 1 && growth > MAX_GROWTH;
      if (problem !== undefined || isSteep) failed++;
      if (problem !== undefined || isSteep || seconds >= Number(values.least)) {
        const grown = growth === null ? '' : ` (${growth.toFixed(1)} times)`;
        const megabytes = (process.memoryUsage.rss() / 1e6).toFixed(0);
        console.log(
          `${seconds.toFixed(2)} s${grown} ${megabytes} MB  ${name} x${times}  ${problem ?? reasons}${isSteep ? '  STEEP' : ''}`,
        );
      }
      last = seconds;
      if (problem === undefined) continue;
      await worker.terminate();
      ({ worker } = await start(script));
      break;
    }
  }
  console.log(`\n${count} measured, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
  await worker.terminate();
} finally {
  rmSync(to, { recursive: true, force: true });
}
