// Measures one hostile input in a process of its own, for scripts/hostile.mjs: node hostile-input.mjs WORKER INDEX TIMES DEADLINE
// Prints a line of JSON for each size: what it took, and why it was not understood, or what went wrong. Without INDEX: the inputs' names.
import { Worker } from 'node:worker_threads';

const [script, index, sizes = '1', limit = '10'] = process.argv.slice(2);
const deadline = Number(limit);

function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** A thread that analyses, as one of a scan does, and the names of all inputs. */
async function start() {
  const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 1_024 } });
  const names = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return { worker, names };
}

/** What a size takes, in seconds of the whole process; a problem when it is too much. */
function measure(worker, times) {
  return new Promise((resolve) => {
    const before = processorSeconds();
    const end = (answer) => {
      clearInterval(timer);
      worker.off('message', end).off('error', fail);
      // One that has been given up has no say any more.
      worker.on('error', () => undefined);
      const megabytes = Math.round(process.resourceUsage().maxRSS / 1e3);
      resolve({ ...answer, seconds: processorSeconds() - before, megabytes });
    };
    const fail = (error) => end({ problem: error.message });
    const timer = setInterval(() => {
      if (processorSeconds() - before > deadline) end({ problem: `more than ${deadline} s` });
    }, 100);
    worker.on('message', end).on('error', fail);
    worker.postMessage({ index: Number(index), times });
  });
}

const { worker, names } = await start();
if (index === undefined) {
  console.log(JSON.stringify(names));
} else {
  await measure(worker, 0);
  for (const times of sizes.split(',').map(Number)) {
    const answer = await measure(worker, times);
    console.log(JSON.stringify({ times, ...answer }));
    if (answer.problem !== undefined) break;
  }
}
await worker.terminate();
