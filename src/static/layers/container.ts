import type { Unpacking } from './unpacking.ts';

/** A kind of file that holds others, or holds text where no reader of text looks. */
export interface Container {
  /** For reasons: `zip archive`. */
  readonly name: string;
  /** By content, never by name; cheap, and wrong at most in saying yes. */
  recognises(bytes: Uint8Array): boolean;
  /**
   * Hands over what lies in it. Bounded by {@link Unpacking}; whatever it throws becomes the reason why the rest was not analysed.
   */
  open(unpacking: Unpacking): Promise<void> | void;
}
