import { parentPort, workerData } from 'node:worker_threads';
import { useLinearEngineFor } from '../rules/rule-regex.ts';
import { prepareRules } from '../rules/rule-set.ts';
import { analyseOrSay } from './analyse-file.ts';
import type { WorkerBatch, WorkerMessage, WorkerStart } from './worker-messages.ts';

const { knowledge } = workerData as WorkerStart;
const rules = prepareRules(knowledge);

function say(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

async function work({ bundles }: WorkerBatch): Promise<void> {
  for (const { id, bundle } of bundles) {
    say({ kind: 'begin', id });
    say({ kind: 'result', id, results: await analyseOrSay(bundle.files, rules) });
  }
  say({ kind: 'idle' });
}

/** Batches are handed over ahead, and worked at one after the other. */
let earlier = useLinearEngineFor(knowledge.operatorPatterns);
parentPort?.on('message', (batch: WorkerBatch) => {
  earlier = earlier.then(() => work(batch));
});
