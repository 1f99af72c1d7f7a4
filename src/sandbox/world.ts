/**
 * What a program is told about the world it runs in: all that it may look at before it decides how to behave. The same program is run
 * in several of them, and what it does differently is compared.
 */
export interface World {
  /** What the report calls it, when it is not the usual one: `another date`, `as if in CI`. */
  readonly name: string;
  /**
   * `none`: nothing answers. `sinkhole`: every name resolves and every connection is taken and recorded, while no packet leaves the
   * sandbox's own network.
   */
  readonly network: 'none' | 'sinkhole';
  /** Null: the machine's own. */
  readonly clock: Clock | null;
  /** `skipped`: programs that wait are made to believe that they have. */
  readonly waits: 'real' | 'skipped';
  readonly hostName: string;
  /** Name of the account inside; its number and home folder stay. */
  readonly userName: string;
  /** Variables beside those of every run (`CI`), which they do not override. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A clock that was tampered with. */
export interface Clock {
  /** Milliseconds since 1970 that it shows when the run begins; null: the present. */
  readonly startsAtMs: number | null;
  /** How many of its seconds pass in one real second; sleeps shrink accordingly. */
  readonly speed: number;
}

/** Nothing answers: what a sandbox is proven and tried with, and what the usual world is compared with. */
export const OFFLINE_WORLD: World = {
  name: 'without a network',
  network: 'none',
  clock: null,
  waits: 'real',
  hostName: 'sandbox',
  userName: 'user',
  variables: {},
};

/** The world of a run that nobody asked anything special of; where a backend has no sinkhole, nothing answers in it either. */
export const USUAL_WORLD: World = { ...OFFLINE_WORLD, name: 'usual', network: 'sinkhole' };
