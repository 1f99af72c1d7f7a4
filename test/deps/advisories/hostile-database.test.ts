import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { buildAdvisoryIndex } from '../../../src/deps/advisories/build-index.ts';
import { Matcher } from '../../../src/deps/advisories/match.ts';
import { osvRecordFrom, parseOsvRecord } from '../../../src/deps/advisories/osv-record.ts';
import { packText, PackedIndex } from '../../../src/deps/advisories/packed-index.ts';
import { ARCHIVE_LIMITS, readRecordsOfZip } from '../../../src/deps/advisories/read-records.ts';
import { zipOf } from '../../support/archives.ts';
import { pinOf } from '../pins.ts';
import { archive, db, inFolder, layOut, record, TODAY, useDatabaseFolder } from './database-folder.ts';

useDatabaseFolder();

async function readAll(bytes: Buffer, limits = ARCHIVE_LIMITS): Promise<number> {
  const path = inFolder('all.zip');
  await writeFile(path, bytes);
  const count = { records: 0, malformed: 0 };
  for await (const _ of readRecordsOfZip(path, count, limits)) void _;
  return count.records;
}

describe('an archive', () => {
  it('is read up to every limit and no further', async () => {
    const bytes = archive(record('A', 'PyPI', TODAY), record('B', 'PyPI', TODAY));
    const limits = { archiveBytes: 1e6, entries: 10, entryBytes: 1e6, totalBytes: 1e6, ratio: 50 };
    expect(await readAll(bytes, limits)).toBe(2);
    for (const changed of [{ archiveBytes: 10 }, { entries: 1 }, { entryBytes: 10 }, { totalBytes: 200 }])
      await expect(readAll(bytes, { ...limits, ...changed })).rejects.toMatchObject({
        code: 'advisories-too-large',
      });
  });

  it('that unpacks to more than fifty times its size is refused before it is unpacked', async () => {
    const zeros = Buffer.alloc(9 * 1024 ** 2, ' ');
    const bomb = zipOf([
      { name: 'a.json', content: zeros },
      { name: 'b.json', content: zeros },
    ]);
    expect(bomb.length).toBeLessThan(100_000);
    await expect(readAll(bomb)).rejects.toMatchObject({ code: 'advisories-too-large' });
    await layOut('bomb', { 'PyPI/all.zip': bomb });
    await expect(db('import', inFolder('bomb'))).rejects.toMatchObject({
      message: expect.stringMatching(/what its \d+ bytes unpack to is larger/) as string,
    });
  });

  it('inside an archive is bounded alike, and one level deep', async () => {
    const bomb = zipOf([{ name: 'PyPI/all.zip', content: Buffer.alloc(17 * 1024 ** 2) }]);
    await layOut('.', { 'bomb.zip': bomb });
    await expect(db('import', inFolder('bomb.zip'))).rejects.toMatchObject({ code: 'advisories-too-large' });
    const inner = zipOf([{ name: 'PyPI/all.zip', content: archive(record('A', 'PyPI', TODAY)) }]);
    await layOut('.', { 'deep.zip': zipOf([{ name: 'PyPI/all.zip', content: inner }]) });
    await expect(db('import', inFolder('deep.zip'))).rejects.toMatchObject({ code: 'advisories-none' });
  });

  it('with a size that is a lie is broken', async () => {
    const bytes = archive(record('A', 'PyPI', TODAY));
    // The unpacked size in the central directory, 24 bytes behind its signature.
    bytes.writeUInt32LE(5, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'advisories-broken' });
  });

  it('with names that climb out of a folder is broken', async () => {
    const bytes = zipOf([{ name: '../../x.json', content: JSON.stringify(record('A', 'PyPI', TODAY)) }]);
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'advisories-broken' });
  });
});

describe('a record', () => {
  it.each([
    ['no object', '[]'],
    ['no id', '{"affected": []}'],
    ['an id of a kilobyte', JSON.stringify({ id: 'A'.repeat(1024) })],
    ['an id with a line break', JSON.stringify({ id: 'A\nB' })],
    ['numbers for aliases', '{"id": "A", "aliases": [1]}'],
    ['a number for a summary', '{"id": "A", "summary": 1}'],
    ['a table for affected', '{"id": "A", "affected": {}}'],
    ['a text for ranges', '{"id": "A", "affected": [{"ranges": "all"}]}'],
    ['a number for a version', '{"id": "A", "affected": [{"versions": [1.1]}]}'],
    ['a number for an event', '{"id": "A", "affected": [{"ranges": [{"events": [{"fixed": 2}]}]}]}'],
    ['a depth of a million', `{"id": "A", "affected": ${'['.repeat(1e6)}${']'.repeat(1e6)}}`],
    ['half of one', '{"id": "A", "aff'],
  ])('with %s is none', (_what, text) => {
    expect(parseOsvRecord(text)).toBeNull();
  });

  it('may leave out, or set to null, whatever is optional', () => {
    const value = { id: 'A', aliases: null, withdrawn: null, affected: [{ package: null, ranges: null }] };
    expect(osvRecordFrom(value)).toEqual({ id: 'A', affected: value.affected });
  });

  it('may concern packages with the names of what every object has', async () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const affected = names.map((name) => ({
      ...record('A', 'npm', TODAY).affected?.[0],
      package: { ecosystem: 'npm', name },
    }));
    const index = await buildAdvisoryIndex('npm', [record('GHSA-1', 'npm', TODAY, { affected })]);
    const matcher = new Matcher(new PackedIndex(packText(index)));
    for (const name of names) expect(matcher.match(pinOf('npm', name, '1.0.0'))).toHaveLength(1);
    expect(matcher.match(pinOf('npm', 'hasOwnProperty', '1.0.0'))).toEqual([]);
    expect(({} as Record<string, unknown>)['0']).toBeUndefined();
  });

  it('that comes twice counts as it was changed last, withdrawn or not, whatever the order', async () => {
    const fixedLater = record('A', 'PyPI', '2026-01-02', {
      affected: [
        {
          package: { ecosystem: 'PyPI', name: 'demo' },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '3' }] }],
        },
      ],
    });
    const records = [
      record('A', 'PyPI', '2026-01-01'),
      fixedLater,
      record('B', 'PyPI', '2026-01-01'),
      record('B', 'PyPI', '2026-01-03', { withdrawn: '2026-01-03T00:00:00Z' }),
    ];
    const index = await buildAdvisoryIndex('PyPI', records);
    expect(index).toEqual(await buildAdvisoryIndex('PyPI', [...records].reverse()));
    expect(index.records).toBe(1);
    expect(new Matcher(index).match(pinOf('PyPI', 'demo', '2.5'))).toMatchObject([{ id: 'A', fixed: '3' }]);
  });
});
