import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../src/deps/sources/address.ts';
import { findingsOf, withoutTools } from './audit.ts';

withoutTools();

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

describe('readAddress', () => {
  it.each([
    [`git+https://code.example/a/b@${COMMIT}#egg=b`, 'fixed', COMMIT],
    [`git+https://code.example/a/b.git?rev=main#${COMMIT}`, 'fixed', COMMIT],
    [`git+ssh://git@code.example/a/b.git#${COMMIT}`, 'fixed', COMMIT],
    [`github:a/b#${COMMIT}`, 'fixed', COMMIT],
    ['git+https://code.example/a/b@v1.2.3', 'tag', 'v1.2.3'],
    ['git+https://code.example/a/b@release-2.0', 'tag', 'release-2.0'],
    ['a/b#semver:1.2.3', 'tag', '1.2.3'],
    ['git+https://code.example/a/b?tag=1.2#egg=b', 'tag', '1.2'],
    ['git+https://code.example/a/b@main', 'moving', 'main'],
    ['git+https://code.example/a/b@0123456', 'moving', '0123456'],
    ['git+https://code.example/a/b#egg=b&subdirectory=c', 'moving', null],
    ['git+https://user@code.example/a/b', 'moving', null],
    ['git@code.example:a/b.git', 'moving', null],
    ['a/b', 'moving', null],
  ])('tells what of a repository %s stands for', (address, firmness, ref) => {
    expect(readAddress(address)).toMatchObject({ isGit: true, firmness, ref });
  });

  it.each([
    [`https://files.example/a-1.0-py3-none-any.whl#sha256=${'a'.repeat(64)}`, 'fixed'],
    [`https://code.example/a/b/archive/${COMMIT}.zip`, 'fixed'],
    ['https://files.example/a-1.0.tar.gz', 'unchecked'],
    ['https://files.example/a-1.0.tar.gz#egg=a', 'unchecked'],
  ])('tells whether an archive can change: %s', (address, firmness) => {
    expect(readAddress(address)).toMatchObject({ isGit: false, firmness });
  });

  it('takes no longer than a glance at long and hostile texts', () => {
    const started = performance.now();
    for (const address of [
      `git+https://a/${'@'.repeat(50_000)}`,
      `a/b#${'1.'.repeat(20_000)}x!`,
      '1-'.repeat(50_000),
    ])
      readAddress(address);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('dependency-moving-ref', () => {
  it('asks for a commit where a branch, a tag or nothing is named', async () => {
    const found = await findingsOf('dependency-moving-ref', {
      'requirements.txt': 'b @ git+https://code.example/a/b@main\nc @ git+https://code.example/a/c@v1.2.3\n',
      'package.json': '{"dependencies": {"d": "owner/d"}}',
    });
    expect(
      found.map(
        ({ severity, message, location: { path, startLine } }) =>
          `${path}:${String(startLine)} ${severity} ${message}`,
      ),
    ).toEqual([
      'requirements.txt:1 medium b comes from a repository at main, which moves: git+https://code.example/a/b@main',
      'requirements.txt:2 low c comes from a repository at the tag v1.2.3, which can be moved: git+https://code.example/a/c@v1.2.3',
      'package.json:1 medium d comes from a repository at whatever its default branch holds: owner/d',
    ]);
  });

  it('is quiet about a full commit, an archive and a path', async () => {
    const files = {
      'requirements.txt': `b @ git+https://code.example/a/b@${COMMIT}\nc @ https://files.example/c-1.0.zip\n-e ./d\n`,
    };
    expect(await findingsOf('dependency-moving-ref', files)).toEqual([]);
    const urls = await findingsOf('dependency-url', files);
    expect(urls.map(({ severity }) => severity)).toEqual(['low', 'medium']);
  });

  it('leaves what is fetched without encryption to dependency-url', async () => {
    const files = { 'requirements.txt': 'b @ git+http://code.example/a/b@main\n' };
    expect(await findingsOf('dependency-moving-ref', files)).toEqual([]);
    expect(await findingsOf('dependency-url', files)).toMatchObject([{ severity: 'medium' }]);
  });
});
