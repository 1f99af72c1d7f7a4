import { describe, expect, it } from 'vitest';
import { AUDITED_ECOSYSTEMS, VERSION_SCHEMES } from '../../../src/deps/advisories/version-scheme.ts';

const PYPI = [
  ...[
    '0',
    '0.0',
    '0.0.0.1',
    '1',
    '1.0',
    '1.0.0',
    '1.0.1',
    '1.10',
    '1.9',
    '01.2',
    '1.2.3.4.5',
    '999999999999999',
  ],
  ...[
    '1.dev0',
    '1.0.dev1',
    '1a',
    '1a0',
    '1.0a1',
    '1.0a1.dev3',
    '1.0a1.post2',
    '1.0a1.post2.dev4',
    '1.0alpha10',
  ],
  ...[
    '1.0b1',
    '1.0c1',
    '1.0rc1',
    '1.0.preview1',
    '1.0RC2',
    '1.0-1',
    '1.0.post0',
    '1.0.post1',
    '1.0.post1.dev2',
  ],
  ...['1!0.1', '1!1', '2!0', 'v1.0', '1.0.post10', '1.0rc10', '1.1.dev1', '2024.1.2', '20240101'],
];

const NPM = [
  ...[
    '0.0.0',
    '0.0.1',
    '0.1.0',
    '1.0.0',
    '1.0.10',
    '1.0.9',
    '10.0.0',
    '9.9.9',
    'v1.0.0',
    '=1.0.0',
    '1.0.0+build',
  ],
  ...[
    '1.0.0-0',
    '1.0.0-1',
    '1.0.0-10',
    '1.0.0-9',
    '1.0.0-a',
    '1.0.0-a.1',
    '1.0.0-a.b',
    '1.0.0-a-b',
    '1.0.0-a0',
  ],
  ...[
    '1.0.0-A',
    '1.0.0-rc.1',
    '1.0.0-rc.10',
    '1.0.0-rc.2',
    '1.0.0-rc.2.1',
    '1.0.0-rc.beta',
    '1.0.0--',
    '1.0.0-1.a',
  ],
];

describe('keys of versions', () => {
  it.each([
    ['PyPI', PYPI],
    ['npm', NPM],
  ] as const)('sort as the versions of %s do', (ecosystem, versions) => {
    const { compare, sortKey } = VERSION_SCHEMES[ecosystem];
    for (const a of versions)
      for (const b of versions) {
        const [keyA, keyB] = [sortKey(a)!, sortKey(b)!];
        expect(Math.sign(compare(a, b)), `${a} ${b}`).toBe(keyA < keyB ? -1 : keyA > keyB ? 1 : 0);
      }
  });

  it.each(AUDITED_ECOSYSTEMS)(
    'are not made in %s of what is none, or compares in another way',
    (ecosystem) => {
      const { sortKey } = VERSION_SCHEMES[ecosystem];
      for (const version of [
        '',
        '.',
        '1.',
        '1..2',
        'latest',
        '1.0-foo-bar',
        '1'.repeat(10_000),
        '1.0.9007199254740993',
      ])
        expect(sortKey(version), version).toBeNull();
      expect(VERSION_SCHEMES.PyPI.sortKey('1.0+0x10')).toBeNull();
      expect(VERSION_SCHEMES.npm.sortKey('1.0.0-9007199254740993')).toBeNull();
    },
  );
});
