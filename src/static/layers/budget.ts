import {
  FREE_BYTES,
  MAX_MEMBER_BYTES,
  MAX_MEMBERS,
  MAX_MILLISECONDS,
  MAX_RATIO,
  MAX_UNPACKED_BYTES,
} from './bounds.ts';
import { SharedClock } from '../shared-clock.ts';

/** A bound that was hit; the message is the reason that a reader is given. */
export class BoundHit extends Error {
  /** True when the data claims to be far more than it holds. */
  readonly isBomb: boolean;

  constructor(reason: string, isBomb = false) {
    super(reason);
    this.isBomb = isBomb;
  }
}

/** What may still be taken out of one target's containers. */
export class Budget {
  #members = MAX_MEMBERS;
  #bytes = MAX_UNPACKED_BYTES;
  readonly #clock = new SharedClock();

  constructor() {
    this.#clock.changeBusy(1);
  }

  /** How much `packed` bytes may unpack to now, and what to say when they unpack to more. */
  allowance(packed: number): { readonly bytes: number; readonly hit: BoundHit } {
    this.check();
    const byRatio = Math.max(FREE_BYTES, packed * MAX_RATIO);
    const bytes = Math.min(MAX_MEMBER_BYTES, byRatio, this.#bytes);
    if (bytes === this.#bytes) return { bytes, hit: new BoundHit(TOTAL_REASON) };
    return bytes === byRatio
      ? { bytes, hit: new BoundHit('unpacks to far more than it holds (a bomb?): not unpacked', true) }
      : { bytes, hit: new BoundHit(`larger than ${mebibytes(MAX_MEMBER_BYTES)} unpacked: not analysed`) };
  }

  /** Counts one thing that was taken out. @throws BoundHit when that was too much */
  take(bytes: number): void {
    this.check();
    if (this.#members === 0)
      throw new BoundHit(`more than ${MAX_MEMBERS} things lie in containers: the rest is not analysed`);
    if (bytes > this.#bytes) throw new BoundHit(TOTAL_REASON);
    this.#members--;
    this.#bytes -= bytes;
  }

  /** @throws BoundHit when the time is over */
  check(): void {
    if (this.#clock.seconds * 1_000 > MAX_MILLISECONDS)
      throw new BoundHit(
        `opening containers took longer than ${MAX_MILLISECONDS / 1_000} s: the rest is not analysed`,
      );
  }
}

const TOTAL_REASON = `containers hold more than ${mebibytes(MAX_UNPACKED_BYTES)} unpacked: the rest is not analysed`;

function mebibytes(bytes: number): string {
  return `${bytes / (1024 * 1024)} MiB`;
}
