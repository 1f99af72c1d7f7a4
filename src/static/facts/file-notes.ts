import type { FunctionFact } from './facts.ts';
import type { Shortfall } from './shortfall.ts';
import type { Value } from './values/value.ts';

/** How many expressions of one file may be evaluated again for folding. */
const REFOLD_BUDGET = 400_000;

/** So many calls of one file are followed: far more than people write in one. */
const MAX_CALLS = 150_000;

/** So much text that one file puts together is kept, and gone through to see whether it is kept (UTF-16 units). */
const KEPT_LENGTH = 16 * 1024 * 1024;
const SEEN_LENGTH = 64 * 1024 * 1024;

/** Files of which it is kept what commands write to them. */
const MAX_WRITTEN = 2_000;

/** What is kept of one file while it is walked. Bounded: what is beyond a bound is left out and named in `shortfalls`. */
export class FileNotes {
  /** By reason; true: what is missing may run. */
  readonly #shortfalls = new Map<string, boolean>();
  /** Names of its classes that another file registers as environments. */
  readonly environments: ReadonlySet<string>;
  /** Packages that are imported: what a name that begins with one of them means, that package says. */
  readonly packages = new Set<string>();
  /** How many more expressions may be evaluated again for folding. */
  refoldBudget = REFOLD_BUDGET;
  readonly #writtenTexts = new Map<string, Value>();
  /** How often a function was run in vain. */
  readonly failedFolds = new Map<FunctionFact, number>();

  #calls = 0;
  #keptLength = 0;
  #seenLength = 0;

  constructor(environments: readonly string[] = []) {
    this.environments = new Set(environments);
  }

  /** Counts a call; false when there are more than are followed. */
  mayFollowCall(): boolean {
    return ++this.#calls <= MAX_CALLS;
  }

  /** Counts a text that was put together; false when that was too much. */
  mayKeep(length: number): boolean {
    this.#keptLength += length;
    this.#seenLength += length;
    const isWithin = this.#keptLength <= KEPT_LENGTH && this.#seenLength <= SEEN_LENGTH;
    if (!isWithin) this.#keptLength -= length;
    return isWithin;
  }

  /** A text that was kept is no longer. */
  letGo(length: number): void {
    this.#keptLength -= length;
  }

  /** Keeps the known text that a command writes to a file. */
  keepWritten(path: string, text: Value): void {
    if (this.#writtenTexts.size < MAX_WRITTEN || this.#writtenTexts.has(path))
      this.#writtenTexts.set(path, text);
    else this.miss({ reason: 'more files are written than are followed', blocking: true });
  }

  /** The known text that commands have written to a file; undefined when there is none. */
  written(path: string): Value | undefined {
    return this.#writtenTexts.get(path);
  }

  /** Notes that something was left out. */
  miss({ reason, blocking }: Shortfall): void {
    this.#shortfalls.set(reason, blocking || this.#shortfalls.get(reason) === true);
  }

  /** All that was left out so far, by reason. */
  get shortfalls(): readonly Shortfall[] {
    return [...this.#shortfalls]
      .map(([reason, blocking]) => ({ reason, blocking }))
      .sort((a, b) => (a.reason < b.reason ? -1 : 1));
  }
}
