import { signatureOf } from '../decode/magic.ts';

/** Something seen of a file as a whole, without a place in its text; rules ask for it by name, as for a text detector's finds. */
export interface FileDetection {
  readonly name: string;
  /** What was found, for `{detail}` in a message. */
  readonly detail: string;
}

/** What the bytes of a file that is no text show. */
export function inspectBytes(bytes: Uint8Array): readonly FileDetection[] {
  const signature = signatureOf(bytes);
  if (signature === null || signature.isInert) return [];
  return [];
}
