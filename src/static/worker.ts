import { parentPort, workerData } from 'node:worker_threads';
import { useLinearEngineFor } from '../rules/rule-regex.ts';
import { prepareRules } from '../rules/rule-set.ts';
import { messageOf } from '../errors.ts';
import { analyseFile, notAnalysed } from './analyse-file.ts';
import { useCompiledWasm } from './frontends/wasm-modules.ts';
import type { WorkerBatch, WorkerMessage, WorkerStart } from './worker-pool.ts';

const { knowledge, wasm } = workerData as WorkerStart;
useCompiledWasm(wasm);
const rules = prepareRules(knowledge);

function say(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

async function work({ tasks }: WorkerBatch): Promise<void> {
  for (const task of tasks) {
    say({ kind: 'begin', path: task.path });
    try {
      say({ kind: 'result', result: await analyseFile(task, rules) });
    } catch (error) {
      say({ kind: 'result', result: notAnalysed(task, `its analysis failed: ${messageOf(error)}`) });
    }
  }
  say({ kind: 'idle' });
}

/** Batches are handed over ahead, and worked at one after the other. */
let earlier = useLinearEngineFor(knowledge.operatorPatterns);
parentPort?.on('message', (batch: WorkerBatch) => {
  earlier = earlier.then(() => work(batch));
});
