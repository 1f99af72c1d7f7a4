import { parentPort } from 'node:worker_threads';
import { hostileInputs } from './all.ts';
import { analysed } from './analysed.ts';

// A thread of scripts/hostile.mjs: is told which text to analyse, and says why it was not understood.
parentPort?.on('message', ({ index, times }: { readonly index: number; readonly times: number }) => {
  void analysed(hostileInputs[index]!, times).then(({ status, coverage }) => {
    const reasons =
      coverage?.opaque
        .map(({ reason }) => reason)
        .join('; ')
        .slice(0, 200) ?? '';
    parentPort?.postMessage(status === 'failed' ? { problem: 'its analysis failed' } : { reasons });
  });
});
parentPort?.postMessage(hostileInputs.map(({ path, name }) => `${path}: ${name}`));
