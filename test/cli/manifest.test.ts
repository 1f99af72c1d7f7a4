import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseChecked } from '../../src/manifest/document.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

const CODE =
  'import os, urllib.request\nurllib.request.urlopen("https://api.example/v1")\nos.getenv("GRID_SEED")\n';

describe('sbx manifest init', () => {
  it('writes a valid manifest of what the code does, and does not overwrite it unasked', async () => {
    const folder = writeTree({ 'grid.py': CODE });
    const first = await sbx(['manifest', 'init', folder]);
    expect(first.status, first.stderr).toBe(0);
    const text = readFileSync(join(folder, 'sbx.manifest.yaml'), 'utf8');
    const { value, problems } = parseChecked(text, 'manifest');
    expect(problems).toEqual([]);
    expect(value).toMatchObject({
      capabilities: { 'net.connect': ['api.example'], 'env.read': ['GRID_SEED'] },
    });
    const second = await sbx(['manifest', 'init', folder]);
    expect(second.status).toBe(2);
    expect(second.stderr).toContain('Give --force to overwrite it');
    expect((await sbx(['manifest', 'init', folder, '--force'])).status).toBe(0);
  });

  it('declares enough that the same code no longer contradicts it, and more code does', async () => {
    const folder = writeTree({ 'grid.py': CODE });
    await sbx(['manifest', 'init', folder]);
    const agreed = await sbx(['vet', folder, '--backend', 'none', '--format', 'json']);
    expect(agreed.status).toBe(0);
    writeTree(
      { 'more.py': 'import urllib.request\nurllib.request.urlopen("https://other.example/")\n' },
      folder,
    );
    const undeclared = await sbx(['vet', folder, '--backend', 'none', '--format', 'json']);
    expect(undeclared.status).toBe(3);
    expect(JSON.parse(undeclared.stdout)).toMatchObject({
      verdict: { decision: 'review', reasons: [{ code: 'contradiction' }, {}] },
    });
    const limit = join(
      writeTree({ 'limit.yaml': 'schema: sbx.manifest/1\ncapabilities: {}\n' }),
      'limit.yaml',
    );
    const held = await sbx(['vet', folder, '--backend', 'none', '--manifest', limit]);
    expect(held.status).toBe(1);
  });

  it('prints instead of writing when asked to', async () => {
    const folder = writeTree({ 'grid.py': CODE });
    const { stdout } = await sbx(['manifest', 'init', folder, '--output', '-']);
    expect(parseChecked(stdout, 'manifest').problems).toEqual([]);
    expect(existsSync(join(folder, 'sbx.manifest.yaml'))).toBe(false);
  });
});

describe('sbx manifest validate', () => {
  it('says FILE:LINE:COLUMN: message per error and ends with 1', async () => {
    const folder = writeTree({
      'sbx.manifest.yaml': 'schema: sbx.manifest/1\nkinds: skill\nresources:\n  pids: none\n',
    });
    const file = join(folder, 'sbx.manifest.yaml');
    const { status, stdout } = await sbx(['manifest', 'validate', folder]);
    expect(status).toBe(1);
    expect(stdout).toBe(
      `${file}:2:1: unknown key "kinds" in the document; did you mean "kind"?\n${file}:4:9: resources.pids must be of type integer\n`,
    );
  });

  it('ends with 0 for a valid one, named by its folder or by itself', async () => {
    const folder = writeTree({ 'sbx.manifest.json': '{"schema":"sbx.manifest/1"}' });
    expect(await sbx(['manifest', 'validate', folder])).toMatchObject({ status: 0, stdout: '' });
    expect(await sbx(['manifest', 'validate', join(folder, 'sbx.manifest.json')])).toMatchObject({
      status: 0,
      stdout: '',
    });
  });

  it('ends with 2 when there is none', async () => {
    expect((await sbx(['manifest', 'validate', writeTree({ a: '' })])).status).toBe(2);
    expect((await sbx(['manifest', 'validate', '/nonexistent'])).status).toBe(2);
  });
});

it('sbx manifest show lists every claim with where it stands', async () => {
  const folder = writeTree({ 'SKILL.md': '---\nname: x\nallowed-tools: Read, Bash(git:*)\n---\n\nText.\n' });
  const { status, stdout } = await sbx(['manifest', 'show', folder, '--format', 'json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual([
    { unit: '.', capability: 'fs.read', detail: '**', source: 'SKILL.md' },
    { unit: '.', capability: 'proc.exec', detail: 'git', source: 'SKILL.md' },
  ]);
});
