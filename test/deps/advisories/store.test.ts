import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { matchEmbedded } from '../../../src/deps/embedded.ts';
import { zipOf } from '../../support/archives.ts';
import { pinOf } from '../pins.ts';
import { archive, db, inFolder, kept, layOut, record, TODAY, useDatabaseFolder } from './database-folder.ts';

useDatabaseFolder();

async function idsOf(...pins: ReturnType<typeof pinOf>[]): Promise<string[]> {
  return (await matchEmbedded(pins)).reports.map(({ id }) => id);
}

describe('sbx db status', () => {
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

  it('names the ecosystems that are not covered', async () => {
    expect(await db('status')).toContain('not covered: crates.io, Debian, GitHub Actions, Go\n');
  });
});

describe('sbx db import', () => {
  it('takes a folder, keeps it in both layouts of osv-scanner, and matches with it', async () => {
    const source = await layOut('osv', {
      'PyPI/all.zip': archive(record('PYSEC-NEW', 'PyPI', TODAY), 'garbage'),
      'npm/all.zip': archive(record('GHSA-NEW', 'npm', TODAY)),
    });
    expect(await db('import', source)).toBe(
      '! PyPI: 1 entries are no advisories and were passed over\n' +
        `PyPI    1 advisories (0 of malicious packages) as of ${TODAY}\n` +
        `npm     1 advisories (0 of malicious packages) as of ${TODAY}\n`,
    );
    for (const layout of ['osv-scanner', 'osv-scalibr'])
      expect(await readFile(kept(layout, 'npm', 'all.zip'))).toEqual(
        await readFile(inFolder('osv', 'npm', 'all.zip')),
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
    expect((await readdir(kept())).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.each(['osv-scanner/npm/all.zip', 'osv-scalibr/npm/all.zip', 'npm.zip', 'osv-scanner/npm.zip'])(
    'finds %s in a folder',
    async (path) => {
      await db('import', await layOut('osv', { [path]: archive(record('GHSA-1', 'npm', TODAY)) }));
      expect(await idsOf(pinOf('npm', 'demo', '1.0.0'))).toEqual(['GHSA-1']);
    },
  );

  it('takes a zip of such a folder, and says which archives in it are not covered', async () => {
    const zip = zipOf([
      { name: 'osv/PyPI/all.zip', content: archive(record('PYSEC-1', 'PyPI', TODAY)) },
      { name: 'osv/npm/all.zip', content: archive(record('GHSA-1', 'npm', TODAY)) },
      { name: 'osv/Go/all.zip', content: archive(record('GO-1', 'Go', TODAY)) },
    ]);
    await layOut('.', { 'osv.zip': zip });
    expect(await db('import', inFolder('osv.zip'))).toMatch(
      /^! not covered, because their versions are not compared here: Go\nPyPI {4}1 adv.*\nnpm {5}1 adv.*\n$/,
    );
    expect(await idsOf(pinOf('PyPI', 'demo', '1.0'), pinOf('npm', 'demo', '1.0.0'))).toEqual([
      'PYSEC-1',
      'GHSA-1',
    ]);
  });

  const MIXED = [
    record('PYSEC-1', 'PyPI', TODAY),
    record('GHSA-1', 'npm', TODAY),
    record('DSA-1', 'Debian:12', TODAY),
    record('RUSTSEC-1', 'crates.io', TODAY),
  ];

  it('takes a zip of records of several ecosystems', async () => {
    await layOut('.', { 'all.zip': archive(...MIXED) });
    const said = await db('import', inFolder('all.zip'), '--format', 'json');
    expect(JSON.parse(said.replace(/^!.*\n/, ''))).toMatchObject({
      installed: [
        { ecosystem: 'PyPI', records: 1 },
        { ecosystem: 'npm', records: 1 },
      ],
      uncovered: ['Debian', 'crates.io'],
    });
  });

  it('takes a folder of records at any depth, without following links or reading hidden folders', async () => {
    const files = MIXED.map((entry, at) => [`2026/0${String(at)}/${entry.id}.json`, JSON.stringify(entry)]);
    const source = await layOut('records', {
      ...(Object.fromEntries(files) as Record<string, string>),
      '.git/x.json': JSON.stringify(record('PYSEC-HIDDEN', 'PyPI', TODAY)),
      'README.md': 'no record',
    });
    expect(await db('import', source)).toContain('PyPI    1 advisories');
    expect(await idsOf(pinOf('PyPI', 'demo', '1.0'), pinOf('npm', 'demo', '1.0.0'))).toEqual([
      'PYSEC-1',
      'GHSA-1',
    ]);
  });

  it('refuses what is broken, empty or absent, and keeps what it had', async () => {
    const old = { 'PyPI/all.zip': archive(record('PYSEC-OLD', 'PyPI', '2025-01-01')) };
    await db('import', await layOut('good', old));
    const good = archive(record('PYSEC-NEW', 'PyPI', TODAY));
    const sources: [string, Record<string, Buffer | string>, string][] = [
      ['broken', { 'PyPI/all.zip': good, 'npm/all.zip': good.subarray(0, -30) }, 'advisories-broken'],
      ['wrong', { 'npm/all.zip': good }, 'advisories-none'],
      ['other', { 'Go/all.zip': archive(record('GO-1', 'Go', TODAY)) }, 'advisories-not-found'],
      ['others', { 'a.json': JSON.stringify(record('GO-1', 'Go', TODAY)) }, 'advisories-none'],
      ['empty', { 'README.md': '' }, 'advisories-not-found'],
      ['no.zip', { 'a.zip': 'no zip' }, 'advisories-not-found'],
    ];
    for (const [name, files, code] of sources)
      await expect(db('import', await layOut(name, files)), name).rejects.toMatchObject({
        kind: 'config',
        code,
      });
    await expect(db('import', inFolder('no.zip', 'a.zip'))).rejects.toMatchObject({
      code: 'advisories-broken',
    });
    await expect(db('import', inFolder('nowhere'))).rejects.toMatchObject({ code: 'advisories-not-found' });
    expect(await idsOf(pinOf('PyPI', 'demo', '1.0'))).toEqual(['PYSEC-OLD']);
  });

  it('clears away what an import that was killed left behind, and nothing that may be in use', async () => {
    await mkdir(kept('.staging-old'), { recursive: true });
    await mkdir(kept('.staging-new'));
    await utimes(kept('.staging-old'), new Date(0), new Date(0));
    await db('import', await layOut('osv', { 'npm.zip': archive(record('GHSA-1', 'npm', TODAY)) }));
    expect((await readdir(kept())).filter((name) => name.startsWith('.'))).toEqual(['.staging-new']);
  });

  it('says that a cached index is broken instead of falling back in silence', async () => {
    await mkdir(kept('index'), { recursive: true });
    await writeFile(kept('index', 'PyPI.index'), 'garbage');
    await expect(matchEmbedded([pinOf('PyPI', 'demo', '1.0')])).rejects.toMatchObject({ kind: 'config' });
  });
});
