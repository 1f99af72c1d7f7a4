import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = 'fixtures/evasions';

interface Report {
  readonly units: readonly {
    readonly verdict: { readonly reasons: readonly { readonly findings: readonly string[] }[] };
  }[];
  readonly findings: readonly {
    readonly ruleId: string;
    readonly category: string;
    readonly fingerprint: string;
    readonly location: { readonly path: string };
  }[];
  readonly coverage: { readonly opaque: readonly { readonly path: string }[] };
}

/** One scan of all cases by the built program. */
function scan(): Report {
  const run = spawnSync(process.execPath, [join(ROOT, 'bin/sbx.js'), 'scan', FOLDER, '--format', 'json'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(run.stdout) as Report;
}

const report = scan();
const decisive = new Set(
  report.units.flatMap(({ verdict }) => verdict.reasons.flatMap(({ findings }) => findings)),
);

/** Findings at review or worse that point into a part of a case: a file `evasion.py`, or a folder `evasion`. */
function findingsIn(part: string): readonly string[] {
  return report.findings
    .filter(({ fingerprint }) => decisive.has(fingerprint))
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
