/** Expressions that one question may look at, so that names that stand for each other many times over end. */
const MAX_STEPS = 50_000;

/** A name inside a name inside a call: deeper than that nobody writes lists. */
const MAX_DEPTH = 60;

/** How far one question may still go. */
export class Steps {
  #taken = 0;

  /** Takes one more; false when there have been too many, or it lies too deep. */
  take(depth: number): boolean {
    this.#taken += 1;
    return depth <= MAX_DEPTH && this.#taken <= MAX_STEPS;
  }
}
