import { expect, it } from 'vitest';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { faketimeLibrary } from '../../../src/sandbox/clock/faketime.ts';
import { OFFLINE_WORLD } from '../../../src/sandbox/world.ts';
import { describeWith } from '../backends/requirement.ts';
import { err, out, sample } from '../backends/sample.ts';

const START = Date.UTC(2031, 4, 6);
const FAST = { ...OFFLINE_WORLD, clock: { startsAtMs: START, speed: 100 } };
const hasLibrary = faketimeLibrary() !== null || process.env['CI'] === 'true';
const signal = new AbortController().signal;

const PYTHON = `
import time
began = time.time(), time.monotonic()
time.sleep(30)
print(time.strftime("%Y-%m-%d"), round(time.time() - began[0]) // 10 * 10, round(time.monotonic() - began[1]) // 10 * 10)
`;
const NODE = `const began = Date.now();
setTimeout(() => console.log(new Date().toISOString().slice(0, 10), Math.floor((Date.now() - began) / 10000) * 10), 30000);`;

for (const id of ['native', 'bubblewrap', 'docker'] as const) {
  await describeWith(id, `a fast clock in ${id}`, () => {
    it.skipIf(!hasLibrary)('lets half a minute pass in moments, on a date of its own', async () => {
      const backend = await loadBackend(id);
      for (const [command, expected] of [
        [['python3', '-c', PYTHON], '2031-05-06 30 30\n'],
        [['node', '-e', NODE], '2031-05-06 30\n'],
        [['sh', '-c', 'sleep 30; date +%F'], '2031-05-06\n'],
      ] as const) {
        const result = await backend.run(
          sample(command, { world: FAST, limits: { wallMs: 10_000 } }),
          signal,
        );
        expect([out(result), err(result), result.limitsHit]).toEqual([expected, '', []]);
      }
    });
  });
}
