import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf, SbxError, usageError } from '../../errors.ts';
import { ARCHIVE_LIMITS } from './read-records.ts';
import type { AuditedEcosystem } from './version-scheme.ts';
import { AUDITED_ECOSYSTEMS } from './version-scheme.ts';

/** The public OSV database: `<ecosystem>/all.zip` (https://google.github.io/osv.dev/data/). */
export const OSV_BUCKET = 'https://osv-vulnerabilities.storage.googleapis.com';

/** The largest archive has some 200 MB. */
const DEADLINE_MS = 15 * 60 * 1000;

/**
 * Fetches the archives of every audited ecosystem into a temporary folder and hands them to `use`; the folder is gone afterwards. Nothing
 * about any target is sent.
 * @param base the public bucket, or a mirror of it: https, or http on the loopback
 * @throws SbxError of kind `network` when it cannot be reached or answers with something else
 */
export async function withDownloadedArchives<Result>(
  base: string,
  signal: AbortSignal,
  progress: (message: string) => void,
  use: (archives: ReadonlyMap<AuditedEcosystem, string>) => Promise<Result>,
): Promise<Result> {
  requireSafe(base);
  const folder = await mkdtemp(join(tmpdir(), 'sbx-advisories-'));
  try {
    const archives = new Map<AuditedEcosystem, string>();
    for (const ecosystem of AUDITED_ECOSYSTEMS) {
      progress(`fetching the advisories of ${ecosystem}`);
      const path = join(folder, `${ecosystem}.zip`);
      await download(`${base.replace(/\/+$/, '')}/${ecosystem}/all.zip`, path, signal);
      archives.set(ecosystem, path);
    }
    progress('reading the advisories');
    return await use(archives);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function requireSafe(base: string): void {
  const url = URL.canParse(base) ? new URL(base) : null;
  const isLoopback = url !== null && /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)) return;
  throw usageError('mirror-unsafe', `${base} is no https address`);
}

async function download(url: string, path: string, signal: AbortSignal): Promise<void> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    if (!response.ok || response.body === null) throw new Error(`it answers ${String(response.status)}`);
    await pipeline(
      Readable.from(response.body),
      capped(ARCHIVE_LIMITS.archiveBytes),
      createWriteStream(path),
    );
  } catch (error) {
    signal.throwIfAborted();
    const reason =
      error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
    throw new SbxError('network', 'advisories-unreachable', `${url} could not be fetched: ${reason}`, {
      help: 'The database is as it was. Fetch the archives elsewhere and use `sbx db import DIR`, or name a mirror with --mirror.',
      cause: error,
    });
  }
}

function capped(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(new Error('it sends more than a database of advisories may hold'));
      else done(null, chunk);
    },
  });
}
