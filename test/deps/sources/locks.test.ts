import { describe, expect, it } from 'vitest';
import { findingsOf, withoutTools } from './audit.ts';

withoutTools();

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

function npmLock(folder: string, entry: Readonly<Record<string, unknown>>): string {
  const packages = { [folder]: { version: '4.17.21', integrity: INTEGRITY, ...entry } };
  return JSON.stringify({ lockfileVersion: 3, packages }, null, 1);
}

function npm1Lock(name: string, entry: Readonly<Record<string, unknown>>): string {
  const dependencies = { [name]: { version: '4.17.21', integrity: INTEGRITY, ...entry } };
  return JSON.stringify({ lockfileVersion: 1, dependencies }, null, 1);
}

function yarnLock(key: string, resolved: string): string {
  return `# yarn lockfile v1\n\n${key}:\n  version "4.17.21"\n  resolved "${resolved}"\n  integrity ${INTEGRITY}\n`;
}

function pnpmLock(key: string, tarball: string): string {
  return `lockfileVersion: '9.0'\npackages:\n  ${key}:\n    resolution: {integrity: ${INTEGRITY}, tarball: ${tarball}}\n`;
}

function bunLock(id: string, address: string): string {
  return `{ "lockfileVersion": 1, "packages": {\n "lodash": ["${id}", "${address}", {}, "${INTEGRITY}"],\n} }`;
}

const EVIL = 'https://registry.npmjs.org/evil-decoy/-/evil-decoy-1.0.0.tgz';

describe('dependency-lock-mismatch', () => {
  it.each([
    ['package-lock.json', npmLock('node_modules/lodash', { resolved: EVIL }), 4],
    ['npm-shrinkwrap.json', npmLock('node_modules/a/node_modules/lodash', { resolved: EVIL }), 4],
    ['package-lock.json', npm1Lock('lodash', { resolved: EVIL }), 4],
    ['yarn.lock', yarnLock('lodash@^4.17.0, lodash@^4.17.15', `${EVIL}#${'a'.repeat(40)}`), 3],
    ['pnpm-lock.yaml', pnpmLock('lodash@4.17.21', EVIL), 3],
    ['bun.lock', bunLock('lodash@4.17.21', EVIL), 2],
  ])('is found in %s', async (path, lock, startLine) => {
    expect(await findingsOf('dependency-lock-mismatch', { [path]: lock })).toMatchObject([
      {
        severity: 'high',
        kind: 'contradiction',
        location: { path, startLine },
        message: `${path} locks lodash 4.17.21 and fetches the archive of another package for it: evil-decoy.`,
      },
    ]);
  });

  it.each([
    [
      'a scope of somebody else',
      'node_modules/@babel/core',
      'https://registry.npmjs.org/@bable-decoy/core/-/core-7.0.0.tgz',
      '@bable-decoy/core',
    ],
    [
      'a scope left out',
      'node_modules/@babel/core',
      'https://registry.npmjs.org/core/-/core-7.0.0.tgz',
      'core',
    ],
    [
      'steps up',
      'node_modules/lodash',
      'https://registry.npmjs.org/lodash/-/../../evil-decoy/-/evil-decoy-1.0.0.tgz',
      'evil-decoy',
    ],
    [
      'letters written as numbers',
      'node_modules/lodash',
      'https://registry.npmjs.org/%65vil-decoy/-/evil-decoy-1.0.0.tgz',
      'evil-decoy',
    ],
    [
      'an archive called as the package',
      'node_modules/lodash',
      'https://registry.npmjs.org/evil-decoy/-/lodash-4.17.21.tgz',
      'evil-decoy',
    ],
    [
      'a mirror',
      'node_modules/lodash',
      'https://mirror.example/api/npm/npm/evil-decoy/-/evil-decoy-1.0.0.tgz',
      'evil-decoy',
    ],
  ])('sees through %s', async (_what, folder, resolved, fetched) => {
    const lock = npmLock(folder, { resolved });
    const [found, ...more] = await findingsOf('dependency-lock-mismatch', { 'package-lock.json': lock });
    expect(more).toEqual([]);
    expect(found?.message).toMatch(new RegExp(`for it: ${fetched}\\.$`));
  });

  it.each([
    [
      'the package itself',
      npmLock('node_modules/lodash', { resolved: 'https://registry.npmjs.org/lodash/-/lodash-4.17.21.tgz' }),
    ],
    [
      'an alias',
      npmLock('node_modules/safe', {
        name: 'lodash',
        resolved: 'https://registry.npmjs.org/lodash/-/lodash-4.17.21.tgz',
      }),
    ],
    [
      'an alias of old locks',
      npm1Lock('safe', {
        version: 'npm:lodash@4.17.21',
        resolved: 'https://registry.npmjs.org/lodash/-/lodash-4.17.21.tgz',
      }),
    ],
    [
      'a scope',
      npmLock('node_modules/@types/node', {
        resolved: 'https://registry.npmjs.org/@types/node/-/node-20.0.0.tgz',
      }),
    ],
    [
      'a scope with %2f',
      npmLock('node_modules/@types/node', {
        resolved: 'https://registry.npmjs.org/@types%2fnode/-/node-20.0.0.tgz',
      }),
    ],
    [
      'Artifactory',
      npmLock('node_modules/lodash', {
        resolved: 'https://art.example/artifactory/api/npm/npm/lodash/-/lodash-4.17.21.tgz',
      }),
    ],
    [
      'a scope in Artifactory',
      npmLock('node_modules/@s/a', { resolved: 'https://art.example/api/npm/npm/@s/a/-/@s/a-4.17.21.tgz' }),
    ],
    [
      'packages of GitHub',
      npmLock('node_modules/@o/a', {
        resolved: `https://npm.pkg.github.com/download/@o/a/1.0.0/${'0'.repeat(40)}`,
      }),
    ],
    [
      'an archive of a repository',
      npmLock('node_modules/lodash', {
        resolved: `https://codeload.github.com/o/other/tar.gz/${'0'.repeat(40)}`,
      }),
    ],
    [
      'a page with `/-/` in its path',
      npmLock('node_modules/lodash', { resolved: 'https://git.example/group/project/-/archive.tgz' }),
    ],
    [
      'a repository',
      npmLock('node_modules/lodash', { resolved: 'git+ssh://git@git.example/other/-/other-1.0.git#0123456' }),
    ],
    [
      'an address that is none',
      npmLock('node_modules/lodash', { resolved: 'https://[/evil/-/evil-1.0.tgz' }),
    ],
    ['an entry without an address', npmLock('node_modules/lodash', {})],
  ])('is quiet about %s', async (_what, lock) => {
    expect(await findingsOf('dependency-lock-mismatch', { 'package-lock.json': lock })).toEqual([]);
  });

  it.each([
    [
      'an alias of Yarn',
      'yarn.lock',
      yarnLock(
        '"string-width-cjs@npm:string-width@^4.2.0", string-width@^4.1.0',
        'https://registry.yarnpkg.com/string-width/-/string-width-4.2.3.tgz',
      ),
    ],
    [
      'a replacement by the project',
      'yarn.lock',
      yarnLock(
        'rollup@^2.0.0, "rollup@npm:@rollup/wasm-node"',
        'https://registry.yarnpkg.com/@rollup/wasm-node/-/wasm-node-4.0.0.tgz',
      ),
    ],
    [
      'an address that is asked for',
      'yarn.lock',
      yarnLock(
        '"lodash@https://registry.npmjs.org/other/-/other-1.0.0.tgz"',
        'https://registry.npmjs.org/other/-/other-1.0.0.tgz',
      ),
    ],
    [
      'a registry of pnpm',
      'pnpm-lock.yaml',
      pnpmLock("'@o/a@1.0.0'", `https://npm.pkg.github.com/download/@o/a/1.0.0/${'0'.repeat(40)}`),
    ],
    ['the usual registry of bun', 'bun.lock', bunLock('lodash@4.17.21', '')],
  ])('is quiet about %s (%s)', async (_what, path, lock) => {
    expect(await findingsOf('dependency-lock-mismatch', { [path]: lock })).toEqual([]);
  });

  it('stops telling entries one by one', async () => {
    const packages = Object.fromEntries(
      Array.from({ length: 80 }, (_, at) => [
        `node_modules/a${String(at)}`,
        { version: '1.0.0', resolved: EVIL },
      ]),
    );
    const lock = JSON.stringify({ lockfileVersion: 3, packages });
    expect(await findingsOf('dependency-lock-mismatch', { 'package-lock.json': lock })).toHaveLength(50);
  });
});

