import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One scan of all cases in a folder of the repository by the built program, and its findings at review or worse. */
export function scanCases(folder: string): { report: Report; decisive: readonly Finding[] } {
  const run = spawnSync(process.execPath, [join(ROOT, 'bin/sbx.js'), 'scan', folder, '--format', 'json'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const report = JSON.parse(run.stdout) as Report;
  const deciding = new Set(
    report.units.flatMap(({ verdict }) => verdict.reasons.flatMap(({ findings }) => findings)),
  );
  return { report, decisive: report.findings.filter(({ fingerprint }) => deciding.has(fingerprint)) };
}
