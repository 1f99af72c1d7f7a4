import type { RuleSet } from '../rules/rule-set.ts';
import { analyseOrSay } from './analyse-file.ts';
import { type FileResult, notAnalysed } from './file-result.ts';
import type { Analyst, WorkLimits } from './analyst.ts';
import type { Bundle } from './bundles.ts';
import { SECONDS_HERE, TookTooLong, watchFor } from './watch.ts';

/** Analyses in this thread, as is faster for a few small files. What takes long, and all after it, goes to workers. */
export class Here implements Analyst {
  readonly #rules: () => RuleSet;
  readonly #signal: AbortSignal;
  readonly #limits: WorkLimits;
  readonly #startPool: (() => Promise<Analyst>) | null;
  #pool: Analyst | null = null;

  /** @param startPool starts workers; null: there are none, and a file that takes too long is not analysed */
  constructor(
    rules: () => RuleSet,
    signal: AbortSignal,
    limits: WorkLimits,
    startPool: (() => Promise<Analyst>) | null,
  ) {
    this.#rules = rules;
    this.#signal = signal;
    this.#limits = limits;
    this.#startPool = startPool;
  }

  async analyse(bundles: readonly Bundle[]): Promise<readonly FileResult[]> {
    if (this.#pool !== null) return this.#pool.analyse(bundles);
    const { secondsPerFile } = this.#limits;
    const hasWorkers = this.#startPool !== null;
    const watch = watchFor(hasWorkers ? Math.min(SECONDS_HERE, secondsPerFile) : secondsPerFile);
    const results: FileResult[] = [];
    for (const [index, { files }] of bundles.entries()) {
      this.#signal.throwIfAborted();
      try {
        results.push(...(await analyseOrSay(files, this.#rules(), watch)));
      } catch (error) {
        if (!(error instanceof TookTooLong)) throw error;
        if (this.#startPool !== null) {
          this.#pool = await this.#startPool();
          return [...results, ...(await this.#pool.analyse(bundles.slice(index)))];
        }
        results.push(...files.map((file) => notAnalysed(file, `took longer than ${secondsPerFile} s`)));
      }
    }
    return results;
  }

  end(): void {
    this.#pool?.end();
  }
}