describe('dependency-deprecated', () => {
  it.each([
    [
      'package-lock.json',
      npmLock('node_modules/request', { deprecated: 'request has been\u001b[31m\ndeprecated' }),
      4,
    ],
    [
      'pnpm-lock.yaml',
      `${pnpmLock('request@4.17.21', 'https://registry.npmjs.org/request/-/request-4.17.21.tgz')}    deprecated: request has been [31m deprecated\n`,
      3,
    ],
  ])('says what the maker says in %s, without control characters', async (path, lock, startLine) => {
    expect(await findingsOf('dependency-deprecated', { [path]: lock })).toMatchObject([
      {
        severity: 'info',
        location: { path, startLine },
        message:
          'Locks versions that their makers call deprecated: request 4.17.21 (“request has been [31m deprecated”).',
      },
    ]);
  });

  it('is one note a lock, with the first names', async () => {
    const packages = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [
        `node_modules/${name}`,
        { version: '1.0.0', deprecated: 'x'.repeat(500) },
      ]),
    );
    const lock = JSON.stringify({ lockfileVersion: 3, packages });
    const [found, ...more] = await findingsOf('dependency-deprecated', { 'package-lock.json': lock });
    expect(more).toEqual([]);
    expect(found?.message).toMatch(/a 1\.0\.0 \(“x{120}…”\), b .*, c .* and 2 more\.$/);
  });

  it('is quiet about what is not deprecated', async () => {
    const lock = npmLock('node_modules/deprecated', { deprecated: false, description: 'deprecated' });
    expect(await findingsOf('dependency-deprecated', { 'package-lock.json': lock })).toEqual([]);
  });
});
