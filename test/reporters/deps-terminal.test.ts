import { describe, expect, it } from 'vitest';
import { changesOf } from '../../src/deps/fix-plan.ts';
import type { Advisory, Package } from '../../src/model/dependency.ts';
import type { Report } from '../../src/model/report.ts';
import { render } from '../../src/reporters/formats.ts';
import { sampleReport } from '../support/report.ts';

const PLAIN = { color: false, isVerbose: false };

function pin(name: string, version: string, line: number, upgrade: string | null): Package {
  const { packages } = sampleReport().dependencies;
  const locations = [{ path: 'deep/folder/of/the/project/requirements.txt', startLine: line }];
  return { ...packages[0]!, name, version, locations, upgrade };
}

function against({ name, version, locations }: Package, changed: Partial<Advisory>): Advisory {
  const { advisories } = sampleReport().dependencies;
  return { ...advisories[0]!, package: name, version: version!, locations, ...changed };
}

/** A report of `sbx deps` on four packages of every kind. */
function audit(): Report {
  const packages = [
    pin('allowed', '1', 1, '2'),
    pin('evil', '1', 2, null),
    pin('a-package-with-quite-a-long-name-for-a-table', '1.0.0', 3, '1.1'),
    pin('worse', '1', 4, '9.9.9'),
  ];
  const [allowed, evil, long, worse] = packages as [Package, Package, Package, Package];
  const sample = sampleReport();
  return {
    ...sample,
    stages: [{ id: 'deps', status: 'done', reason: '', durationMs: 1, tools: [] }],
    findings: [],
    dependencies: {
      ...sample.dependencies,
      packages,
      advisories: [
        against(allowed, { id: 'CVE-2020-1', certainty: 'possible' }),
        against(evil, { id: 'MAL-2024-1', malicious: true, severity: null, fixed: null }),
        against(long, { id: 'CVE-2020-2', severity: 'medium', imported: 'not-imported' }),
        against(worse, { id: 'CVE-2020-3', severity: 'low', imported: 'reachable' }),
        against(worse, { id: 'CVE-2020-4', severity: 'critical', imported: 'reachable' }),
        against(worse, { id: 'CVE-2020-5', severity: 'low', fixed: null, imported: 'reachable' }),
      ],
    },
  };
}

describe('what to change first', () => {
  it('puts malicious packages first, then the certain by severity, then the possible', () => {
    expect(
      changesOf(audit().dependencies).map(({ package: name, kind, to, unfixed }) => [
        name,
        kind,
        to,
        unfixed.length,
      ]),
    ).toEqual([
      ['evil', 'malicious', null, 1],
      ['worse', 'certain', '9.9.9', 1],
      ['a-package-with-quite-a-long-name-for-a-table', 'certain', '1.1', 0],
      ['allowed', 'possible', '2', 0],
    ]);
  });

  it('asks for nothing where the operator settled it', () => {
    const { packages, advisories } = audit().dependencies;
    const suppressed = {
      by: 'config',
      reason: 'not used',
      expires: null,
    } as unknown as Advisory['suppressed'];
    const settled = advisories.map((item) => (item.package === 'worse' ? { ...item, suppressed } : item));
    const left = changesOf({ packages, advisories: settled as readonly Advisory[] });
    expect(left.map(({ package: name }) => name)).not.toContain('worse');
    expect(left).toHaveLength(3);
  });

  it('fits the terminal, whatever its width', async () => {
    for (const columns of [40, 60, 89, 90, 110, 200]) {
      const text = await render(audit(), 'terminal', { ...PLAIN, columns });
      const lines = text.split('\n');
      const from = lines.indexOf('What to change first');
      const table = lines.slice(from, lines.indexOf('', from));
      expect(table.length).toBeGreaterThan(4);
      expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(text).toMatch(/MALICIOUS +evil 1 +(?:→ )?remove it/);
    }
  });

  it('says why, what to change to, and where', async () => {
    const text = await render(audit(), 'terminal', { ...PLAIN, columns: 200 });
    expect(text).toMatch(
      /critical +worse 1 +9\.9\.9 +CVE-2020-4 \+2, 1 without a fix, imported +deep\/folder\/of\/the\/project\/requirements\.txt:4\n/,
    );
    expect(text).toMatch(/possible high +allowed 1 +>=2 +CVE-2020-1/);
  });

  it('gives the date of the advisories and never calls anything clean', async () => {
    const clear: Report = { ...audit(), dependencies: { ...audit().dependencies, advisories: [] } };
    for (const report of [audit(), clear]) {
      const text = await render(report, 'terminal', PLAIN);
      expect(text).toContain('as of 2024-10-10');
      expect(text).toContain('What no advisory names may still be vulnerable or hostile.');
      expect(text).not.toMatch(/\b(?:clean|safe|secure|no vulnerabilities)\b/i);
    }
    expect(await render(clear, 'terminal', PLAIN)).not.toContain('What to change first');
  });

  it('colours only when asked, and lets no name of the target steer the terminal', async () => {
    expect(await render(audit(), 'terminal', PLAIN)).not.toContain('\u001b');
    expect(await render(audit(), 'terminal', { ...PLAIN, color: true })).toContain('\u001b[31mMALICIOUS');
    const hostile = audit();
    const locations = [{ path: '\u001b[2Jevil\n.txt', startLine: 1 }];
    const packages = hostile.dependencies.packages.map((item) => ({ ...item, locations }));
    const advisories = hostile.dependencies.advisories.map((item) => ({ ...item, locations }));
    const text = await render(
      { ...hostile, dependencies: { ...hostile.dependencies, packages, advisories } },
      'terminal',
      { ...PLAIN, columns: 200 },
    );
    expect(text).not.toContain('\u001b');
    expect(text).toContain('\\u{1b}[2Jevil\\n.txt');
  });

  it('leaves the report of a whole judgement as it was', async () => {
    expect(await render(sampleReport(), 'terminal', PLAIN)).not.toContain('What to change first');
  });
});
