import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRepository } from '../../src/sandbox/plan/sample-repository.ts';
import { IS_CI } from '../support/capabilities.ts';
import { temporaryFolder } from '../support/temporary.ts';

function git(folder: string, ...words: readonly string[]): string {
  return execFileSync('git', ['-c', 'safe.directory=*', '-C', folder, ...words], { encoding: 'utf8' });
}

const hasGit = ((): boolean => {
  try {
    return git('.', '--version') !== '';
  } catch {
    return false;
  }
})();

describe.skipIf(!IS_CI && !hasGit)('the sample working copy', () => {
  it('is one that git takes for sound and clean', async () => {
    const folder = temporaryFolder();
    await writeRepository(folder);
    const place = join(folder, 'repository');
    expect(git(place, 'status', '--porcelain')).toBe('');
    expect(git(place, 'log', '--format=%s %an', 'main')).toBe('Begin User\n');
    expect(git(place, 'fsck', '--strict', '--full')).toBe('');
    expect(git(place, 'show', 'HEAD:README.md')).toBe('# A project\n');
  });
});
