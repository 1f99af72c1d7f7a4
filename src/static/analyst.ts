import type { FileResult } from './file-result.ts';
import type { Bundle } from './bundles.ts';

/** Something that analyses bundles, in this thread or in others; kept until all is done. */
export interface Analyst {
  /** @throws the signal's reason when it is aborted */
  analyse(bundles: readonly Bundle[]): Promise<readonly FileResult[]>;
  end(): void;
}

/** What the analysis of a file may take. */
export interface WorkLimits {
  /** No bundle may take more of a processor's time; its worker is ended, and its files are analysed one by one, each with as much time again. */
  readonly secondsPerFile: number;
}

/** Far more than any honest file takes. */
export const DEFAULT_LIMITS: WorkLimits = { secondsPerFile: 20 };
