import type { Unpacking } from './unpacking.ts';

/** Fewer bytes are padding. */
const MIN_BYTES = 16;

/** Hands over what stands behind the end of a picture or document; the rest stays the file's own content. */
export function handOverTail(unpacking: Unpacking, end: number): void {
  const { bytes } = unpacking;
  const tail = bytes.subarray(end);
  unpacking.rest(bytes.subarray(0, end));
  if (tail.length >= MIN_BYTES && tail.some((byte) => byte !== 0 && byte !== 0x20 && byte !== 0x0a))
    unpacking.part(end, 'appended', tail);
}
