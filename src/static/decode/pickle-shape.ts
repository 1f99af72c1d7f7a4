const STOP = 0x2e;
const PROTO = 0x80;
const HIGHEST_PROTOCOL = 5;

/** Opcodes that a pickle of protocol 0 or 1 can begin with: `(`, `]`, `}`, `)`, `c`, `i`, and the scalars (pickletools). */
const FIRST_OPCODES = '(])}ci\x8cSUVTXKMJILGFN';

/** A global import of protocol 0 near the start: `cposix\nsystem\n`. */
const EARLY_GLOBAL = /^[(\]})\s]{0,8}(?:c|i)[A-Za-z_][\w.]*\n[A-Za-z_][\w.]*\n/;

/**
 * True when the bytes are a Python pickle. From protocol 2 on it says so itself; older ones are text, and count when they import
 * something at once or are named like a pickle.
 */
export function isPickle(bytes: Uint8Array, isNamedLikeOne: boolean): boolean {
  if (bytes.length < 2) {
    return false;
  }
  const [first, second] = bytes;
  if (first === PROTO && second !== undefined && second >= 2 && second <= HIGHEST_PROTOCOL) {
    return true;
  }
  const opening = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  const end = bytes[bytes.length - 1] === 0x0a ? bytes[bytes.length - 2] : bytes[bytes.length - 1];
  if (isNamedLikeOne) {
    return FIRST_OPCODES.includes(opening[0] ?? ' ') && bytes.includes(STOP);
  }
  return end === STOP && EARLY_GLOBAL.test(opening);
}
