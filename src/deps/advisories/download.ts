import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

/** Mirrors redirect to where they store things, once or twice. */
const MAX_REDIRECTS = 5;

/** What a download may ask of this machine. */
interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
  /** The most bytes that an archive may have; that of {@link ARCHIVE_LIMITS} when left out. */
  readonly maxBytes?: number;
}

/**
 * Fetches the archives of every audited ecosystem into a temporary folder and hands them to `use`; the folder is gone afterwards. Nothing
 * about any target is sent.
 * @param base the public bucket, or a mirror of it: https, or http on the loopback; the same holds for where it redirects to
 * @throws SbxError of kind `network` when it cannot be reached, answers with something else, or sends what `use` cannot read
 */
export async function withDownloadedArchives<Result>(
  base: string,
  options: DownloadOptions,
  use: (archives: ReadonlyMap<AuditedEcosystem, string>) => Promise<Result>,
): Promise<Result> {
  if (!isSafe(base)) throw usageError('mirror-unsafe', `${base} is no https address`);
  const root = base.replace(/\/+$/, '');
  const folder = await mkdtemp(join(tmpdir(), 'sbx-advisories-'));
  try {
    const archives = new Map<AuditedEcosystem, string>();
    for (const ecosystem of AUDITED_ECOSYSTEMS) {
      options.progress(`fetching the advisories of ${ecosystem}`);
      const path = join(folder, ecosystem, 'all.zip');
      await mkdir(dirname(path));
      await download(`${root}/${ecosystem}/all.zip`, path, options);
      archives.set(ecosystem, path);
    }
    options.progress('reading the advisories');
    return await use(archives);
  } catch (error) {
    if (!(error instanceof SbxError) || error.kind !== 'config') throw error;
    // The operator knows the mirror, not the temporary folder.
    throw new SbxError('network', error.code, error.message.replaceAll(folder, root), { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isSafe(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLoopback = url !== null && /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback);
}

async function download(
  url: string,
  path: string,
  { signal, maxBytes = ARCHIVE_LIMITS.archiveBytes }: DownloadOptions,
): Promise<void> {
  try {
    const response = await get(url, AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]));
    if (!response.ok || response.body === null) throw new Error(`it answers ${String(response.status)}`);
    if (Number(response.headers.get('content-length')) > maxBytes) throw new Error(TOO_LARGE);
    await pipeline(Readable.from(response.body), capped(maxBytes), createWriteStream(path));
  } catch (error) {
    signal.throwIfAborted();
    const reason =
      error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
    throw new SbxError('network', 'advisories-unreachable', `${url} could not be fetched: ${reason}`, {
      help: 'Copy the archives over by hand and use `sbx db import DIR`.',
      cause: error,
    });
  }
}

/** Follows redirects itself: each must lead to an address that would have been accepted in the first place. */
async function get(url: string, signal: AbortSignal): Promise<Response> {
  let address = url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const response = await fetch(address, { signal, redirect: 'manual' });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(location, address)) throw new Error('it redirects to what is no address');
    address = new URL(location, address).href;
    if (!isSafe(address)) throw new Error(`it redirects to ${address}, which is no https address`);
  }
  throw new Error(`it redirects more than ${String(MAX_REDIRECTS)} times`);
}

const TOO_LARGE = 'it sends more than a database of advisories may hold';

function capped(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(new Error(TOO_LARGE));
      else done(null, chunk);
    },
  });
}
