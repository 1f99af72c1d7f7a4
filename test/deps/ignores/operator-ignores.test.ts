import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OperatorIgnores } from '../../../src/deps/ignores/operator-ignores.ts';
import { writeTree } from '../../support/temporary.ts';

const NOW = new Date('2026-06-15T12:00:00Z');

const DJANGO = {
  id: 'CVE-2024-1',
  aliases: ['GHSA-aaaa', 'PYSEC-2024-1'],
  ecosystem: 'PyPI' as const,
  package: 'django',
  version: '2.2',
  malicious: false,
};
const EVIL = { ...DJANGO, id: 'MAL-2024-1', aliases: ['CVE-2024-1', 'GHSA-aaaa'], malicious: true };

function ignoring(...entries: string[]): OperatorIgnores {
  const ignore = entries.map((entry) => `    - {${entry}}\n`).join('');
  const folder = writeTree({
    'sbx.config.yaml': `schema: sbx.config/1\ndependencies:\n  ignore:\n${ignore}`,
  });
  return new OperatorIgnores({ configFile: join(folder, 'sbx.config.yaml'), vexFiles: [] }, NOW);
}

describe('an ignore', () => {
  it.each([
    ['id: CVE-2024-1'],
    ['id: GHSA-aaaa'],
    ['id: PYSEC-2024-1, package: Django'],
    ['id: CVE-2024-1, expires: 2026-06-15'],
  ])('of %s covers the advisory', (entry) => {
    expect(ignoring(`${entry}, reason: not reachable`).decisionOn(DJANGO)).toMatchObject({
      by: 'config',
      reason: 'not reachable',
    });
  });

  it.each([
    ['id: CVE-2024-2'],
    ['id: CVE-2024-1, package: flask'],
    ['id: CVE-2024-1, expires: 2026-06-14'],
    ['id: CVE-2024'],
  ])('of %s does not', (entry) => {
    expect(ignoring(`${entry}, reason: not reachable`).decisionOn(DJANGO)).toBeNull();
  });

  it('of a vulnerability does not cover a malicious package that is its alias', () => {
    const ignores = ignoring('id: CVE-2024-1, reason: known', 'id: GHSA-aaaa, reason: known');
    expect(ignores.decisionOn(EVIL)).toBeNull();
    expect(ignoring('id: MAL-2024-1, reason: a test of ours').decisionOn(EVIL)).toMatchObject({
      reason: 'a test of ours',
    });
  });

  it('that has expired, or concerns nothing, is said', () => {
    const ignores = ignoring(
      'id: CVE-2024-1, reason: known',
      'id: CVE-2024-2, package: flask, reason: known',
      'id: CVE-2024-3, reason: known, expires: 2026-01-01',
    );
    ignores.decisionOn(DJANGO);
    expect(ignores.expired()).toEqual([
      expect.stringMatching(
        /sbx\.config\.yaml: dependencies\.ignore\.2 \(CVE-2024-3\) expired on 2026-01-01 and was not applied$/,
      ),
    ]);
    expect(ignores.unused()).toEqual([
      expect.stringMatching(
        /dependencies\.ignore\.1 \(CVE-2024-2, flask\) concerns nothing that was found; remove it$/,
      ),
    ]);
  });

  it.each([
    ['id: CVE-2024-1', /4:7: "reason" is missing in dependencies\.ignore\.0/],
    ['id: CVE-2024-1, reason: known, until: 2026-01-01', /4:\d+: unknown key "until"/],
    ['id: CVE-2024-1, reason: known, expires: soon', /4:\d+: dependencies\.ignore\.0\.expires must match/],
    ['reason: known', /"id" is missing/],
  ])('of {%s} is refused with its place', (entry, message) => {
    expect(() => ignoring(entry)).toThrow(message);
  });
});
