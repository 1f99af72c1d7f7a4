import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROGRAM } from '../support/sbx.ts';
import { temporaryFolder, writeTree } from '../support/temporary.ts';

/** Processor time that a process has used, in hundredths of a second. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** Calls by the hundred thousand in each of several files: minutes of work. */
function muchToDo(): string {
  const lines = Array.from(
    { length: 90_000 },
    (_, index) => `v${index} = f(${index}, g.h[${index}], 'a${index}')`,
  );
  return writeTree(
    Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`${index}.py`, lines.join('\n')])),
  );
}

it.skipIf(process.platform !== 'linux').each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the middle of an analysis ends it with one line and leaves nothing behind',
  async (signal) => {
    const target = muchToDo();
    const temporary = temporaryFolder();
    const cache = temporaryFolder();
    const child = spawn(process.execPath, [PROGRAM, 'scan', target], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NO_COLOR: '1',
        FORCE_COLOR: undefined,
        TMPDIR: temporary,
        SBX_CACHE_DIR: cache,
      },
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    // Starting up takes far less.
    while (processorTime(child.pid!) < 300) await new Promise((resolve) => setTimeout(resolve, 50));
    const before = processorTime(child.pid!);
    let used = 0;
    const watch = setInterval(() => {
      try {
        used = processorTime(child.pid!) - before;
      } catch {
        // It has ended.
      }
    }, 50);
    child.kill(signal);
    expect(await closed).toBe(130);
    clearInterval(watch);
    // Two threads for a second, by the processor's clock: what else the machine does has no say in it.
    expect(used).toBeLessThan(200);
    expect(Buffer.concat(output).toString()).toBe('sbx: interrupted; nothing was judged\n');
    expect(readdirSync(temporary)).toEqual([]);
    // The cache's own folder, with nothing kept in it.
    expect(readdirSync(cache, { recursive: true })).toEqual(['static']);
  },
);
