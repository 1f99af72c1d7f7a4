import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROGRAM } from '../support/sbx.ts';
import { temporaryFolder, writeTree } from '../support/temporary.ts';

/** Process ids whose command line holds a text, this test's own sbx aside. */
function processesWith(text: string, except: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return pid !== except && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}

async function until(condition: () => boolean, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle of a sandbox run', (signal) => {
  it('ends it with one line and leaves nothing behind', async () => {
    // A duration that no other process on the machine sleeps for, so that it can be found again.
    const marker = `86399.${process.pid}${signal.length}`;
    const target = writeTree({ 'wait.sh': `#!/bin/sh\nsleep ${marker}\n` });
    // A temporary folder of its own, which the sandbox's user can reach, shows what is left.
    const temporary = temporaryFolder();
    chmodSync(temporary, 0o755);
    const child = spawn(
      process.execPath,
      [PROGRAM, 'run', target, '--backend', 'native', '--', 'sh', 'wait.sh'],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, TMPDIR: temporary },
      },
    );
    const stderr: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    await until(() => processesWith(`sleep\0${marker}`, child.pid!).length > 0);
    child.kill(signal);
    expect(await closed).toBe(130);
    expect(Buffer.concat(stderr).toString()).toBe('sbx: interrupted; nothing was judged\n');
    await until(() => processesWith(marker, child.pid!).length === 0, 5000);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
