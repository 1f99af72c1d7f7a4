import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TargetFile } from '../../src/model/target.ts';
import { isOrphan, ownedName, privateFolder, stageFiles, sweepFolders } from '../../src/sandbox/staging.ts';
import { temporaryFolder } from '../support/temporary.ts';

function file(path: string, text: string | null, executable = false): TargetFile {
  const content = text === null ? null : Buffer.from(text);
  return { path, size: content?.length ?? 0, digest: null, executable, content };
}

it('lays out files so that another user can read them and run what may be run', async () => {
  const folder = join(temporaryFolder(), 'target');
  const files = [file('a/b/c.txt', 'text'), file('run.sh', 'true', true), file('opaque', null)];
  expect(await stageFiles(files, folder)).toBe(2);
  expect(readFileSync(join(folder, 'a/b/c.txt'), 'utf8')).toBe('text');
  expect(statSync(join(folder, 'a/b')).mode & 0o777).toBe(0o755);
  expect(statSync(join(folder, 'a/b/c.txt')).mode & 0o777).toBe(0o644);
  expect(statSync(join(folder, 'run.sh')).mode & 0o777).toBe(0o755);
});

it.each(['../out', 'a/../../out', '/abs', 'a//b', './a', 'a\0b'])('refuses the path %j', async (path) => {
  const parent = temporaryFolder();
  const staging = stageFiles([file(path, 'x')], join(parent, 'target'));
  await expect(staging).rejects.toMatchObject({ kind: 'sandbox', code: 'staging-failed' });
  expect(existsSync(join(parent, 'out'))).toBe(false);
});

it('sweeps the folders of processes that are gone, and no others', async () => {
  const [, namespace, pid, start] = ownedName().split('-');
  const dead = join(tmpdir(), `sbx-${namespace}-${pid}-${Number(start) - 1}-0123456789ab`);
  const elsewhere = join(tmpdir(), `sbx-1-${pid}-${Number(start) - 1}-0123456789ab`);
  const own = await privateFolder();
  mkdirSync(dead);
  mkdirSync(elsewhere);
  await sweepFolders();
  expect([dead, elsewhere, own].map((path) => existsSync(path))).toEqual([false, true, true]);
  for (const path of [elsewhere, own]) rmSync(path, { recursive: true });
});

it('does not take a name of another making for an orphan', () => {
  for (const name of ['sbx-test-abc', 'sbx-1-2-3', 'other', ownedName()]) expect(isOrphan(name)).toBe(false);
});
