/**
 * What was opened for a run and has to be closed on every way out of it: processes, sockets, files. Whoever opens something adds it in
 * the same breath, so that nothing can fail in between.
 */
export class Opened {
  readonly #closings: (() => unknown)[] = [];

  /** @param close safe to call again; may give a promise, which is waited for */
  add(close: () => unknown): void {
    this.#closings.push(close);
  }

  /** Closes what was opened last first. One that cannot be closed keeps no other open, and hides no error of the run. */
  async close(): Promise<void> {
    for (let close = this.#closings.pop(); close !== undefined; close = this.#closings.pop()) {
      try {
        await close();
      } catch {
        // It ends with sbx, which everything that is opened is bound to.
      }
    }
  }
}

/** Where a run keeps what is its own. */
export interface RunPlace {
  /** Private, and gone after the run; the sandbox does not show it. */
  readonly folder: string;
  readonly opened: Opened;
}
