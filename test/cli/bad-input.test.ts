import { spawnSync } from 'node:child_process';
import { chmodSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROGRAM, sbx } from '../support/sbx.ts';
import type { Finished } from '../support/sbx.ts';
import { temporaryFolder, writeTree } from '../support/temporary.ts';

/** One clear line on standard error, and never a stack trace anywhere. */
function expectOneLine({ stdout, stderr }: Finished, pattern: RegExp): void {
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(pattern);
  expect(stdout + stderr).not.toMatch(/^\s+at .*[:(]\d+/m);
}

describe('what cannot be judged at all ends with 2', () => {
  it.each([
    [
      'a missing path',
      ['scan', '/nonexistent/target'],
      /^sbx: \/nonexistent\/target: no such file or folder/,
    ],
    ['an unknown option', ['scan', '.', '--nope'], /^sbx: unknown option '--nope'/],
    ['an unknown command', ['vte', '.'], /^sbx: unknown command 'vte'.*vet/],
    ['a missing argument', ['vet'], /^sbx: missing required argument 'target'/],
    ['a bad choice', ['scan', '.', '--format', 'xml'], /^sbx: .*'xml' is invalid.*terminal, json/],
    ['an unknown backend', ['vet', '.', '--backend', 'chroot'], /^sbx: .*'chroot' is invalid/],
    [
      'a missing policy',
      ['scan', '.', '--policy', '/nonexistent.yaml'],
      /^sbx: \/nonexistent\.yaml: the policy cannot be read/,
    ],
    [
      'an output folder that is not there',
      ['scan', '.', '--output', '/nonexistent/x.json'],
      /^sbx: \/nonexistent does not exist/,
    ],
    [
      'both online and offline',
      ['deps', '.', '--online', '--offline'],
      /^sbx: give either --online or --offline/,
    ],
    ['rules from nowhere', ['scan', '.', '--rules', '/nonexistent'], /^sbx: .*\/nonexistent/],
  ])('%s', async (_name, args, pattern) => {
    const result = await sbx(args, { cwd: writeTree({ 'a.txt': 'x' }) });
    expect(result.status).toBe(2);
    expect(result.stdout).toBe('');
    expectOneLine(result, pattern);
  });

  it.each([
    [
      'an unknown key',
      'schema: sbx.policy/1\nrejects: []\n',
      /^sbx: .*policy\.yaml:2:1: unknown key "rejects".*did you mean "reject"/,
    ],
    ['no YAML', 'a: [b\n', /^sbx: .*policy\.yaml:\d+:\d+: /],
  ])('a policy with %s', async (_name, text, pattern) => {
    const folder = writeTree({ 'policy.yaml': text, 'a.txt': 'x' });
    const result = await sbx(['scan', folder, '--policy', join(folder, 'policy.yaml')]);
    expect(result.status).toBe(2);
    expectOneLine(result, pattern);
  });

  it('a manifest of the operator that is not YAML', async () => {
    const folder = writeTree({ 'limit.yaml': '{{{', 'a.txt': 'x' });
    const result = await sbx(['scan', folder, '--manifest', join(folder, 'limit.yaml')]);
    expect(result.status).toBe(2);
    expectOneLine(result, /limit\.yaml:\d+:\d+: /);
  });
});

describe('what could not be looked at ends with 4', () => {
  it('an empty folder', async () => {
    const result = await sbx(['scan', temporaryFolder()]);
    expect(result.status).toBe(4);
    expectOneLine(result, /^sbx: incomplete: nothing was found to judge/);
  });

  it('a file of zeros', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'zeros'), Buffer.alloc(100_000));
    const result = await sbx(['scan', folder]);
    expect(result.status).toBe(4);
    expectOneLine(result, /^sbx: incomplete: /);
  });

  it('a sparse file of 1 GB', async () => {
    const folder = writeTree({ huge: '' });
    truncateSync(join(folder, 'huge'), 1024 ** 3);
    const result = await sbx(['scan', folder]);
    expect(result.status).toBe(4);
    expectOneLine(result, /^sbx: incomplete: .*huge/);
  });

  it('a broken zip', async () => {
    const result = await sbx([
      'scan',
      join(writeTree({ 'x.zip': 'PK\u0003\u0004 and then nothing' }), 'x.zip'),
    ]);
    expect(result.status).toBe(4);
    expectOneLine(result, /^sbx: incomplete: .*not a readable zip archive/);
  });

  it('a manifest in the target that is not YAML', async () => {
    const folder = writeTree({ 'sbx.manifest.yaml': '{{{ no', 'a.txt': 'x' });
    const result = await sbx(['vet', folder, '--backend', 'none']);
    expect(result.status).toBe(4);
    expectOneLine(result, /^sbx: incomplete: sbx\.manifest\.yaml is not a valid manifest/);
  });

  it.each([
    ['a folder without permission to read', 'locked'],
    ['a folder that holds a file and a folder without permission', '.'],
  ])('%s', (_name, path) => {
    const folder = writeTree({ 'locked/a.py': 'x', 'secret.py': 'y', 'open.py': 'z' });
    chmodSync(join(folder, 'locked'), 0);
    chmodSync(join(folder, 'secret.py'), 0);
    // Root reads everything, unless it gives up the capabilities that let it.
    const isRoot = process.getuid?.() === 0;
    const plainUser = isRoot ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : ['env'];
    const [command = '', ...args] = [...plainUser, process.execPath, PROGRAM, 'scan', join(folder, path)];
    const result = spawnSync(command, args, {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    chmodSync(join(folder, 'locked'), 0o700);
    expect(result.status).toBe(4);
    expect(result.stdout).not.toContain('EACCES');
    expectOneLine(result, /^sbx: incomplete: .*cannot be read: permission denied/);
  });

  it('never softens it by --fail-on', async () => {
    expect((await sbx(['scan', temporaryFolder(), '--fail-on', 'reject'])).status).toBe(4);
  });
});

it('links in a circle are neither followed nor an obstacle', async () => {
  const folder = writeTree({ 'notes.txt': 'plain words' });
  symlinkSync('.', join(folder, 'loop'));
  symlinkSync('b', join(folder, 'a'));
  symlinkSync('a', join(folder, 'b'));
  const result = await sbx(['scan', folder, '--format', 'json']);
  expect(result.status).toBe(0);
  const report = JSON.parse(result.stdout) as { coverage: { files: number; opaque: { path: string }[] } };
  expect(report.coverage.files).toBe(1);
  expect(report.coverage.opaque.map(({ path }) => path)).toEqual(['a', 'b', 'loop']);
});
