import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** One entry of an archive: bytes at hand, or a file that is read when its turn comes. */
export type ArchiveEntry =
  { readonly name: string; readonly content: Buffer } | { readonly name: string; readonly file: string };

/** The earliest date of the format, so that the same entries give the same bytes. */
const DATE = new Date(Date.UTC(1980, 0, 1));

/**
 * Writes a zip archive; files are read one after the other, and what is written is given away, so that memory holds little.
 * @param compress false: faster to write, larger
 * @throws what reading or writing a file throws
 */
export async function writeArchive(
  path: string,
  entries: Iterable<ArchiveEntry> | AsyncIterable<ArchiveEntry>,
  compress: boolean,
): Promise<void> {
  const zip = new ZipFile();
  const failed = new Promise<never>((_, reject) => zip.on('error', reject));
  const written = Promise.race([failed, pipeline(zip.outputStream as Readable, createWriteStream(path))]);
  // Handled below; entries may fail first.
  written.catch(() => undefined);
  const options = { mtime: DATE, mode: 0o100644, compress, forceDosTimestamp: true };
  try {
    for await (const entry of entries) {
      if ('content' in entry) zip.addBuffer(entry.content, entry.name, options);
      else zip.addFile(entry.file, entry.name, options);
    }
  } finally {
    zip.end();
    await written;
  }
}
