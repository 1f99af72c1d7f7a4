import { parentPort, workerData } from 'node:worker_threads';
import { caseOf } from './cases.ts';
import { corpus } from './corpus.ts';
import { problemsOf } from './run-case.ts';

// A thread of scripts/fuzz.mjs: is told the number of a case, and says what is wrong with it.
const { seed } = workerData as { readonly seed: number };
const seeds = corpus();

parentPort?.on('message', (number: number) => {
  void problemsOf(caseOf(seed, number, seeds)).then((problems) => {
    parentPort?.postMessage({ number, problems });
  });
});
