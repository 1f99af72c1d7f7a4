import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import configureDb from '../../../src/cli/commands/db.ts';
import type { OsvRecord } from '../../../src/deps/advisories/osv-record.ts';
import { readRecordsOfZip } from '../../../src/deps/advisories/read-records.ts';
import { writeZip } from '../../../src/deps/advisories/zip-writer.ts';
import { matchEmbedded } from '../../../src/deps/embedded.ts';
import { pinOf } from '../pins.ts';

const TODAY = new Date().toISOString().slice(0, 10);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbx-test-db-'));
  vi.stubEnv('SBX_CACHE_DIR', join(folder, 'cache'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function record(id: string, ecosystem: string, day: string): OsvRecord {
  const ranges = [
    { type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0.0' }] },
  ];
  return { id, modified: `${day}T00:00:00Z`, affected: [{ package: { ecosystem, name: 'demo' }, ranges }] };
}

function archive(...contents: (OsvRecord | string)[]): Buffer {
  return writeZip(
    contents.map((content, at) => ({
      name: `${String(at)}.json`,
      content: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
    })),
  );
}

/** A folder laid out as the public database is. */
async function layOut(name: string, archives: Readonly<Record<string, Buffer>>): Promise<string> {
  for (const [ecosystem, bytes] of Object.entries(archives)) {
    await mkdir(join(folder, name, ecosystem), { recursive: true });
    await writeFile(join(folder, name, ecosystem, 'all.zip'), bytes);
  }
  return join(folder, name);
}

/** `sbx db …` in this process; gives what it writes to standard output. */
async function db(...words: string[]): Promise<string> {
  let out = '';
  const command = new Command('db').exitOverride();
  configureDb(command, {
    stdout: (text) => (out += text),
    stderr: (line) => (out += `! ${line}\n`),
    exit: () => undefined,
    signal: new AbortController().signal,
    progress: () => undefined,
    color: false,
  });
  await command.parseAsync(words, { from: 'user' });
  return out;
}

describe('sbx db', () => {
  it('tells of the shipped database that it is stale', async () => {
    const { ecosystems } = JSON.parse(await db('status', '--format', 'json')) as { ecosystems: object[] };
    expect(ecosystems).toMatchObject([
      { ecosystem: 'PyPI', origin: 'seed', stale: true, updatedAt: null, malicious: 1 },
      { ecosystem: 'npm', origin: 'seed', stale: true, updatedAt: null },
    ]);
    expect(await db('status')).toMatch(
      /PyPI {4}\d+ advisories .* as of \d{4}-\d\d-\d\d, shipped with sbx: stale/,
    );
  });

  it('imports a folder, in both layouts of osv-scanner, and matches with it', async () => {
    const source = await layOut('osv', {
      PyPI: archive(record('PYSEC-NEW', 'PyPI', TODAY), 'garbage'),
      npm: archive(record('GHSA-NEW', 'npm', TODAY)),
    });
    expect(await db('import', source)).toBe(
      '! PyPI: 1 entries are no advisories and were passed over\n' +
        `PyPI    1 advisories (0 of malicious packages) as of ${TODAY}\n` +
        `npm     1 advisories (0 of malicious packages) as of ${TODAY}\n`,
    );
    const kept = join(folder, 'cache', 'advisories');
    for (const layout of ['osv-scanner', 'osv-scalibr'])
      expect(await readFile(join(kept, layout, 'npm', 'all.zip'))).toEqual(
        await readFile(join(source, 'npm', 'all.zip')),
      );
    const { reports, indexes } = await matchEmbedded([
      pinOf('PyPI', 'demo', '1.0'),
      pinOf('PyPI', 'flask', '1.0'),
    ]);
    expect(reports.map(({ id }) => id)).toEqual(['PYSEC-NEW']);
    expect(indexes.get('PyPI')?.origin).toBe('cache');
    expect(JSON.parse(await db('status', '--format', 'json'))).toMatchObject({
      ecosystems: [{ origin: 'cache', stale: false }, { origin: 'cache' }],
    });
    expect((await readdir(kept)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('refuses what is broken, empty or absent, and keeps what it had', async () => {
    await db('import', await layOut('good', { PyPI: archive(record('PYSEC-OLD', 'PyPI', '2025-01-01')) }));
    const good = archive(record('PYSEC-NEW', 'PyPI', TODAY));
    const broken = await layOut('broken', { PyPI: good, npm: good.subarray(0, good.length - 30) });
    await expect(db('import', broken)).rejects.toMatchObject({ kind: 'config', code: 'advisories-broken' });
    const wrong = await layOut('wrong', { npm: good });
    await expect(db('import', wrong)).rejects.toMatchObject({ code: 'advisories-none' });
    await expect(db('import', join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'advisories-not-found',
    });
    await expect(db('import', folder)).rejects.toMatchObject({ code: 'advisories-not-found' });
    const { reports } = await matchEmbedded([pinOf('PyPI', 'demo', '1.0')]);
    expect(reports.map(({ id }) => id)).toEqual(['PYSEC-OLD']);
  });

  it('says that a cached index is broken instead of falling back in silence', async () => {
    await mkdir(join(folder, 'cache', 'advisories', 'index'), { recursive: true });
    await writeFile(join(folder, 'cache', 'advisories', 'index', 'PyPI.json.br'), 'garbage');
    await expect(matchEmbedded([pinOf('PyPI', 'demo', '1.0')])).rejects.toMatchObject({ kind: 'config' });
  });

  it('updates from a server, and fails in one sentence when there is none', async () => {
    const bytes = {
      '/PyPI/all.zip': archive(record('PYSEC-1', 'PyPI', '2026-02-01')),
      '/npm/all.zip': archive(record('GHSA-1', 'npm', '2026-02-02')),
    };
    const server = createServer((request, response) => {
      const body = Object.entries(bytes).find(([path]) => path === request.url)?.[1];
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    try {
      expect(await db('update', '--mirror', base)).toContain('npm     1 advisories');
      await expect(db('update', '--mirror', `${base}/other`)).rejects.toMatchObject({
        kind: 'network',
        message: expect.stringMatching(/could not be fetched: it answers 404$/) as string,
      });
    } finally {
      server.close();
    }
    await expect(db('update', '--mirror', base)).rejects.toMatchObject({ kind: 'network' });
    await expect(db('update', '--mirror', 'http://mirror.example')).rejects.toMatchObject({ kind: 'usage' });
    const { reports } = await matchEmbedded([pinOf('npm', 'demo', '1.0.0')]);
    expect(reports.map(({ id }) => id)).toEqual(['GHSA-1']);
  });
});

describe('reading archives', () => {
  it('stops at every limit', async () => {
    const path = join(folder, 'all.zip');
    const bytes = archive(record('A', 'PyPI', '2026-01-01'), record('B', 'PyPI', '2026-01-01'));
    await writeFile(path, bytes);
    const limits = { archiveBytes: 1e6, entries: 10, entryBytes: 1e6, totalBytes: 1e6 };
    const read = async (changed: Partial<typeof limits>): Promise<number> => {
      const count = { records: 0, malformed: 0 };
      for await (const _ of readRecordsOfZip(path, count, { ...limits, ...changed })) void _;
      return count.records;
    };
    expect(await read({})).toBe(2);
    for (const changed of [{ archiveBytes: 10 }, { entries: 1 }, { entryBytes: 10 }, { totalBytes: 200 }])
      await expect(read(changed)).rejects.toMatchObject({ code: 'advisories-too-large' });
    expect(existsSync(path)).toBe(true);
  });

  it('does not believe a size that is a lie', async () => {
    const path = join(folder, 'all.zip');
    const bytes = archive(record('A', 'PyPI', '2026-01-01'));
    // The unpacked size in the central directory, 24 bytes behind its signature.
    const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt32LE(5, directory + 24);
    await writeFile(path, bytes);
    const count = { records: 0, malformed: 0 };
    const read = async () => {
      for await (const _ of readRecordsOfZip(path, count)) void _;
    };
    await expect(read()).rejects.toMatchObject({ code: 'advisories-broken' });
  });
});
