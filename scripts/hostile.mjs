// Measures what hostile sizes take: processor time and memory for each of test/hostile, alone in its target and in a process of its own.
//   npm run hostile -- [--only REGEX] [--deadline SECONDS] [--times 1,2] [--least SECONDS]
// `--times 1,2` measures each at two sizes and says by how much the time grew; `--least` leaves out quick ones. Exit status 1 when one
// takes more processor time than the deadline, fails, or grows by far more than its size.
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { bundleTests, ROOT } from './bundle-tests.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    deadline: { type: 'string', default: '10' },
    times: { type: 'string', default: '1' },
    least: { type: 'string', default: '0' },
  },
});
/** Twice the size may take so many times as long, when it takes longer than a second: collecting garbage comes in steps. */
const MAX_GROWTH = 3;

const MEASURE = fileURLToPath(new URL('./hostile-input.mjs', import.meta.url));

/** What a process of its own says, line by line; what it left unsaid when it was ended is a problem. */
async function said(...args) {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [MEASURE, ...args]);
    return stdout.trim().split('\n').map(JSON.parse);
  } catch (error) {
    const before = String(error.stdout ?? '')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map(JSON.parse);
    const problem = `its process ended: ${error.signal ?? error.message.split('\n').at(-1)}`;
    return [...before, { times: '?', seconds: NaN, megabytes: NaN, problem }];
  }
}

/** Prints what one input took at each size; gives how many sizes there were, and how many took too much. */
function show(name, sizes) {
  let last = null;
  let failed = 0;
  for (const { times, seconds, megabytes, reasons, problem } of sizes) {
    const growth = last === null ? null : seconds / last;
    const isSteep = growth !== null && seconds > 1 && growth > MAX_GROWTH;
    const isFailed = problem !== undefined || isSteep;
    if (isFailed) failed++;
    if (isFailed || seconds >= Number(values.least)) {
      const grown = growth === null ? '' : ` (${growth.toFixed(1)} times)`;
      console.log(
        `${seconds.toFixed(2)} s${grown} ${megabytes} MB  ${name} x${times}  ${problem ?? reasons}${isSteep ? '  STEEP' : ''}`,
      );
    }
    last = seconds;
  }
  return { count: sizes.length, failed };
}

const to = join(ROOT, `dist.hostile.${process.pid}`);
try {
  await bundleTests(['hostile/worker'], to);
  const worker = join(to, 'worker.mjs');
  const [names] = await said(worker);
  let count = 0;
  let failed = 0;
  for (const [index, name] of names.entries()) {
    if (!new RegExp(values.only).test(name)) continue;
    const shown = show(name, await said(worker, String(index), values.times, values.deadline));
    count += shown.count;
    failed += shown.failed;
  }
  console.log(`\n${count} measured, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(to, { recursive: true, force: true });
}
