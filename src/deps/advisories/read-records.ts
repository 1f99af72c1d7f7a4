import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import { openPromise } from 'yauzl';
import type { SbxError } from '../../errors.ts';
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
  /** How many times the size of the archive its records may unpack to, once that is more than {@link RATIO_FREE_BYTES}. */
  readonly ratio: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  archiveBytes: 1024 ** 3,
  entries: 1_000_000,
  entryBytes: 16 * 1024 ** 2,
  totalBytes: 8 * 1024 ** 3,
  // JSON of advisories packs to a fifth; archives whose entries overlap claim hundreds of times their size.
  ratio: 50,
};

/** What unpacks to less is not worth a bomb. */
const RATIO_FREE_BYTES = 16 * 1024 ** 2;

/** Counts what was in an archive and was no record; a database that is half garbage must not look whole. */
export interface ReadCount {
  records: number;
  malformed: number;
}

/** An entry that is within the limits, and how to get at it. */
interface OpenEntry {
  readonly entry: Entry;
  readonly open: () => Promise<Readable>;
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
  for await (const { entry, open } of entriesOfZip(path, limits)) {
    if (!entry.fileName.endsWith('.json')) continue;
    if (entry.uncompressedSize > limits.entryBytes) throw archiveTooLarge(path, entry.fileName);
    // yauzl checks that no entry gives more bytes than it states.
    const record = parseOsvRecord(await textOf(await open()));
    if (record === null) count.malformed += 1;
    else {
      count.records += 1;
      yield record;
    }
  }
}

/**
 * Goes through a zip. Sizes are those that the entries state, which yauzl holds them to.
 * @throws SbxError of kind `config` when it is no zip, is broken, or goes beyond a limit; what reading an entry throws counts as broken
 */
export async function* entriesOfZip(path: string, limits: ArchiveLimits): AsyncGenerator<OpenEntry> {
  const { size } = await stat(path);
  if (size > limits.archiveBytes) throw archiveTooLarge(path, 'the file');
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw configError('advisories-broken', `${path} is not a readable zip: ${messageOf(error)}`);
  });
  try {
    yield* boundedEntries(zip, path, size, limits);
  } catch (error) {
    if (error instanceof Error && error.name === 'SbxError') throw error;
    throw configError('advisories-broken', `${path} cannot be read to its end: ${messageOf(error)}`);
  } finally {
    zip.close();
  }
}

async function* boundedEntries(
  zip: ZipFile,
  path: string,
  size: number,
  limits: ArchiveLimits,
): AsyncGenerator<OpenEntry> {
  let entries = 0;
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    entries += 1;
    total += entry.uncompressedSize;
    if (entries > limits.entries) throw archiveTooLarge(path, 'the number of entries');
    if (total > limits.totalBytes) throw archiveTooLarge(path, 'what it unpacks to');
    if (total > RATIO_FREE_BYTES && total > size * limits.ratio)
      throw archiveTooLarge(path, `what its ${String(size)} bytes unpack to`);
    yield { entry, open: () => zip.openReadStreamPromise(entry) };
  }
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** @param what the part that is too large, as the subject of a sentence */
export function archiveTooLarge(path: string, what: string): SbxError {
  const message = `${path}: ${what} is larger than a database of advisories may be`;
  return configError('advisories-too-large', message);
}
