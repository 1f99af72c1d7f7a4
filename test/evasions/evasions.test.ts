import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, scanCases } from './scan-cases.ts';

const FOLDER = 'fixtures/evasions';

const { report, decisive } = scanCases(FOLDER);

/** Findings at review or worse that point into a part of a case: a file `evasion.py`, or a folder `evasion`. */
function findingsIn(part: string): readonly string[] {
  return decisive
    .filter(({ location: { path } }) => path.startsWith(`${part}.`) || path.startsWith(`${part}/`))
    .map(({ category, ruleId }) => `${category}/${ruleId}`);
}

const CASES = readdirSync(join(ROOT, FOLDER)).flatMap((language) =>
  readdirSync(join(ROOT, FOLDER, language)).map((name) => `${language}/${name}`),
);

/** What a disguised command, key thief or hook is found as. */
const CATEGORIES =
  /^(?:code-execution|exfiltration|obfuscation|agent-control|process|gym-lifecycle|persistence|secrets-access|network)\//;

describe('a disguise does not help', () => {
  it('and there are at least sixty of them', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(60);
  });

  it.each(CASES)('%s is caught', (name) => {
    expect(findingsIn(`${name}/evasion`).filter((found) => CATEGORIES.test(found))).not.toEqual([]);
  });

  it.each(CASES)('%s: its honest twin is left alone', (name) => {
    expect(findingsIn(`${name}/honest`)).toEqual([]);
  });

  it('and everything was read', () => {
    expect(report.coverage.opaque).toEqual([]);
  });
});
