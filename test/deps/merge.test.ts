import { describe, expect, it } from 'vitest';
import { mergeReports } from '../../src/deps/merge.ts';
import type { Reported } from '../../src/deps/reported.ts';

function report(id: string, aliases: readonly string[], extra: Partial<Reported> = {}): Reported {
  return {
    source: 'embedded',
    ecosystem: 'PyPI',
    package: 'demo',
    version: '1.0',
    id,
    aliases,
    severity: null,
    summary: '',
    malicious: false,
    certainty: 'certain',
    fixed: null,
    ...extra,
  };
}

describe('mergeReports', () => {
  it('joins ids that are aliases over several steps, and names them by the best known', () => {
    const merged = mergeReports([
      report('PYSEC-1', ['GHSA-a']),
      report('GHSA-b', ['CVE-1'], { source: 'osv-scanner', severity: 'high', fixed: '2.0' }),
      report('GHSA-a', ['CVE-1'], { source: 'pip-audit', severity: 'low', fixed: '1.5', version: '1.0.0' }),
    ]);
    expect(merged).toMatchObject([
      {
        id: 'CVE-1',
        aliases: ['GHSA-a', 'GHSA-b', 'PYSEC-1'],
        severity: 'high',
        fixed: '1.5',
        sources: ['embedded', 'osv-scanner', 'pip-audit'],
      },
    ]);
  });

  it('keeps packages and versions apart, and puts a malicious id first', () => {
    const merged = mergeReports([
      report('CVE-1', []),
      report('CVE-1', [], { version: '2.0' }),
      report('GHSA-m', ['MAL-1'], { package: 'evil', malicious: true }),
    ]);
    expect(merged.map(({ package: name, version, id }) => `${name} ${version} ${id}`)).toEqual([
      'demo 1.0 CVE-1',
      'demo 2.0 CVE-1',
      'evil 1.0 MAL-1',
    ]);
  });

  it('does not depend on the order', () => {
    const reports = [report('A', ['B']), report('C', ['B']), report('D', ['C'])];
    expect(mergeReports(reports)).toEqual(mergeReports([...reports].reverse()));
  });

  it('keeps what any source knows of attacks, the highest score of several', () => {
    const merged = mergeReports([
      report('PYSEC-1', ['CVE-1'], { epss: 0.1 }),
      report('CVE-1', [], { source: 'osv-scanner', epss: 0.9, kev: true }),
      report('CVE-2', []),
    ]);
    expect(merged).toMatchObject([{ id: 'CVE-1', epss: 0.9, kev: true }, { id: 'CVE-2' }]);
    expect(merged[1]).not.toHaveProperty('epss');
    expect(merged[1]).not.toHaveProperty('kev');
  });

  it('does not join what is only related, nor the same id of another ecosystem', () => {
    const merged = mergeReports([
      report('CVE-1', []),
      report('CVE-1', [], { ecosystem: 'npm' }),
      report('CVE-2', []),
    ]);
    expect(merged).toHaveLength(3);
  });

  it('takes the worst severity and says unknown when nobody knows', () => {
    const [rated, unrated] = mergeReports([
      report('CVE-1', [], { severity: 'low' }),
      report('GHSA-1', ['CVE-1'], { severity: 'critical' }),
      report('CVE-2', []),
    ]);
    expect(rated?.severity).toBe('critical');
    expect(unrated?.severity).toBeNull();
  });

  it('joins ten thousand aliases without running out of stack', () => {
    const chain = Array.from({ length: 10_000 }, (_, at) =>
      report(`A-${String(at)}`, [`A-${String(at + 1)}`]),
    );
    expect(mergeReports(chain)).toHaveLength(1);
  });
});
