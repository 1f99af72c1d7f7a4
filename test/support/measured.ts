import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finished, sbx } from './sbx.ts';
import { temporaryFolder } from './temporary.ts';

/** A run of the program, and what it took. */
export interface Measured extends Finished {
  /** Processor time of all threads. */
  readonly seconds: number;
  /** The most memory that the process had at once (`getrusage`: `ru_maxrss`). */
  readonly megabytes: number;
}

const NOTE_USAGE = `
const { isMainThread } = require('node:worker_threads');
if (isMainThread) process.on('exit', () => {
  require('node:fs').writeFileSync(process.env.SBX_TEST_USAGE, JSON.stringify(process.resourceUsage()));
});
`;

/** Runs the built sbx to its end, and has it note what it took. */
export async function measuredSbx(args: readonly string[]): Promise<Measured> {
  const folder = temporaryFolder();
  const script = join(folder, 'note-usage.cjs');
  const notes = join(folder, 'usage.json');
  writeFileSync(script, NOTE_USAGE);
  const finished = await sbx(args, {
    environment: { NODE_OPTIONS: `--require ${script}`, SBX_TEST_USAGE: notes },
  });
  const usage = JSON.parse(readFileSync(notes, 'utf8')) as NodeJS.ResourceUsage;
  return {
    ...finished,
    seconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    megabytes: usage.maxRSS / 1024,
  };
}
