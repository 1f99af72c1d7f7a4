/** What a clock is read from, in milliseconds: the time that passes, and the processor time of all threads of this process. */
export interface TimeSource {
  wall(): number;
  processor(): number;
}

const REAL_TIME: TimeSource = {
  wall: () => performance.now(),
  processor: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
};

/**
 * Time as a thread that computes feels it. It runs like any clock while every busy thread has a processor of its own, slower while other
 * programs take the processors, and not at all while the process is stopped: what a file may take does not depend on the machine's load.
 * Node says the processor time of the whole process only, so each busy thread is taken to have an equal share of it.
 */
export class SharedClock {
  readonly #source: TimeSource;
  #busy = 0;
  #passed = 0;
  #wall: number;
  #processor: number;

  constructor(source: TimeSource = REAL_TIME) {
    this.#source = source;
    this.#wall = source.wall();
    this.#processor = source.processor();
  }

  /** Seconds since the clock was made. */
  get seconds(): number {
    const wall = this.#source.wall();
    const processor = this.#source.processor();
    const share = this.#busy === 0 ? Infinity : (processor - this.#processor) / this.#busy;
    this.#passed += Math.min(wall - this.#wall, share);
    this.#wall = wall;
    this.#processor = processor;
    return this.#passed / 1_000;
  }

  /** One more thread computes from now on, or one less. */
  changeBusy(by: 1 | -1): void {
    void this.seconds;
    this.#busy = Math.max(0, this.#busy + by);
  }
}
