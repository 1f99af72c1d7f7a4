import { DEFAULT_LIMITS } from '../../target/limits.ts';

/** How deep containers are opened inside each other. */
export const MAX_DEPTH = 8;
/** What is taken out of one target's containers at most: things, bytes, and milliseconds spent on it. */
export const MAX_MEMBERS = 20_000;
export const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
export const MAX_MILLISECONDS = 30_000;
/** One member is unpacked up to this size. */
export const MAX_MEMBER_BYTES = DEFAULT_LIMITS.maxFileBytes;
/** Data that unpacks to more than so many times its size is not unpacked, once it is larger than {@link FREE_BYTES} (CWE-409). */
export const MAX_RATIO = DEFAULT_LIMITS.maxCompressionRatio;
export const FREE_BYTES = 1024 * 1024;
/** Longer names of members are shortened (UTF-16 units). */
export const MAX_NAME_LENGTH = 512;
