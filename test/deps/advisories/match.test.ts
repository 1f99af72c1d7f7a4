import { describe, expect, it } from 'vitest';
import { buildAdvisoryIndex } from '../../../src/deps/advisories/build-index.ts';
import { openIndex } from '../../../src/deps/advisories/database.ts';
import type { Asked } from '../../../src/deps/advisories/match.ts';
import { Matcher } from '../../../src/deps/advisories/match.ts';
import type { OsvRecord } from '../../../src/deps/advisories/osv-record.ts';
import { VERSION_SCHEMES } from '../../../src/deps/advisories/version-scheme.ts';

function declared(name: string, version: string | null, range: string | null): Asked {
  const pin = version !== null ? 'exact' : range !== null ? 'range' : 'none';
  return { name, version, range, pin };
}

function record(id: string, events: readonly object[], extra: Partial<OsvRecord> = {}): OsvRecord {
  const ranges = [{ type: 'ECOSYSTEM', events }];
  return {
    id,
    modified: '2024-01-01T00:00:00Z',
    affected: [{ package: { ecosystem: 'PyPI', name: 'Demo_Pkg' }, ranges }],
    ...extra,
  };
}

async function answers(records: readonly OsvRecord[], version: string | null, range: string | null) {
  const matcher = new Matcher(await buildAdvisoryIndex('PyPI', records));
  return matcher
    .match(declared('demo-pkg', version, range))
    .map(({ id, certainty, fixed }) => `${id} ${certainty} ${fixed ?? '-'}`);
}

const TWO_RANGES = record('PYSEC-1', [
  { introduced: '0' },
  { fixed: '2.2.5' },
  { introduced: '2.3.0' },
  { fixed: '2.3.2' },
]);

