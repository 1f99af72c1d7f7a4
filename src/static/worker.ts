import { parentPort, workerData } from 'node:worker_threads';
import type { Knowledge } from '../rules/knowledge.ts';
import { prepareRules } from '../rules/rule-set.ts';
import { messageOf } from '../errors.ts';
import { analyseFile, notAnalysed } from './analyse-file.ts';
import type { WorkerBatch, WorkerMessage } from './worker-pool.ts';

const rules = prepareRules(workerData as Knowledge);

function say(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', ({ tasks }: WorkerBatch) => {
  void (async () => {
    for (const task of tasks) {
      say({ kind: 'begin', path: task.path });
      try {
        say({ kind: 'result', result: await analyseFile(task, rules) });
      } catch (error) {
        say({ kind: 'result', result: notAnalysed(task, `its analysis failed: ${messageOf(error)}`) });
      }
    }
    say({ kind: 'idle' });
  })();
});
