import { brokenPromises } from './broken-promises.ts';
import type { FuzzCase } from './cases.ts';
import { judged, targetOf } from './judged.ts';

/**
 * Judges a case; what is wrong with that, one sentence each, empty when nothing is.
 * @param isTwice judges it a second time, to compare
 */
export async function problemsOf({ files }: FuzzCase, isTwice = true): Promise<readonly string[]> {
  try {
    const target = await targetOf(files);
    const report = await judged(target);
    return brokenPromises(files, report, isTwice ? await judged(target) : report);
  } catch (error) {
    return [`it crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}
