import { cpus } from 'node:os';
import type { Knowledge } from '../rules/knowledge.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { analyseOrSay } from './analyse-file.ts';
import { analysedApart, type FileResult } from './file-result.ts';
import type { Analyst, WorkLimits } from './analyst.ts';
import { BundleQueue } from './bundle-queue.ts';
import type { Bundle } from './bundles.ts';
import { SharedClock } from './shared-clock.ts';
import { type LaneWork, WorkerLane } from './worker-lane.ts';
import { SECONDS_HERE, TookTooLong, type Watch, watchFor } from './watch.ts';
import type { WorkerStart } from './worker-messages.ts';

const MAX_THREADS = 8;
/** The main thread has to hear the workers, so it takes bundles up to this size only. */
const MAX_BYTES_HERE = 24 * 1024;

/** What a pool needs. */
interface PoolStart {
  readonly knowledge: Knowledge;
  /** Makes the knowledge ready; called while the workers start. */
  readonly rules: () => RuleSet;
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
  readonly limits: WorkLimits;
  /** The main thread does its share. */
  readonly isHelped: boolean;
}

/** Threads that stay until all looks are done. */
class Pool implements Analyst, LaneWork {
  readonly start: WorkerStart;
  readonly limits: WorkLimits;
  readonly clock = new SharedClock();
  readonly #rules: () => RuleSet;
  readonly #signal: AbortSignal;
  readonly #progress: (message: string) => void;
  readonly #watch: Watch;
  #isHelped: boolean;
  /** The bundle that was too much for the main thread. */
  #cutOff: Bundle | null = null;
  readonly #lanes: WorkerLane[] = [];
  readonly #results: FileResult[] = [];
  /** Files that begin a bundle which was too much for a worker, and how many more were in it. */
  readonly #apart = new Map<string, number>();
  queue = new BundleQueue([]);
  #files = 0;
  #resting = 0;
  #finish: () => void = () => undefined;

  constructor({ knowledge, rules, signal, progress, limits, isHelped }: PoolStart) {
    this.start = { knowledge };
    this.limits = limits;
    this.#rules = rules;
    this.#signal = signal;
    this.#progress = progress;
    this.#isHelped = isHelped;
    this.#watch = watchFor(Math.min(SECONDS_HERE, limits.secondsPerFile));
    const count = Math.max(1, Math.min(cpus().length, MAX_THREADS));
    for (let lane = 0; lane < count; lane++) this.#lanes.push(new WorkerLane(() => this));
  }

  keep(results: readonly FileResult[]): void {
    this.#results.push(...results);
    this.#progress(`analysed ${this.#results.length} of ${this.#files} files`);
  }

  takeApart(paths: readonly string[]): void {
    this.#apart.set(paths[0] ?? '', paths.length - 1);
  }

  rest(): void {
    this.#resting++;
    if (this.#resting === this.#lanes.length) this.#finish();
  }

  /** Does its share in the main thread, which would only wait otherwise; hears the workers after each bundle. */
  async #workHere(): Promise<void> {
    this.clock.changeBusy(1);
    try {
      await this.#takeSmallOnes();
    } finally {
      this.clock.changeBusy(-1);
    }
  }

  async #takeSmallOnes(): Promise<void> {
    while (this.#isHelped && !this.#signal.aborted) {
      const bundle = this.queue.takeSmallest(MAX_BYTES_HERE);
      if (bundle === null) return;
      try {
        this.keep(await analyseOrSay(bundle.files, this.#rules(), this.#watch));
      } catch (error) {
        if (!(error instanceof TookTooLong)) throw error;
        this.#isHelped = false;
        this.#cutOff = bundle;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async analyse(bundles: readonly Bundle[]): Promise<readonly FileResult[]> {
    this.#signal.throwIfAborted();
    this.#results.length = 0;
    this.#files = bundles.reduce((sum, { files }) => sum + files.length, 0);
    await this.#round(bundles);
    if (this.#cutOff !== null) await this.#round([this.#cutOff]);
    this.#cutOff = null;
    const results = this.#results.map((result) => {
      const others = this.#apart.get(result.path);
      return others === undefined ? result : analysedApart(result, others);
    });
    this.#apart.clear();
    return results;
  }

  /** All of the bundles but one that is too much for the main thread. */
  async #round(bundles: readonly Bundle[]): Promise<void> {
    this.queue = new BundleQueue(bundles);
    this.#resting = 0;
    const stop = (): void => {
      this.#finish();
    };
    this.#signal.addEventListener('abort', stop, { once: true });
    try {
      const lanesRest = new Promise<void>((resolve) => {
        this.#finish = resolve;
        for (const lane of this.#lanes) lane.next();
      });
      await Promise.all([lanesRest, this.#workHere()]);
    } finally {
      this.#signal.removeEventListener('abort', stop);
    }
    this.#signal.throwIfAborted();
  }

  end(): void {
    for (const lane of this.#lanes) lane.end();
  }
}

/**
 * Starts threads to analyse bundles in: as many as there are processors, at most eight. They are workers with a deadline; this thread
 * takes small bundles until one takes it long.
 */
export function startPool(start: PoolStart): Analyst {
  start.signal.throwIfAborted();
  return new Pool(start);
}
