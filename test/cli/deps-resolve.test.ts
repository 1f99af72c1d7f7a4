import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plantTool } from '../deps/tools/fake-tool.ts';
import { sbx } from '../support/sbx.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbx-test-cli-resolve-'));
  await writeFile(join(folder, 'requirements.txt'), 'flask<2.2\n');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('sbx deps --resolve', () => {
  it('is refused without --online: names would have to leave the machine', async () => {
    const { status, stdout, stderr } = await sbx(['deps', folder, '--resolve']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--resolve asks the package index: give --online with it');
  });

  it('says in the report what would be installed, and marks it (a fake uv answers)', async () => {
    await plantTool(
      folder,
      'uv',
      'test "$1" = --version && echo "uv 0.13.8" && exit; cat > /dev/null; echo flask==2.1.3',
    );
    const { stdout } = await sbx(
      ['deps', join(folder, 'requirements.txt'), '--online', '--resolve', '--format', 'json'],
      {
        environment: {
          SBX_TOOLS_BIN: join(folder, 'bin'),
          SBX_CACHE_DIR: join(folder, 'cache'),
          PATH: '/usr/bin:/bin',
        },
      },
    );
    const report = JSON.parse(stdout) as {
      dependencies: {
        packages: { name: string; version: string | null; resolvedAsOf?: string }[];
        coverage: { tools: { id: string; status: string }[] };
      };
    };
    const { packages, coverage } = report.dependencies;
    expect(packages.map(({ version, resolvedAsOf }) => [version, resolvedAsOf === undefined])).toEqual([
      [null, true],
      ['2.1.3', false],
    ]);
    expect(coverage.tools.find(({ id }) => id === 'uv')).toMatchObject({ status: 'ok' });
  });
});
