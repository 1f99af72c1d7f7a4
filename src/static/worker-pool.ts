import { cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import type { Knowledge } from '../rules/knowledge.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { analyseFile, bytesOf, type FileResult, type FileTask, notAnalysed } from './analyse-file.ts';
import { compiledWasm, type CompiledWasm } from './frontends/wasm-modules.ts';

/** No file may take longer; its worker is ended and another one started. */
const SECONDS_PER_FILE = 20;
/** No worker may take more memory. */
const MEGABYTES_PER_WORKER = 1_024;
/** Workers clear out short-lived objects far less often with this much room for them. */
const YOUNG_MEGABYTES = 96;
const MAX_THREADS = 8;
/** Small files are handed out together, up to this many bytes: little enough that all threads end at about the same time. */
const BATCH_BYTES = 48 * 1024;
/** A worker has the next batch before it is done with the one it is at. */
const BATCHES_AHEAD = 2;
/** The main thread, which nobody watches, takes files up to this size only. */
const MAX_BYTES_HERE = 24 * 1024;
/** Messages of a worker that came while the main thread was busy are heard before it is given up. */
const GRACE_MS = 100;

/**
 * V8 optimises a function after this much bytecode has run in it (its own figure: 132 KiB). Most functions here run for a second in
 * all, which is too short to win back what optimising them costs: a sixth of the processor time of a scan of a megabyte.
 */
const OPTIMISE_AFTER_BYTES = 500_000;

/** Node 20's V8 knows the flag; later ones may call it something else, and would say so on standard error. */
function optimiseLater(): void {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString(`--interrupt-budget=${OPTIMISE_AFTER_BYTES}`);
}

/** What a worker starts with. */
export interface WorkerStart {
  readonly knowledge: Knowledge;
  readonly wasm: CompiledWasm;
}

/** What a worker is told. */
export interface WorkerBatch {
  readonly tasks: readonly FileTask[];
}

/** What a worker says: which file it begins, what came out of one, that a batch is done. */
export type WorkerMessage =
  | { readonly kind: 'begin'; readonly path: string }
  | { readonly kind: 'result'; readonly result: FileResult }
  | { readonly kind: 'idle' };

/** Files that nobody has taken yet: workers take the largest first, the main thread the smallest. */
export class TaskQueue {
  readonly #tasks: readonly FileTask[];
  #first = 0;
  #end: number;

  constructor(tasks: readonly FileTask[]) {
    this.#tasks = [...tasks].sort((a, b) => bytesOf(b) - bytesOf(a));
    this.#end = tasks.length;
  }

  /** The largest files left, up to {@link BATCH_BYTES} or one that is larger; null when none is left. */
  takeBatch(): readonly FileTask[] | null {
    const start = this.#first;
    let bytes = 0;
    while (this.#first < this.#end) {
      bytes += bytesOf(this.#tasks[this.#first]!);
      if (this.#first > start && bytes > BATCH_BYTES) break;
      this.#first++;
    }
    return this.#first === start ? null : this.#tasks.slice(start, this.#first);
  }

  /** The smallest file left; null when it is larger than `maxBytes` or none is left. */
  takeSmallest(maxBytes: number): FileTask | null {
    const task = this.#first < this.#end ? this.#tasks[this.#end - 1]! : null;
    if (task === null || bytesOf(task) > maxBytes) return null;
    this.#end--;
    return task;
  }
}

/** One worker, and the files it still owes. */
class Lane {
  readonly #pool: Pool;
  #worker: Worker;
  #owed: FileTask[] = [];
  #batchesOwed = 0;
  #current: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#worker = this.#start();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: this.#pool.start,
      resourceLimits: {
        maxOldGenerationSizeMb: MEGABYTES_PER_WORKER,
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      },
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

  /** Gives the worker the next batches, or ends it. */
  next(): void {
    while (this.#batchesOwed < BATCHES_AHEAD) {
      const batch = this.#pool.queue.takeBatch();
      if (batch === null) break;
      this.#owed.push(...batch);
      this.#send(batch);
    }
    if (this.#batchesOwed === 0) this.stop();
    else this.#watch();
  }

  #send(tasks: readonly FileTask[]): void {
    this.#batchesOwed++;
    this.#worker.postMessage({ tasks } satisfies WorkerBatch);
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => {
        this.#replace(`took longer than ${SECONDS_PER_FILE} s`);
      }, GRACE_MS);
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
      this.#batchesOwed--;
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
    this.#batchesOwed = 0;
    void old.terminate();
    if (this.#owed.length > 0) this.#send(this.#owed);
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
  readonly start: WorkerStart;
  readonly queue: TaskQueue;
  readonly #results = new Map<string, FileResult>();
  readonly #tasks: readonly FileTask[];
  readonly #progress: (message: string) => void;
  readonly #lanes: Lane[] = [];
  #ended = 0;
  #finish: () => void = () => undefined;

  constructor(tasks: readonly FileTask[], start: WorkerStart, progress: (message: string) => void) {
    this.#tasks = tasks;
    this.start = start;
    this.#progress = progress;
    this.queue = new TaskQueue(tasks);
  }

  keep(result: FileResult): void {
    this.#results.set(result.path, result);
    this.#progress(`analysed ${this.#results.size} of ${this.#tasks.length} files`);
  }

  laneEnded(): void {
    this.#ended++;
    if (this.#ended === this.#lanes.length) this.#finish();
  }

  /** Does its share in the main thread, which would only wait otherwise; hears the workers after each file. */
  async #workHere(rules: () => RuleSet, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const task = this.queue.takeSmallest(MAX_BYTES_HERE);
      if (task === null) return;
      try {
        this.keep(await analyseFile(task, rules()));
      } catch (error) {
        this.keep(notAnalysed(task, `its analysis failed: ${messageOf(error)}`));
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async run(rules: () => RuleSet, signal: AbortSignal): Promise<readonly FileResult[]> {
    const count = Math.max(1, Math.min(cpus().length, MAX_THREADS) - 1);
    const stop = (): void => {
      for (const lane of this.#lanes) lane.stop();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      const lanesEnded = new Promise<void>((resolve) => {
        this.#finish = resolve;
        for (let lane = 0; lane < count; lane++) this.#lanes.push(new Lane(this));
        for (const lane of this.#lanes) lane.next();
      });
      await Promise.all([lanesEnded, this.#workHere(rules, signal)]);
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
 * Analyses files in threads: as many as there are processors, at most eight. All but this one are workers with a deadline per file;
 * this one takes small files.
 * @param rules makes the knowledge ready; called while the workers start
 * @returns one result a task, in the order of the tasks
 * @throws the signal's reason when it is aborted
 */
export async function analyseInWorkers(
  tasks: readonly FileTask[],
  knowledge: Knowledge,
  rules: () => RuleSet,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<readonly FileResult[]> {
  optimiseLater();
  const names = ['runtime', 'python'] as const;
  const modules = await Promise.all(names.map(compiledWasm));
  signal.throwIfAborted();
  const wasm = new Map(names.map((name, index) => [name, modules[index]!]));
  return new Pool(tasks, { knowledge, wasm }, progress).run(rules, signal);
}
