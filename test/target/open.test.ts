import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memberPath } from '../../src/target/archive.ts';
import { DEFAULT_LIMITS } from '../../src/target/limits.ts';
import { openTarget } from '../../src/target/open.ts';
import { temporaryFolder, writeTree } from '../support/temporary.ts';

const signal = new AbortController().signal;

describe('openTarget on a folder', () => {
  it('reads every file, sorted, with dotfiles and vendored folders', async () => {
    const folder = writeTree({
      'b.py': 'b',
      'a/c.py': 'c',
      '.hidden': 'h',
      'node_modules/m/i.js': 'm',
      'dist/x.js': 'x',
    });
    const target = await openTarget(folder, signal);
    expect(target.kind).toBe('directory');
    expect(target.files.map(({ path }) => path)).toEqual([
      '.hidden',
      'a/c.py',
      'b.py',
      'dist/x.js',
      'node_modules/m/i.js',
    ]);
    expect(target.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('gives equal trees equal digests, and changed ones others', async () => {
    const one = await openTarget(writeTree({ a: '1', 'b/c': '2' }), signal);
    const same = await openTarget(writeTree({ 'b/c': '2', a: '1' }), signal);
    const other = await openTarget(writeTree({ a: '1', 'b/c': '3' }), signal);
    const renamed = await openTarget(writeTree({ a: '1', 'b/d': '2' }), signal);
    expect(same.digest).toBe(one.digest);
    expect(new Set([one.digest, other.digest, renamed.digest]).size).toBe(3);
  });

  it('never follows a link, not even in a circle, and says that it is there', async () => {
    const secret = writeTree({ secret: 'outside' });
    const folder = writeTree({ 'a.py': 'x' });
    symlinkSync(secret, join(folder, 'out'));
    symlinkSync('.', join(folder, 'loop'));
    symlinkSync('/etc/passwd', join(folder, 'file'));
    const target = await openTarget(folder, signal);
    expect(target.files.map(({ path }) => path)).toEqual(['a.py']);
    expect(target.opaque.map(({ path }) => path)).toEqual(['file', 'loop', 'out']);
    expect(target.opaque.every(({ blocking }) => !blocking)).toBe(true);
  });

  it('does not open pipes', async () => {
    const folder = writeTree({ 'a.py': 'x' });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const target = await openTarget(folder, signal);
    expect(target.opaque).toEqual([
      { path: 'pipe', reason: expect.stringContaining('not a regular file'), blocking: false },
    ]);
  });

  it('takes the digest of a huge file without keeping it', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'sparse.bin');
    writeFileSync(file, '');
    truncateSync(file, DEFAULT_LIMITS.maxFileBytes + 1);
    const [entry] = (await openTarget(folder, signal)).files;
    expect(entry).toMatchObject({ path: 'sparse.bin', content: null, size: DEFAULT_LIMITS.maxFileBytes + 1 });
    expect(entry?.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('stops at the limits and says where', async () => {
    const folder = writeTree({ a: '1', b: '2', c: '3', 'd/e/f/g': '4' });
    const few = await openTarget(folder, signal, { ...DEFAULT_LIMITS, maxFiles: 2 });
    expect(few.files).toHaveLength(2);
    expect(few.opaque.some(({ reason, blocking }) => blocking && reason.includes('more than 2 files'))).toBe(
      true,
    );
    const shallow = await openTarget(folder, signal, { ...DEFAULT_LIMITS, maxDepth: 1 });
    expect(shallow.opaque).toEqual([
      { path: 'd/e', reason: expect.stringContaining('deeper than 1'), blocking: true },
    ]);
  });

  it('reads what git would run, not what git stores', async () => {
    const folder = writeTree({
      '.git/hooks/post-checkout': '#!/bin/sh',
      '.git/config': '[core]',
      '.git/objects/ab/cd': 'z',
    });
    const target = await openTarget(folder, signal);
    expect(target.files.map(({ path }) => path)).toEqual(['.git/config', '.git/hooks/post-checkout']);
    expect(target.opaque.map(({ path }) => path)).toEqual(['.git/objects']);
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    abort.abort(new Error('stop'));
    await expect(openTarget(writeTree({ a: '1' }), abort.signal)).rejects.toThrow('stop');
  });
});

describe('openTarget on what is not a folder', () => {
  it('says that there is no such thing', async () => {
    await expect(openTarget('/nonexistent/x', signal)).rejects.toMatchObject({
      kind: 'target',
      code: 'target-not-found',
    });
  });

  it('reads a single file under its own name', async () => {
    const target = await openTarget(join(writeTree({ 'one.py': 'print()' }), 'one.py'), signal);
    expect(target).toMatchObject({ kind: 'file', files: [{ path: 'one.py' }] });
  });

  it.each(['zip', 'tar', 'tar.gz', 'whl', 'skill', 'tgz'])('opens a .%s', async (suffix) => {
    const folder = writeTree({ 'SKILL.md': '---\nname: packed\n---\n', 'scripts/run.sh': 'echo' });
    const archive = join(temporaryFolder(), `packed.${suffix}`);
    pack(folder, archive, suffix);
    const target = await openTarget(archive, signal);
    expect(target.kind).toBe('archive');
    expect(target.files.map(({ path }) => path)).toEqual(['SKILL.md', 'scripts/run.sh']);
    expect(target.units).toMatchObject([{ kind: 'skill', name: 'packed' }]);
    expect(target.opaque).toEqual([]);
  });

  it.each(['zip', 'tar', 'tar.gz'])('takes a broken .%s for opaque, not for empty', async (suffix) => {
    const archive = join(writeTree({ [`x.${suffix}`]: 'this is no archive at all' }), `x.${suffix}`);
    const target = await openTarget(archive, signal);
    expect(target.files).toEqual([]);
    expect(target.opaque).toMatchObject([
      { path: '.', blocking: true, reason: expect.stringContaining('not a readable') },
    ]);
  });

  it('does not unpack a bomb', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'zeros'), Buffer.alloc(20 * 1024 * 1024));
    const archive = join(temporaryFolder(), 'bomb.zip');
    pack(folder, archive, 'zip');
    const target = await openTarget(archive, signal);
    expect(target.files).toEqual([]);
    expect(target.opaque).toMatchObject([
      { path: 'zeros', blocking: true, reason: expect.stringContaining('zip bomb') },
    ]);
  });

  it('keeps links in a tar out', async () => {
    const folder = writeTree({ a: '1' });
    mkdirSync(join(folder, 'd'));
    symlinkSync('/etc/passwd', join(folder, 'd', 'link'));
    const archive = join(temporaryFolder(), 'x.tar');
    pack(folder, archive, 'tar');
    const target = await openTarget(archive, signal);
    expect(target.files.map(({ path }) => path)).toEqual(['a']);
    expect(target.opaque).toMatchObject([{ path: 'd/link', blocking: false }]);
  });
});

describe('memberPath', () => {
  it.each([
    ['a/b.py', 'a/b.py'],
    ['./a//b.py', 'a/b.py'],
    ['a\\b.py', 'a/b.py'],
    ['../a', null],
    ['a/../../b', null],
    ['/etc/passwd', null],
    ['C:\\x', null],
    ['a\0b', null],
    ['', null],
  ])('%j is %j', (name, path) => {
    expect(memberPath(name)).toBe(path);
  });
});

/** Makes an archive of a folder with Python's standard library, which every machine here has. */
function pack(folder: string, archive: string, suffix: string): void {
  const isZip = ['zip', 'whl', 'skill'].includes(suffix);
  const program = isZip
    ? 'import sys,os,zipfile\nz=zipfile.ZipFile(sys.argv[2],"w",zipfile.ZIP_DEFLATED)\nfor d,_,fs in os.walk(sys.argv[1]):\n  [z.write(os.path.join(d,f),os.path.relpath(os.path.join(d,f),sys.argv[1])) for f in fs]\nz.close()'
    : 'import sys,tarfile\nt=tarfile.open(sys.argv[2],sys.argv[3])\nt.add(sys.argv[1],".")\nt.close()';
  execFileSync('python3', ['-c', program, folder, archive, suffix === 'tar' ? 'w' : 'w:gz']);
}
