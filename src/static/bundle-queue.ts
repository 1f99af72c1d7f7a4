import type { Bundle } from './bundles.ts';

/** Small bundles are handed out together, up to this many bytes: little enough that all threads end at about the same time. */
const BATCH_BYTES = 48 * 1024;

/** Bundles that nobody has taken yet: workers take the largest first, the main thread the smallest. */
export class BundleQueue {
  readonly #bundles: readonly Bundle[];
  #first = 0;
  #end: number;

  constructor(bundles: readonly Bundle[]) {
    this.#bundles = [...bundles].sort((a, b) => b.bytes - a.bytes);
    this.#end = bundles.length;
  }

  /** True when the next bundle is a batch of its own: taken ahead, it would wait while another thread has nothing to do. */
  get isNextLarge(): boolean {
    return this.#first < this.#end && this.#bundles[this.#first]!.bytes > BATCH_BYTES;
  }

  /** The largest bundles left, up to {@link BATCH_BYTES} or one that is larger; null when none is left. */
  takeBatch(): readonly Bundle[] | null {
    const start = this.#first;
    let bytes = 0;
    while (this.#first < this.#end) {
      bytes += this.#bundles[this.#first]!.bytes;
      if (this.#first > start && bytes > BATCH_BYTES) break;
      this.#first++;
    }
    return this.#first === start ? null : this.#bundles.slice(start, this.#first);
  }

  /** The smallest bundle left; null when it is larger than `maxBytes` or none is left. */
  takeSmallest(maxBytes: number): Bundle | null {
    const bundle = this.#first < this.#end ? this.#bundles[this.#end - 1]! : null;
    if (bundle === null || bundle.bytes > maxBytes) return null;
    this.#end--;
    return bundle;
  }
}
