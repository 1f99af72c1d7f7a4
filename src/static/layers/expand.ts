import type { FileTask } from '../file-task.ts';
import { Budget } from './budget.ts';
import { MAX_DEPTH } from './bounds.ts';
import { containers } from './containers.ts';
import { Unpacking } from './unpacking.ts';

/** A file with how many containers it lies in. */
interface Nested {
  readonly task: FileTask;
  readonly depth: number;
}

/** The file with a reason why it was not opened. */
function unopened(task: FileTask, reason: string): FileTask {
  return { ...task, opened: { shortfalls: [{ reason, blocking: true }], detections: [] } };
}

/**
 * Opens containers among the files, and those inside, so that what lies in them is analysed as if it lay there in plain sight. Each
 * container stays as a task of its own, with what was seen of it and what could not be read. Never throws for what the files hold.
 * @returns the files in their order, each container followed by what lies in it
 * @throws the signal's reason when aborted
 */
export async function expandLayers(
  files: readonly FileTask[],
  signal: AbortSignal,
): Promise<readonly FileTask[]> {
  const budget = new Budget();
  const taken = new Map(files.map(({ path }) => [path, 1]));
  const expanded: FileTask[] = [];
  const waiting: Nested[] = files.map((task) => ({ task, depth: 0 })).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { task, depth } = next;
    const kind = containers.find((container) => container.recognises(task.content));
    if (kind === undefined || task.opened !== undefined) {
      expanded.push(task);
      continue;
    }
    signal.throwIfAborted();
    if (depth >= MAX_DEPTH) {
      expanded.push(unopened(task, `it lies in ${MAX_DEPTH} containers: not opened`));
      continue;
    }
    const unpacking = new Unpacking(task, budget, taken);
    try {
      await kind.open(unpacking);
    } catch (error) {
      unpacking.failed(error, kind.name);
    }
    const { container, inside } = unpacking.result();
    expanded.push(container);
    for (const each of [...inside].reverse()) waiting.push({ task: each, depth: depth + 1 });
  }
  return expanded;
}
