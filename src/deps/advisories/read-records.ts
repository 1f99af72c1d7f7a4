import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { openPromise } from 'yauzl';
import { configError, messageOf } from '../../errors.ts';
import type { OsvRecord } from './osv-record.ts';
import { parseOsvRecord } from './osv-record.ts';

/** Bounds on an archive of advisories. The largest public one (npm) stays under half of each. */
export interface ArchiveLimits {
  readonly archiveBytes: number;
  readonly entries: number;
  /** Bytes of one record, unpacked. */
  readonly entryBytes: number;
  /** Bytes of all records, unpacked. */
  readonly totalBytes: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  archiveBytes: 1024 ** 3,
  entries: 1_000_000,
  entryBytes: 16 * 1024 ** 2,
  totalBytes: 8 * 1024 ** 3,
};

/** Counts what was in an archive and was no record; a database that is half garbage must not look whole. */
export interface ReadCount {
  records: number;
  malformed: number;
}

/**
 * The OSV records of a zip (any entry that ends in `.json`), one after the other, so that memory holds one of them.
 * @param count is filled in while reading
 * @throws SbxError of kind `config` when it is no zip, is broken, or goes beyond a limit (CWE-409)
 */
export async function* readRecordsOfZip(
  path: string,
  count: ReadCount,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): AsyncGenerator<OsvRecord> {
  if ((await stat(path)).size > limits.archiveBytes) throw tooLarge(path, 'the file');
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw configError('advisories-broken', `${path} is not a readable zip: ${messageOf(error)}`);
  });
  try {
    let entries = 0;
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      entries += 1;
      total += entry.uncompressedSize;
      if (entries > limits.entries) throw tooLarge(path, 'the number of entries');
      if (entry.uncompressedSize > limits.entryBytes) throw tooLarge(path, entry.fileName);
      if (total > limits.totalBytes) throw tooLarge(path, 'what it unpacks to');
      if (!entry.fileName.endsWith('.json')) continue;
      // yauzl checks that no entry gives more bytes than it states.
      const record = parseOsvRecord(await textOf(await zip.openReadStreamPromise(entry)));
      if (record === null) count.malformed += 1;
      else {
        count.records += 1;
        yield record;
      }
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'SbxError') throw error;
    throw configError('advisories-broken', `${path} cannot be read to its end: ${messageOf(error)}`);
  } finally {
    zip.close();
  }
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function tooLarge(path: string, what: string): Error {
  return configError(
    'advisories-too-large',
    `${path}: ${what} is larger than a database of advisories may be`,
  );
}
