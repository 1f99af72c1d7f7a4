import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { containersOf, eventually, foldersOf, processesWith } from '../sandbox/backends/leftovers.ts';
import { describeWith } from '../sandbox/backends/requirement.ts';
import { temporaryFolder, writeTree } from '../support/temporary.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/sbx.js', import.meta.url));

for (const id of ['docker', 'bubblewrap', 'firejail', 'native'] as const) {
  await describeWith(id, `Ctrl-C in the middle of sbx vet on ${id}`, () => {
    it('ends it with one line and leaves no container, process or folder', async () => {
      // The number is worked out inside, so that it shows on no command line but the sleeper's own.
      const seconds = 700_000 + Math.floor(Math.random() * 99_999);
      const target = writeTree({
        'SKILL.md': '---\nname: waiting\ndescription: Waits.\n---\n# Waiting\n',
        'scripts/wait.sh': `setsid sleep $((${seconds} - 1 + 1)) &\nsleep $((${seconds} - 1 + 1))\n`,
      });
      // A temporary folder of its own, which the sandbox's user can reach, shows what is left.
      const temporary = temporaryFolder();
      chmodSync(temporary, 0o755);
      const child = spawn(process.execPath, [PROGRAM, 'vet', target, '--backend', id], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, TMPDIR: temporary },
      });
      const output: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
      expect(await eventually(() => processesWith(`sleep ${seconds}`).length >= 2, 30_000)).toBe(true);
      expect(readdirSync(temporary)).not.toEqual([]);
      child.kill('SIGINT');
      const [status] = (await once(child, 'close')) as [number | null];
      expect(status).toBe(130);
      expect(Buffer.concat(output).toString()).toBe('sbx: interrupted; nothing was judged\n');
      expect(processesWith(`sleep ${seconds}`)).toEqual([]);
      expect(readdirSync(temporary)).toEqual([]);
      expect(foldersOf(child.pid!)).toEqual([]);
      if (id === 'docker') expect(containersOf(child.pid!)).toEqual([]);
    });
  });
}
