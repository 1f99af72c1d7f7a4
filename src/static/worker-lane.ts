import { Worker } from 'node:worker_threads';
import { type FileResult, notAnalysed } from './file-result.ts';
import type { WorkLimits } from './analyst.ts';
import type { BundleQueue } from './bundle-queue.ts';
import { type Bundle, bundleOf } from './bundles.ts';
import type { SharedClock } from './shared-clock.ts';
import type { WorkerBatch, WorkerMessage, WorkerStart } from './worker-messages.ts';

/** No worker may take more memory. */
const MEGABYTES_PER_WORKER = 1_024;
/** Workers clear out short-lived objects far less often with this much room for them. */
const YOUNG_MEGABYTES = 48;
/** A worker has the next batch before it is done with the one it is at. */
const BATCHES_AHEAD = 2;
/** A worker that has not begun anything for so long is given up. */
const SILENT_SECONDS = 20;
/** Messages of a worker that came while the main thread was busy are heard before it is given up. */
const GRACE_MS = 100;
/** However busy the machine is, no worker goes on for more than so many times the time it has. */
const MAX_SLOWNESS = 10;

/** What a lane needs of the pool that it is in. */
export interface LaneWork {
  readonly start: WorkerStart;
  readonly limits: WorkLimits;
  readonly queue: BundleQueue;
  /** Says how much time the workers have had; told when a lane begins to work, and when it has nothing left. */
  readonly clock: SharedClock;
  keep(results: readonly FileResult[]): void;
  /** These files could not be analysed together, and are analysed one by one. */
  takeApart(paths: readonly string[]): void;
  /** The lane has nothing left to do. */
  rest(): void;
}

/** One worker, and the bundles it still owes. It stays when it has nothing to do, for there may be more later. */
export class WorkerLane {
  readonly #work: () => LaneWork;
  #worker: Worker;
  readonly #owed = new Map<number, Bundle>();
  #ids = 0;
  #batchesOwed = 0;
  #current: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isBusy = false;
  #isOver = false;

  /** @param work what is to be done now */
  constructor(work: () => LaneWork) {
    this.#work = work;
    this.#worker = this.#start();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: this.#work().start,
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

  /** Gives the worker the next batches. */
  next(): void {
    if (this.#isOver) return;
    while (this.#batchesOwed < BATCHES_AHEAD) {
      const { queue } = this.#work();
      if (this.#batchesOwed > 0 && queue.isNextLarge) break;
      const batch = queue.takeBatch();
      if (batch === null) break;
      this.#send(batch);
    }
    this.#setBusy(this.#batchesOwed > 0);
    if (this.#batchesOwed === 0) this.#work().rest();
    else if (this.#current === null) this.#watch();
  }

  #setBusy(isBusy: boolean): void {
    if (isBusy === this.#isBusy) return;
    this.#isBusy = isBusy;
    this.#work().clock.changeBusy(isBusy ? 1 : -1);
  }

  #send(batch: readonly Bundle[]): void {
    this.#batchesOwed++;
    const bundles = batch.map((bundle) => ({ id: ++this.#ids, bundle }));
    for (const { id, bundle } of bundles) this.#owed.set(id, bundle);
    this.#worker.postMessage({ bundles } satisfies WorkerBatch);
  }

  /** The time of a bundle begins when its worker says so; a worker that says nothing at all has longer. The clock says how much it had. */
  #watch(): void {
    const { limits, clock } = this.#work();
    const seconds =
      this.#current === null ? Math.max(SILENT_SECONDS, limits.secondsPerFile) : limits.secondsPerFile;
    const end = clock.seconds + seconds;
    const latest = performance.now() + MAX_SLOWNESS * seconds * 1_000;
    const wait = (left: number): void => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        const late = performance.now() >= latest ? 0 : end - clock.seconds;
        if (late > 0) wait(Math.max(late * 1_000, GRACE_MS));
        else {
          this.#timer = setTimeout(() => {
            this.#replace(`took longer than ${seconds} s`);
          }, GRACE_MS);
        }
      }, left);
    };
    wait(seconds * 1_000);
  }

  #hear(message: WorkerMessage): void {
    if (message.kind === 'begin') {
      this.#current = message.id;
      this.#watch();
    } else if (message.kind === 'result') {
      this.#owed.delete(message.id);
      this.#current = null;
      this.#watch();
      this.#work().keep(message.results);
    } else {
      clearTimeout(this.#timer);
      this.#batchesOwed--;
      this.next();
    }
  }

  /**
   * Ends a worker that is stuck or broken and goes on with another one. Of the bundle it was at, each file has another chance alone; a
   * file that was alone is noted as not analysed.
   */
  #replace(reason: string): void {
    if (this.#isOver) return;
    clearTimeout(this.#timer);
    const stuckId = this.#current ?? [...this.#owed.keys()][0];
    const stuck = stuckId === undefined ? undefined : this.#owed.get(stuckId);
    if (stuckId !== undefined) this.#owed.delete(stuckId);
    const left = [...this.#owed.values()];
    this.#owed.clear();
    this.#current = null;
    this.#batchesOwed = 0;
    const old = this.#worker;
    this.#worker = this.#start();
    void old.terminate();
    const [only] = stuck?.files ?? [];
    if (stuck?.files.length === 1 && only !== undefined) this.#work().keep([notAnalysed(only, reason)]);
    else if (stuck !== undefined) {
      this.#work().takeApart(stuck.files.map(({ path }) => path));
      left.unshift(...stuck.files.map((file) => bundleOf([file])));
    }
    if (left.length > 0) this.#send(left);
    this.next();
  }

  end(): void {
    this.#isOver = true;
    this.#setBusy(false);
    clearTimeout(this.#timer);
    void this.#worker.terminate();
  }
}
