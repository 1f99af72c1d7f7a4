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
      { location: { startLine: 8 }, message: 'uv.lock gives digests for 1 packages and none for b.' },
    ]);
  });

  const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
  const npmLock = (
    b: Readonly<Record<string, unknown>>,
    a: Readonly<Record<string, unknown>> = { integrity: INTEGRITY },
  ): string =>
    JSON.stringify(
      {
        lockfileVersion: 3,
        packages: {
          'node_modules/a': { version: '1.0.0', ...a },
          'node_modules/b': { version: '1.0.0', ...b },
        },
      },
      null,
      1,
    );
  const npm1Lock = (b: Readonly<Record<string, unknown>>): string =>
    JSON.stringify({
      lockfileVersion: 1,
      dependencies: { a: { version: '1.0.0', integrity: INTEGRITY }, b: { version: '1.0.0', ...b } },
    });
  const yarnLock = (b: string): string =>
    `a@^1.0.0:\n  version "1.0.0"\n  resolved "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz"\n  integrity ${INTEGRITY}\n\n${b}\n`;
  const pnpmLock = (key: string, resolution: string): string =>
    `lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    resolution: {integrity: ${INTEGRITY}}\n  ${key}:\n    resolution: {${resolution}}\n`;

  it.each([
    ['package-lock.json', npmLock({ resolved: 'https://registry.npmjs.org/b/-/b-1.0.0.tgz' }), 8],
    ['npm-shrinkwrap.json', npmLock({ resolved: 'https://registry.npmjs.org/b/-/b-1.0.0.tgz' }), 8],
    ['package-lock.json', npm1Lock({}), 1],
    [
      'yarn.lock',
      yarnLock('b@^1.0.0:\n  version "1.0.0"\n  resolved "https://registry.yarnpkg.com/b/-/b-1.0.0.tgz"'),
      6,
    ],
    ['pnpm-lock.yaml', pnpmLock('b@1.0.0', 'tarball: https://registry.npmjs.org/b/-/b-1.0.0.tgz'), 5],
  ])('names the entries of %s', async (path, lock, startLine) => {
    expect(await findingsOf('dependency-unhashed', { [path]: lock })).toMatchObject([
      { location: { startLine }, message: `${path} gives digests for 1 packages and none for b.` },
    ]);
  });

  it('is one finding a lock, with the first names', async () => {
    const packages = Object.fromEntries([
      ['node_modules/a', { version: '1.0.0', integrity: INTEGRITY }],
      ...['b', 'c', 'd', 'e', 'f'].map((name) => [`node_modules/${name}`, { version: '1.0.0' }]),
    ]) as Record<string, unknown>;
    const lock = JSON.stringify({ lockfileVersion: 3, packages });
    expect(await findingsOf('dependency-unhashed', { 'package-lock.json': lock })).toMatchObject([
      { message: 'package-lock.json gives digests for 1 packages and none for b, c, d and 2 more.' },
    ]);
  });

  it('does not take the digest of one lock for that of another', async () => {
    const files = {
      'package-lock.json': npmLock({}),
      'yarn.lock': yarnLock(`b@^1.0.0:\n  version "1.0.0"\n  integrity ${INTEGRITY}`),
    };
    expect(await findingsOf('dependency-unhashed', files)).toMatchObject([
      { location: { path: 'package-lock.json' } },
    ]);
  });

  it.each([
    ['links', 'package-lock.json', npmLock({ link: true, resolved: 'packages/b' })],
    [
      'repositories',
      'package-lock.json',
      npmLock({ resolved: `git+ssh://git@code.example/b.git#${'0'.repeat(40)}` }),
    ],
    ['archives of the tree', 'package-lock.json', npmLock({ resolved: 'file:vendor/b.tgz' })],
    ['what is bundled, in old locks', 'package-lock.json', npm1Lock({ bundled: true })],
    ['addresses, in old locks', 'package-lock.json', npm1Lock({ version: 'https://files.example/b.tgz' })],
    ['a lock without any', 'package-lock.json', npmLock({}, {})],
    [
      'SHA-1 behind the address',
      'yarn.lock',
      yarnLock(
        `b@^1.0.0:\n  version "1.0.0"\n  resolved "https://registry.yarnpkg.com/b/-/b-1.0.0.tgz#${'a'.repeat(40)}"`,
      ),
    ],
    [
      'repositories of Yarn',
      'yarn.lock',
      yarnLock(
        '"b@git+https://code.example/b.git":\n  version "1.0.0"\n  resolved "git+https://code.example/b.git#0123"',
      ),
    ],
    ['folders of pnpm', 'pnpm-lock.yaml', pnpmLock("'b@file:b'", 'directory: b, type: directory')],
    [
      'repositories of pnpm',
      'pnpm-lock.yaml',
      pnpmLock(
        `'b@https://codeload.github.com/o/b/tar.gz/${'0'.repeat(40)}'`,
        `tarball: https://codeload.github.com/o/b/tar.gz/${'0'.repeat(40)}`,
      ),
    ],
  ])('is quiet about %s in locks of npm packages (%s)', async (_what, path, lock) => {
    expect(await findingsOf('dependency-unhashed', { [path]: lock })).toEqual([]);
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
