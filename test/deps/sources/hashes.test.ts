import { describe, expect, it } from 'vitest';
import { findingsOf, withoutTools } from './audit.ts';

withoutTools();

const SHA256 = `sha256:${'a'.repeat(64)}`;

function uvLock(...packages: { name: string; isHashed: boolean }[]): string {
  return [
    'version = 1',
    ...packages.map(({ name, isHashed }) =>
      [
        '[[package]]',
        `name = "${name}"`,
        'version = "1.0"',
        'source = { registry = "https://pypi.org/simple" }',
        `sdist = { url = "https://files.example/${name}.tar.gz"${isHashed ? `, hash = "${SHA256}"` : ''} }`,
      ].join('\n'),
    ),
  ].join('\n');
}

describe('dependency-unhashed', () => {
  it('names the lines of a list that have no digest while others have', async () => {
    const found = await findingsOf('dependency-unhashed', {
      'requirements.txt': `a==1.0 --hash=${SHA256}\nb==1.0\nc==1.0\n`,
    });
    expect(found).toMatchObject([
      {
        severity: 'low',
        location: { path: 'requirements.txt', startLine: 2 },
        message: 'requirements.txt gives digests for 1 packages and none for b, c.',
      },
    ]);
  });

  it('names the entries of a lock', async () => {
    const lock = uvLock({ name: 'a', isHashed: true }, { name: 'b', isHashed: false });
    expect(await findingsOf('dependency-unhashed', { 'uv.lock': lock })).toMatchObject([
      { location: { startLine: 7 }, message: 'uv.lock gives digests for 1 packages and none for b.' },
    ]);
  });

  it.each([
    ['a list without any', { 'requirements.txt': 'a==1.0\nb==1.0\n' }],
    ['a list with all', { 'requirements.txt': `a==1.0 --hash=${SHA256}\nb==1.0 --hash=${SHA256}\n` }],
    [
      'a folder of the target among hashed lines',
      { 'requirements.txt': `a==1.0 --hash=${SHA256}\n-e ./b\n` },
    ],
    ['a lock with all', { 'uv.lock': uvLock({ name: 'a', isHashed: true }, { name: 'b', isHashed: true }) }],
    ['a lock without any', { 'uv.lock': uvLock({ name: 'a', isHashed: false }) }],
    [
      'what comes bundled in a package of npm',
      {
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: {
            'node_modules/a': { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` },
            'node_modules/a/node_modules/b': { version: '1.0.0', inBundle: true },
          },
        }),
      },
    ],
  ])('is quiet about %s', async (_what, files) => {
    expect(await findingsOf('dependency-unhashed', files as Record<string, string>)).toEqual([]);
  });
});

describe('dependency-install-script', () => {
  const lock = (...names: string[]): string =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: Object.fromEntries(
        names.map((name) => [
          `node_modules/${name}`,
          { version: '1.0.0', hasInstallScript: name !== 'quiet' },
        ]),
      ),
    });

  it('is one note a lock', async () => {
    const files = { 'package-lock.json': lock('a', 'b', 'c', 'd', 'e', 'f', 'quiet') };
    expect(await findingsOf('dependency-install-script', files)).toMatchObject([
      {
        severity: 'info',
        kind: 'coverage',
        message:
          'Run a script of their own when they are installed: a 1.0.0, b 1.0.0, c 1.0.0, d 1.0.0, e 1.0.0 and 1 more.',
      },
    ]);
  });

  it('is quiet about packages without one', async () => {
    expect(await findingsOf('dependency-install-script', { 'package-lock.json': lock('quiet') })).toEqual([]);
  });
});
