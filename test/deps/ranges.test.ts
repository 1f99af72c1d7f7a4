import { describe, expect, it } from 'vitest';
import { pinOf } from './pins.ts';
import { possibleFinding } from '../../src/deps/findings.ts';
import type { MergedAdvisory } from '../../src/deps/merge.ts';
import { depsStage } from '../../src/deps/stage.ts';
import type { Package } from '../../src/model/dependency.ts';
import { stageContext } from '../support/stage-context.ts';
import { withoutTools } from './sources/audit.ts';
import { targetOf } from './target-of.ts';

withoutTools();

async function audit(requirements: string) {
  const { findings, dependencies, status } = await depsStage.run(
    targetOf({ 'requirements.txt': requirements }),
    stageContext(),
  );
  const ofAdvisories = findings.filter(({ ruleId }) => ruleId.startsWith('dependency-advisory'));
  return { findings: ofAdvisories, coverage: dependencies?.coverage, status };
}

describe('what is declared by a range', () => {
  it('is a finding when every version that it allows is affected', async () => {
    const { findings } = await audit('django<1.3\n');
    const rules = findings.map(({ ruleId }) => ruleId);
    expect(rules).toContain('dependency-advisory');
    // What concerns some of them only stays one note.
    expect(rules.filter((rule) => rule === 'dependency-advisory-possible').length).toBeLessThan(2);
  });

  it('is one note, with one version to pin, when some are', async () => {
    const { findings } = await audit('django>=2.0\n');
    expect(findings).toMatchObject([
      { ruleId: 'dependency-advisory-possible', severity: 'info', kind: 'coverage' },
    ]);
    expect(findings[0]?.message).toMatch(
      /^django >=2\.0 allows versions that are affected by .* and \d+ more\.$/,
    );
    expect(findings[0]?.fix).toMatch(/^Pin django to \d+(\.\d+)+ or later\./);
  });

  it('is nothing when none is', async () => {
    expect((await audit('django>=50\n')).findings).toEqual([]);
  });

  it('is counted and no finding when there is none', async () => {
    const { findings, coverage, status } = await audit('django\nflask\nrequests\n');
    expect({ findings, status }).toEqual({ findings: [], status: 'done' });
    expect(coverage).toMatchObject({ declared: 3, unpinned: 3, matched: 0 });
  });
});

describe('the version to pin', () => {
  const ranged: Package = { ...pinOf('PyPI', 'demo', '1.0'), version: null, range: '<2.0', pin: 'range' };
  const advisory = (id: string, fixed: string | null): MergedAdvisory => ({
    id,
    aliases: [],
    package: 'demo',
    ecosystem: 'PyPI',
    version: '<2.0',
    severity: null,
    certainty: 'possible',
    malicious: false,
    fixed,
    sources: ['embedded'],
    summary: '',
  });

  it.each([
    [
      [
        ['CVE-1', '1.9'],
        ['CVE-2', '1.10'],
      ],
      'Pin demo to 1.10 or later.',
    ],
    [[['CVE-1', '2.1']], 'Pin demo to 2.1 or later, which <2.0 does not allow yet.'],
    [
      [
        ['CVE-1', '1.9'],
        ['CVE-2', null],
      ],
      'Pin demo to 1.9 or later. No fix is known for CVE-2.',
    ],
    [[['CVE-1', null]], 'No fixed version is known: lock demo to a version that was looked at.'],
  ] as const)('of %j', (advisories, expected) => {
    const { fix } = possibleFinding(
      advisories.map(([id, fixed]) => advisory(id, fixed)),
      ranged,
    );
    expect(fix).toBe(expected);
  });
});
