import type { Report } from '../../src/model/report.ts';
import type { Target } from '../../src/model/target.ts';
import { brokenPromises } from './broken-promises.ts';
import type { FuzzCase } from './cases.ts';
import { judged, targetOf } from './judged.ts';

/**
 * Judges a case; what is wrong with that, one sentence each, empty when nothing is.
 * @param isTwice judges it a second time, to compare
 * @param judgeIt what judges
 */
export async function problemsOf(
  { files }: FuzzCase,
  isTwice = true,
  judgeIt: (target: Target) => Promise<Report> = judged,
): Promise<readonly string[]> {
  try {
    const target = await targetOf(files);
    const report = await judgeIt(target);
    return brokenPromises(files, report, isTwice ? await judgeIt(target) : report);
  } catch (error) {
    return [`it crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}