describe('an exact pin', () => {
  it.each([
    ['1.0', ['PYSEC-1 certain 2.2.5']],
    ['2.2.5', []],
    ['2.2.5rc1', ['PYSEC-1 certain 2.2.5']],
    ['2.3', ['PYSEC-1 certain 2.3.2']],
    ['2.3.2', []],
    ['1!0.1', []],
    ['not-a-version', []],
  ])('%s', async (version, expected) => {
    expect(await answers([TWO_RANGES], version, null)).toEqual(expected);
  });

  it('counts the last affected version, and versions that are only listed', async () => {
    const last = record('PYSEC-2', [{ introduced: '1.0' }, { last_affected: '1.5' }]);
    expect(await answers([last], '1.5', null)).toEqual(['PYSEC-2 certain -']);
    expect(await answers([last], '1.5.1', null)).toEqual([]);
    const listed = {
      id: 'MAL-1',
      affected: [{ package: { ecosystem: 'PyPI', name: 'demo-pkg' }, versions: ['6.6.6', 'odd-one'] }],
    };
    expect(await answers([listed], '6.6.6.0', null)).toEqual(['MAL-1 certain -']);
    expect(await answers([listed], 'odd-one', null)).toEqual(['MAL-1 certain -']);
    expect(await answers([listed], '6.6.7', null)).toEqual([]);
  });

  it('reads ranges that stand behind a GIT range, and leaves withdrawn records out', async () => {
    const gitFirst = record('PYSEC-3', [], {
      affected: [
        {
          package: { ecosystem: 'PyPI', name: 'demo-pkg' },
          ranges: [
            { type: 'GIT', events: [{ introduced: '0' }, { fixed: 'abcdef' }] },
            { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2' }] },
          ],
        },
      ],
    });
    expect(await answers([gitFirst], '1.0', null)).toEqual(['PYSEC-3 certain 2']);
    expect(await answers([{ ...TWO_RANGES, withdrawn: '2024-02-02T00:00:00Z' }], '1.0', null)).toEqual([]);
  });
});

describe('the fix', () => {
  it('is the smallest above the pin, on its own branch when that has one', async () => {
    expect(await answers([TWO_RANGES], '2.3.1', null)).toEqual(['PYSEC-1 certain 2.3.2']);
    expect(await answers([TWO_RANGES], '0.1', null)).toEqual(['PYSEC-1 certain 2.2.5']);
  });

  it('does not lie in another range of the same advisory', async () => {
    const overlapping = record('PYSEC-4', [], {
      affected: [
        {
          package: { ecosystem: 'PyPI', name: 'demo-pkg' },
          ranges: [
            { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.5' }] },
            { type: 'ECOSYSTEM', events: [{ introduced: '1.2' }, { fixed: '2.0' }] },
          ],
        },
      ],
    });
    expect(await answers([overlapping], '1.3', null)).toEqual(['PYSEC-4 certain 2.0']);
    expect(await answers([overlapping], '1.0', null)).toEqual(['PYSEC-4 certain -']);
  });
});

describe('a range', () => {
  it.each([
    ['<2.0', ['PYSEC-1 certain 2.2.5']],
    ['<=2.2.5', ['PYSEC-1 possible 2.2.5']],
    ['>=1.0', ['PYSEC-1 possible 2.3.2']],
    ['==1.*', ['PYSEC-1 certain 2.2.5']],
    ['>=2.2.5,<2.3', []],
    ['>=3', []],
    ['^1.2', ['PYSEC-1 certain 2.2.5']],
    ['~2.3.0', ['PYSEC-1 possible 2.3.2']],
    ['^1.0 || ^3.0', ['PYSEC-1 possible 2.2.5']],
    ['not a range', []],
  ])('%s', async (range, expected) => {
    expect(await answers([TWO_RANGES], null, range)).toEqual(expected);
  });

  it('says nothing without one, unless every version is malicious', async () => {
    expect(await answers([TWO_RANGES], null, null)).toEqual([]);
    expect(await answers([record('MAL-2', [{ introduced: '0' }])], null, null)).toEqual(['MAL-2 certain -']);
  });
});

describe('version schemes', () => {
  it('spells equal versions alike', () => {
    const { PyPI, npm } = VERSION_SCHEMES;
    expect(['1.0', '1', '1.0.0', 'v1.0'].map(PyPI.canonical)).toEqual(['1', '1', '1', '1']);
    expect(['1.0rc1', '1.10', '2!1.0', '1.0.post1', 'junk'].map(PyPI.canonical)).toEqual([
      '1rc1',
      '1.10',
      '2!1',
      '1.post1',
      'junk',
    ]);
    expect(npm.canonical('v1.2.3')).toBe('1.2.3');
  });

  it('reads npm ranges', () => {
    const range = VERSION_SCHEMES.npm.range('^1.2.0 || 3.x');
    expect(['1.9.9', '2.0.0', '3.1.0'].map((version) => range?.allows(version))).toEqual([true, false, true]);
    expect(VERSION_SCHEMES.npm.range('not@range')).toBeNull();
  });
});

describe('the index', () => {
  it('completes bounds that are no versions to npm', async () => {
    const affected = [
      {
        package: { ecosystem: 'npm', name: 'demo' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '1' }, { fixed: '1.14' }] }],
      },
    ];
    const matcher = new Matcher(await buildAdvisoryIndex('npm', [{ id: 'GHSA-1', affected }]));
    const hits = ['0.9.0', '1.0.0', '1.13.9', '1.14.0'].map(
      (version) => matcher.match(declared('demo', version, null)).length,
    );
    expect(hits).toEqual([0, 1, 1, 0]);
  });

  it('is the same whatever the order of the records', async () => {
    const other = record('CVE-2', [{ introduced: '1' }]);
    expect(await buildAdvisoryIndex('PyPI', [TWO_RANGES, other])).toEqual(
      await buildAdvisoryIndex('PyPI', [other, TWO_RANGES]),
    );
  });

  it('takes the date from advisories, not from reports of malicious packages', async () => {
    const { date, records, malicious } = await buildAdvisoryIndex('PyPI', [
      TWO_RANGES,
      record('MAL-3', [{ introduced: '0' }], { modified: '2025-12-31T00:00:00Z' }),
    ]);
    expect({ date, records, malicious }).toEqual({ date: '2024-01-01', records: 2, malicious: 1 });
  });

  it('scores vectors of every version of CVSS, then labels, else says that it does not know', async () => {
    const scores = [
      ['CVSS_V3', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
      ['CVSS_V4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'],
      ['CVSS_V2', 'AV:N/AC:L/Au:N/C:P/I:P/A:P'],
      ['CVSS_V3', 'CVSS:3.1/AV:nonsense'],
    ].map(([type = '', score = ''], at) =>
      record(`CVE-${String(at)}`, [{ introduced: '0' }], { severity: [{ type, score }] }),
    );
    const label = record('CVE-9', [{ introduced: '0' }], { database_specific: { severity: 'MODERATE' } });
    const { advisories } = await buildAdvisoryIndex('PyPI', [...scores, label]);
    expect(advisories.map(([, , severity]) => severity)).toEqual([
      'critical',
      'critical',
      'high',
      null,
      'medium',
    ]);
  });
});

describe('the shipped indexes', () => {
  it('know real advisories', async () => {
    const python = new Matcher((await openIndex('PyPI')).index);
    expect(python.match(declared('flask', '1.0.0', null)).map(({ id }) => id)).toContain('PYSEC-2023-62');
    expect(python.match(declared('0x000testqwe', '5.20.4', null))).toMatchObject([
      { id: 'MAL-2025-6428', malicious: true },
    ]);
    const javascript = new Matcher((await openIndex('npm')).index);
    expect(javascript.match(declared('next', '15.2.3', null)).map(({ id }) => id)).toContain(
      'GHSA-223j-4rm8-mrmf',
    );
    expect(javascript.match(declared('constructor', '1.0.0', null))).toEqual([]);
  });

  it('match 2,000 pins in under a second of processor time', async () => {
    const { index } = await openIndex('PyPI');
    const names = Object.keys(index.packages);
    const pins = Array.from({ length: 2_000 }, (_, at) =>
      declared(names[at % names.length] ?? '', `${String(at % 7)}.${String(at % 5)}.1`, null),
    );
    // Not the wall clock: other work on the machine must not decide.
    const before = process.cpuUsage();
    const matcher = new Matcher(index);
    const found = pins.flatMap((pin) => matcher.match(pin));
    expect(found.length).toBeGreaterThan(100);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });
});
