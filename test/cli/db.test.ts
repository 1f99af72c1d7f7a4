import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/reporters/formats.ts';
import { zipOf } from '../support/archives.ts';
import { sbx } from '../support/sbx.ts';
import { temporaryFolder, writeTree } from '../support/temporary.ts';

const TARGET = { 'requirements.txt': 'colorama==0.4.6\n' };
const NO_TOOLS = { PATH: '/nonexistent', SBX_TOOLS_BIN: '' };

function environment(cache: string): Record<string, string> {
  return { SBX_CACHE_DIR: cache, ...NO_TOOLS };
}

function archive(id: string, ecosystem: string, day: string): Buffer {
  const affected = [
    { package: { ecosystem, name: 'demo' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] },
  ];
  return zipOf([
    { name: `${id}.json`, content: JSON.stringify({ id, modified: `${day}T00:00:00Z`, affected }) },
  ]);
}

describe('sbx db', () => {
  it('says where it is, what it holds and as of when', async () => {
    const cache = temporaryFolder();
    const before = await sbx(['db', 'status'], { environment: environment(cache) });
    expect(before).toMatchObject({ status: 0, stderr: '' });
    expect(before.stdout).toMatch(/^PyPI +\d+ advisories .* as of \d{4}-\d\d-\d\d, shipped with sbx: stale/);
    expect(before.stdout).toContain(join(cache, 'advisories'));
    const today = new Date().toISOString().slice(0, 10);
    const source = writeTree({ 'PyPI/all.zip': archive('PYSEC-1', 'PyPI', today) });
    const imported = await sbx(['db', 'import', source], { environment: environment(cache) });
    expect(imported).toMatchObject({
      status: 0,
      stdout: `PyPI    1 advisories (0 of malicious packages) as of ${today}\n`,
    });
    const after = await sbx(['db', 'status'], { environment: environment(cache) });
    expect(after.stdout).toContain(
      `PyPI    1 advisories (0 of malicious packages) as of ${today}, updated ${today}\n`,
    );
  });

  it('answers bad sources with one sentence and status 2, an unreachable mirror with 4', async () => {
    const cache = temporaryFolder();
    for (const args of [
      ['import', '/nonexistent'],
      ['import', writeTree({ 'a.txt': '' })],
      ['update', '--mirror', 'http://a.example'],
    ]) {
      const { status, stdout, stderr } = await sbx(['db', ...args], { environment: environment(cache) });
      expect({ status, stdout }, args.join(' ')).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^sbx: /);
    }
    const { status } = await sbx(['db', 'update', '--mirror', 'http://127.0.0.1:9'], {
      environment: environment(cache),
    });
    expect(status).toBe(4);
  });
});

describe('a database that is old or broken', () => {
  it.each(FORMATS)('is said with its date in %s, and nothing is called clean', async (format) => {
    const { status, stdout } = await sbx(['deps', writeTree(TARGET), '--format', format], {
      environment: environment(temporaryFolder()),
    });
    expect(status).toBe(0);
    // Markdown escapes what it would read as markup.
    const text = stdout.replaceAll('\\', '');
    expect(text).toMatch(/compared with \d+ advisories as of \d{4}-\d\d-\d\d/);
    expect(text).toMatch(/\(stale|advisories\s+are\s+old/);
    expect(text).not.toMatch(/\bclean\b|no (?:known )?vulnerabilit|\bsafe\b|secure/i);
  });

  it('that cannot be read makes the judgement impossible, with what to do', async () => {
    const cache = temporaryFolder();
    mkdirSync(join(cache, 'advisories', 'index'), { recursive: true });
    const former = join(cache, 'advisories', 'index', 'PyPI.tsv.br');
    const index = join(cache, 'advisories', 'index', 'PyPI.index');
    const target = writeTree(TARGET);
    const seed = readFileSync(new URL('../../src/deps/seed/PyPI.index.br', import.meta.url));
    const whole = brotliDecompressSync(seed);
    const broken = [Buffer.from('garbage'), whole.subarray(0, 1000), whole.subarray(0, -1), Buffer.alloc(0)];
    for (const [file, bytes, says] of [
      [former, seed, 'PyPI.tsv.br was made by an earlier version'],
      ...broken.map((bytes) => [index, bytes, 'PyPI.index cannot be read'] as const),
    ] as const) {
      writeFileSync(file, bytes);
      for (const args of [
        ['deps', target],
        ['db', 'status'],
      ]) {
        const { status, stderr } = await sbx(args, { environment: environment(cache) });
        expect(status).toBe(2);
        expect(stderr).toContain(says);
        expect(stderr).toContain('sbx db update');
      }
    }
  });
});
