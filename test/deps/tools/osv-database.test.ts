import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetOpenIndexes } from '../../../src/deps/advisories/database.ts';
import { readRecordsOfZip } from '../../../src/deps/advisories/read-records.ts';
import { matchEmbedded } from '../../../src/deps/embedded.ts';
import { auditWithOsvScanner } from '../../../src/deps/tools/osv-audit.ts';
import { askOsvScanner, isOpened, openOsvScanner } from '../../../src/deps/tools/osv-scanner.ts';
import {
  archive,
  db,
  inFolder,
  kept,
  layOut,
  record,
  TODAY,
  useDatabaseFolder,
} from '../advisories/database-folder.ts';
import { pinOf } from '../pins.ts';
import { isToolAbsent } from '../require-tool.ts';

useDatabaseFolder();
afterEach(() => {
  vi.unstubAllEnvs();
  forgetOpenIndexes();
});

const COMMITS = {
  type: 'GIT',
  repo: 'https://code.example/demo',
  events: [{ introduced: '0' }, { fixed: 'a'.repeat(40) }],
};
const VERSIONS = { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0.0' }] };
const DEMO = [pinOf('PyPI', 'demo', '1.0.0')];

/** A record whose range of commits comes first, on a name that is not normalised: both hide it from osv-scanner's offline mode. */
const MISREAD = [
  record('PYSEC-2026-1', 'PyPI', TODAY, {
    affected: [{ package: { ecosystem: 'PyPI', name: 'demo' }, ranges: [COMMITS, VERSIONS] }],
  }),
  record('PYSEC-2026-2', 'PyPI', TODAY, {
    affected: [{ package: { ecosystem: 'PyPI', name: 'Demo' }, ranges: [VERSIONS] }],
  }),
];

async function audit(pins = DEMO) {
  const context = { folder: inFolder('run'), online: false, signal: new AbortController().signal };
  return auditWithOsvScanner(await openOsvScanner(context), pins, await matchEmbedded(pins), context);
}

describe('the archive that osv-scanner reads', () => {
  it('has ranges of versions first and normalised names, and loses nothing', async () => {
    await db('import', await layOut('source', { 'PyPI/all.zip': archive(...MISREAD) }));
    for (const layout of ['osv-scanner', 'osv-scalibr']) {
      const records = [];
      const path = kept(layout, 'PyPI', 'all.zip');
      for await (const each of readRecordsOfZip(path, { records: 0, malformed: 0 })) records.push(each);
      expect(records).toEqual([
        {
          ...MISREAD[0],
          affected: [{ package: { ecosystem: 'PyPI', name: 'demo' }, ranges: [VERSIONS, COMMITS] }],
        },
        { ...MISREAD[1], affected: [{ package: { ecosystem: 'PyPI', name: 'demo' }, ranges: [VERSIONS] }] },
      ]);
    }
  });

  it('is the very archive when nothing in it would be misread', async () => {
    const bytes = archive(record('PYSEC-2026-1', 'PyPI', TODAY));
    await db('import', await layOut('source', { 'PyPI/all.zip': bytes }));
    expect(await readFile(kept('osv-scalibr', 'PyPI', 'all.zip'))).toEqual(bytes);
  });
});

describe.skipIf(isToolAbsent('osv-scanner'))('the real osv-scanner, over an imported database', () => {
  it('misses what the archive as it came would hide, and finds it in ours', async () => {
    const source = await layOut('source', { 'osv-scalibr/PyPI/all.zip': archive(...MISREAD) });
    await db('import', source);
    const found = await audit();
    expect(found).toMatchObject({ status: 'ok', message: '' });
    expect(found.reports.map(({ id }) => id).sort()).toEqual(['PYSEC-2026-1', 'PYSEC-2026-2']);
    // The same question over the archive as it came: why it is written again.
    const context = { folder: inFolder('run'), online: false, signal: new AbortController().signal };
    const scanner = await openOsvScanner(context);
    if (!isOpened(scanner)) throw new Error('the tool is there');
    const subject = ['-L', `osv-scanner:${inFolder('run', 'packages.json')}`];
    const { exit, stdout } = await askOsvScanner(
      scanner,
      { subject, database: source, deadlineMs: 60_000 },
      context,
    );
    expect({ exit, isFound: stdout.includes('PYSEC-2026') }).toEqual({ exit: 0, isFound: false });
  });

  it('is given the built-in index where an archive is missing', async () => {
    await db(
      'import',
      await layOut('source', { 'PyPI/all.zip': archive(record('PYSEC-2026-1', 'PyPI', TODAY)) }),
    );
    for (const layout of ['osv-scanner', 'osv-scalibr']) await rm(kept(layout), { recursive: true });
    const found = await audit();
    expect(found).toMatchObject({ status: 'ok', message: '' });
    expect(found.reports.map(({ id }) => id)).toEqual(['PYSEC-2026-1']);
  });

  it('is not stopped by one ecosystem that has no archive of its own', async () => {
    await db(
      'import',
      await layOut('source', { 'PyPI/all.zip': archive(record('PYSEC-2026-1', 'PyPI', TODAY)) }),
    );
    const found = await audit([...DEMO, pinOf('npm', 'next', '15.2.3')]);
    expect(found).toMatchObject({ status: 'ok', message: '' });
    expect(found.reports.map((report) => report.package)).toEqual(expect.arrayContaining(['demo', 'next']));
  });

  it.each([
    ['no zip', 'no zip at all'],
    ['half a zip', archive(record('PYSEC-2026-1', 'PyPI', TODAY)).subarray(0, 60)],
  ])('is partial over an archive that became %s, and says what is wrong', async (_, bytes) => {
    await db(
      'import',
      await layOut('source', { 'PyPI/all.zip': archive(record('PYSEC-2026-1', 'PyPI', TODAY)) }),
    );
    for (const layout of ['osv-scanner', 'osv-scalibr'])
      await writeFile(kept(layout, 'PyPI', 'all.zip'), bytes);
    const { status, message, reports } = await audit();
    expect({ status, reports }).toEqual({ status: 'partial', reports: [] });
    expect(message).toMatch(/^exit 127: .*(?:could not load db|Error)/);
  });

  it('is given the built-in index where the archive is a link that leads nowhere', async () => {
    await db(
      'import',
      await layOut('source', { 'PyPI/all.zip': archive(record('PYSEC-2026-1', 'PyPI', TODAY)) }),
    );
    for (const layout of ['osv-scanner', 'osv-scalibr']) {
      await rm(kept(layout, 'PyPI', 'all.zip'));
      await symlink(inFolder('a-folder-that-is-not'), kept(layout, 'PyPI', 'all.zip'));
    }
    expect((await audit()).reports.map(({ id }) => id)).toEqual(['PYSEC-2026-1']);
  });
});
