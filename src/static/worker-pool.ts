import { cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Knowledge } from '../rules/knowledge.ts';
import { type FileResult, type FileTask, notAnalysed } from './analyse-file.ts';

/** No file may take longer; its worker is ended and another one started. */
const SECONDS_PER_FILE = 20;
/** No worker may take more memory. */
const MEGABYTES_PER_WORKER = 1_024;
const MAX_WORKERS = 8;
/** Small files are handed out together, up to this many bytes. */
const BATCH_BYTES = 200 * 1024;

/** What a worker is told. */
export interface WorkerBatch {
  readonly tasks: readonly FileTask[];
}

/** What a worker says: which file it begins, what came out of one, that a batch is done. */
export type WorkerMessage =
  | { readonly kind: 'begin'; readonly path: string }
  | { readonly kind: 'result'; readonly result: FileResult }
  | { readonly kind: 'idle' };

/** Largest files first, each batch up to {@link BATCH_BYTES}. */
export function batchesOf(tasks: readonly FileTask[]): readonly (readonly FileTask[])[] {
  const batches: FileTask[][] = [];
  let current: FileTask[] = [];
  let bytes = 0;
  for (const task of [...tasks].sort((a, b) => b.content.length - a.content.length)) {
    if (current.length > 0 && bytes + task.content.length > BATCH_BYTES) {
      batches.push(current);
      current = [];
      bytes = 0;
    }
    current.push(task);
    bytes += task.content.length;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}

/** One worker, and the files it still owes. */
class Lane {
  readonly #pool: Pool;
  #worker: Worker;
  #owed: FileTask[] = [];
  #current: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#worker = this.#start();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: this.#pool.knowledge,
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES_PER_WORKER },
    });
    worker.on('message', (message: WorkerMessage) => {
      if (worker === this.#worker) this.#hear(message);
    });
    worker.on('error', (error) => {
      if (worker === this.#worker)
        this.#replace(`its analysis failed: ${error.message.split('\n', 1)[0] ?? ''}`);
    });
    return worker;
  }

  /** Gives the worker the next batch, or ends it. */
  next(): void {
    const batch = this.#owed.length > 0 ? this.#owed : this.#pool.nextBatch();
    if (batch === null) {
      this.stop();
      return;
    }
    this.#owed = [...batch];
    this.#worker.postMessage({ tasks: batch } satisfies WorkerBatch);
    this.#watch();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#replace(`took longer than ${SECONDS_PER_FILE} s`);
    }, SECONDS_PER_FILE * 1_000);
  }

  #hear(message: WorkerMessage): void {
    if (message.kind === 'begin') {
      this.#current = message.path;
      this.#watch();
    } else if (message.kind === 'result') {
      this.#owed = this.#owed.filter((task) => task.path !== message.result.path);
      this.#current = null;
      this.#pool.keep(message.result);
    } else {
      clearTimeout(this.#timer);
      this.next();
    }
  }

  /** Ends a worker that is stuck or broken, notes the file it was at, and goes on with another one. */
  #replace(reason: string): void {
    if (this.#isOver) return;
    clearTimeout(this.#timer);
    const stuck = this.#owed.find((task) => task.path === this.#current) ?? this.#owed[0];
    if (stuck !== undefined) {
      this.#owed = this.#owed.filter((task) => task !== stuck);
      this.#pool.keep(notAnalysed(stuck, reason));
    }
    this.#current = null;
    const old = this.#worker;
    this.#worker = this.#start();
    void old.terminate();
    this.next();
  }

  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    void this.#worker.terminate().then(() => {
      this.#pool.laneEnded();
    });
  }
}

class Pool {
  readonly knowledge: Knowledge;
  readonly #batches: (readonly FileTask[])[];
  readonly #results = new Map<string, FileResult>();
  readonly #tasks: readonly FileTask[];
  readonly #progress: (message: string) => void;
  readonly #lanes: Lane[] = [];
  #ended = 0;
  #finish: () => void = () => undefined;

  constructor(tasks: readonly FileTask[], knowledge: Knowledge, progress: (message: string) => void) {
    this.#tasks = tasks;
    this.knowledge = knowledge;
    this.#progress = progress;
    this.#batches = [...batchesOf(tasks)].reverse();
  }

  nextBatch(): readonly FileTask[] | null {
    return this.#batches.pop() ?? null;
  }

  keep(result: FileResult): void {
    this.#results.set(result.path, result);
    this.#progress(`analysed ${this.#results.size} of ${this.#tasks.length} files`);
  }

  laneEnded(): void {
    this.#ended++;
    if (this.#ended === this.#lanes.length) this.#finish();
  }

  async run(signal: AbortSignal): Promise<readonly FileResult[]> {
    const count = Math.min(cpus().length, MAX_WORKERS, this.#batches.length);
    const stop = (): void => {
      for (const lane of this.#lanes) lane.stop();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      await new Promise<void>((resolve) => {
        this.#finish = resolve;
        for (let lane = 0; lane < count; lane++) this.#lanes.push(new Lane(this));
        for (const lane of this.#lanes) lane.next();
      });
    } finally {
      signal.removeEventListener('abort', stop);
    }
    signal.throwIfAborted();
    return this.#tasks.map(
      (task) => this.#results.get(task.path) ?? notAnalysed(task, 'its worker ended early'),
    );
  }
}

/**
 * Analyses files in worker threads: as many as there are processors, at most eight, each with a deadline per file.
 * @returns one result a task, in the order of the tasks
 * @throws the signal's reason when it is aborted
 */
export function analyseInWorkers(
  tasks: readonly FileTask[],
  knowledge: Knowledge,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<readonly FileResult[]> {
  signal.throwIfAborted();
  return new Pool(tasks, knowledge, progress).run(signal);
}
