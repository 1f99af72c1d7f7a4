import { parentPort } from 'node:worker_threads';
import { hostileInputs } from './all.ts';
import { analysed } from './analysed.ts';

// A thread of scripts/hostile-input.mjs: is told which text to analyse, and says why it was not understood. At size 0 it loads what reading
// such a file takes.
parentPort?.on('message', ({ index, times }: { readonly index: number; readonly times: number }) => {
  const input = hostileInputs[index]!;
  void analysed(times === 0 ? { ...input, make: () => 'a = 1\n' } : input, times).then(
    ({ status, coverage }) => {
      const reasons =
        coverage?.opaque
          .map(({ reason }) => reason)
          .join('; ')
          .slice(0, 200) ?? '';
      parentPort?.postMessage(status === 'failed' ? { problem: 'its analysis failed' } : { reasons });
    },
  );
});
parentPort?.postMessage(hostileInputs.map(({ path, name }) => `${path}: ${name}`));
