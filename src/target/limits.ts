/** Bounds on what is read of a target. What lies beyond is listed as opaque, never dropped. */
export interface OpenLimits {
  readonly maxFiles: number;
  readonly maxDepth: number;
  /** Bytes of one file that are kept for analysis. */
  readonly maxFileBytes: number;
  /** Bytes of all files together that are kept. */
  readonly maxTotalBytes: number;
  /** Bytes of one file that are read just to take its digest. */
  readonly maxHashedBytes: number;
  /** How many times larger than its compressed form an archive member may be (zip bombs; CWE-409). */
  readonly maxCompressionRatio: number;
}

/** Generous for honest targets, small enough for a laptop. */
export const DEFAULT_LIMITS: OpenLimits = {
  maxFiles: 100_000,
  maxDepth: 64,
  maxFileBytes: 32 * 1024 * 1024,
  maxTotalBytes: 512 * 1024 * 1024,
  maxHashedBytes: 4 * 1024 * 1024 * 1024,
  maxCompressionRatio: 200,
};
