import { createGunzip } from 'node:zlib';
import { createReadStream } from 'node:fs';
import { messageOf } from '../errors.ts';
import type { Collector } from './collector.ts';
import { megabytes } from './collector.ts';
import type { OpenLimits } from './limits.ts';

/** The archive formats that a target may come in. */
export type ArchiveFormat = 'zip' | 'tar' | 'tar.gz';

const FORMAT_OF_SUFFIX: readonly (readonly [string, ArchiveFormat])[] = [
  ['.zip', 'zip'],
  ['.whl', 'zip'],
  ['.skill', 'zip'],
  ['.mcpb', 'zip'],
  ['.tar', 'tar'],
  ['.tar.gz', 'tar.gz'],
  ['.tgz', 'tar.gz'],
];

/** The format that a file's name promises, or null when it does not promise an archive. */
export function archiveFormatOf(name: string): ArchiveFormat | null {
  const lower = name.toLowerCase();
  return FORMAT_OF_SUFFIX.find(([suffix]) => lower.endsWith(suffix))?.[1] ?? null;
}

/**
 * Reads an archive's members into the collector, in memory; nothing is written to disk. What is broken, encrypted, a link, a bomb or
 * leaves the archive is listed as opaque.
 * @throws the signal's reason when aborted; never for what the archive holds
 */
export async function readArchive(
  absolutePath: string,
  format: ArchiveFormat,
  collector: Collector,
  limits: OpenLimits,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (format === 'zip') await readZip(absolutePath, collector, limits, signal);
    else await readTar(absolutePath, format === 'tar.gz', collector, limits, signal);
  } catch (error) {
    signal.throwIfAborted();
    collector.leaveOut('.', `not a readable ${format} archive: ${messageOf(error)}`, true);
  }
}

/** A member's name as a path inside the archive, or null when it points out of it (zip slip; CWE-22) or is not a usable name. */
export function memberPath(name: string): string | null {
  const slashes = name.replaceAll('\\', '/');
  if (slashes.startsWith('/') || /^[A-Za-z]:/.test(slashes) || slashes.includes('\0')) return null;
  const parts = slashes.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') ? null : parts.join('/');
}

const UNIX_TYPE_MASK = 0o170000;
const UNIX_LINK = 0o120000;

async function readZip(
  absolutePath: string,
  collector: Collector,
  limits: OpenLimits,
  signal: AbortSignal,
): Promise<void> {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(absolutePath, {
    lazyEntries: true,
    autoClose: false,
    strictFileNames: false,
  });
  try {
    for await (const entry of zip.eachEntry()) {
      signal.throwIfAborted();
      if (collector.full) return;
      const name = entry.fileName;
      if (name.endsWith('/')) continue;
      const path = memberPath(name);
      const mode = entry.externalFileAttributes >>> 16;
      if (path === null) collector.leaveOut(name, 'the name leads out of the archive: not read', true);
      else if ((mode & UNIX_TYPE_MASK) === UNIX_LINK)
        collector.leaveOut(path, 'symbolic link: not followed', false);
      else if (entry.isEncrypted()) collector.leaveOut(path, 'encrypted: cannot be analysed', true);
      else if (entry.uncompressedSize > limits.maxFileBytes) {
        const reason = `larger than ${megabytes(limits.maxFileBytes)} (${megabytes(entry.uncompressedSize)}): not analysed`;
        collector.addUnread(path, entry.uncompressedSize, null, false, reason);
      } else if (isBomb(entry.uncompressedSize, entry.compressedSize, limits)) {
        collector.leaveOut(path, 'unpacks to far more than it holds (zip bomb?): not unpacked', true);
      } else if (collector.accepts(path, entry.uncompressedSize)) {
        try {
          const stream = await zip.openReadStreamPromise(entry);
          collector.add(path, await gather(stream, limits.maxFileBytes), (mode & 0o111) !== 0);
        } catch (error) {
          collector.leaveOut(path, `cannot be unpacked: ${messageOf(error)}`, true);
        }
      }
    }
  } finally {
    zip.close();
  }
}

function isBomb(unpacked: number, packed: number, limits: OpenLimits): boolean {
  const free = 1024 * 1024;
  return unpacked > free && unpacked > packed * limits.maxCompressionRatio;
}

async function readTar(
  absolutePath: string,
  isCompressed: boolean,
  collector: Collector,
  limits: OpenLimits,
  signal: AbortSignal,
): Promise<void> {
  const { extract } = await import('tar-stream');
  const { pipeline } = await import('node:stream/promises');
  const unpack = extract();
  const source = createReadStream(absolutePath);
  const piping = isCompressed
    ? pipeline(source, createGunzip(), unpack, { signal })
    : pipeline(source, unpack, { signal });
  // Its failure surfaces below, through the iteration over the members or the await at the end.
  piping.catch(() => undefined);
  let unpackedBytes = 0;
  let members = 0;
  for await (const entry of unpack) {
    signal.throwIfAborted();
    members += 1;
    const { name, type, size = 0, mode = 0 } = entry.header;
    unpackedBytes += size;
    if (collector.full || unpackedBytes > limits.maxTotalBytes * 2) {
      collector.leaveOut(name, 'the archive is too large: this member and all after it were not read', true);
      unpack.destroy();
      source.destroy();
      return;
    }
    const path = memberPath(name);
    if (type === 'directory') entry.resume();
    else if (path === null) {
      collector.leaveOut(name, 'the name leads out of the archive: not read', true);
      entry.resume();
    } else if (type === 'symlink' || type === 'link') {
      collector.leaveOut(path, `link to ${entry.header.linkname ?? '?'}: not followed`, type === 'link');
      entry.resume();
    } else if (type !== 'file' && type !== 'contiguous-file') {
      collector.leaveOut(path, `not a regular file (${String(type)}): not opened`, false);
      entry.resume();
    } else if (size > limits.maxFileBytes) {
      const reason = `larger than ${megabytes(limits.maxFileBytes)} (${megabytes(size)}): not analysed`;
      collector.addUnread(path, size, null, (mode & 0o111) !== 0, reason);
      entry.resume();
    } else if (collector.accepts(path, size)) {
      collector.add(path, await gather(entry, limits.maxFileBytes), (mode & 0o111) !== 0);
    } else entry.resume();
  }
  await piping;
  if (members === 0) throw new Error('it has no members');
}

async function gather(stream: AsyncIterable<unknown>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = chunk as Buffer;
    bytes += buffer.byteLength;
    // The size in the header is the archive's own claim.
    if (bytes > maxBytes) throw new Error('holds more than its header says');
    chunks.push(buffer);
  }
  return Buffer.concat(chunks, bytes);
}
