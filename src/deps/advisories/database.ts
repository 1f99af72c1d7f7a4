import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync, brotliDecompress, constants } from 'node:zlib';
import { cacheFolder } from '../../cache-folder.ts';
import { configError, messageOf } from '../../errors.ts';
import type { AdvisoryIndex } from './index-format.ts';
import { packText, PackedIndex } from './packed-index.ts';
import type { AuditedEcosystem } from './version-scheme.ts';

/** Where an index came from: shipped with sbx, or made by `sbx db update` or `sbx db import`. */
type IndexOrigin = 'seed' | 'cache';

export interface OpenedIndex {
  readonly index: PackedIndex;
  readonly origin: IndexOrigin;
}

/** Bytes that are unpacked in one step; every step goes by this thread. */
const CHUNK_BYTES = 4 * 1024 ** 2;

/** Bytes that an index may unpack to; the full npm one is a tenth of it. */
const MAX_INDEX_BYTES = 512 * 1024 ** 2;

/** The folder of the shipped indexes. */
const SEED_FOLDER = fileURLToPath(new URL('../seed/', import.meta.url));

/** The folder of everything that `sbx db` keeps. */
export function advisoriesFolder(): string {
  return cacheFolder('advisories');
}

/** The file of an ecosystem's index inside a folder. */
export function indexFile(folder: string, ecosystem: AuditedEcosystem): string {
  return join(folder, `${ecosystem}.tsv.br`);
}

const opened = new Map<string, Promise<OpenedIndex>>();

/**
 * Opens the index of an ecosystem, once a process: the cached one when there is one, else the shipped one (4 ms).
 * @throws SbxError of kind `config` when there is a cached one that cannot be read: falling back to the shipped one would be a silent loss
 */
export function openIndex(ecosystem: AuditedEcosystem): Promise<OpenedIndex> {
  const cached = indexFile(join(advisoriesFolder(), 'index'), ecosystem);
  let index = opened.get(cached);
  if (index === undefined) {
    index = open(cached, indexFile(SEED_FOLDER, ecosystem));
    opened.set(cached, index);
  }
  return index;
}

/** Advisories are published daily; after a week a database has missed hundreds. */
const FRESH_MS = 7 * 24 * 60 * 60 * 1000;

/** True when the newest advisory (an ISO 8601 day, or empty) is more than a week old. */
export function isStale(date: string): boolean {
  return !(Date.now() - Date.parse(date) <= FRESH_MS);
}

/** Lets the next {@link openIndex} read the files again, after they were replaced. */
export function forgetOpenIndexes(): void {
  opened.clear();
}

async function open(cached: string, seed: string): Promise<OpenedIndex> {
  try {
    return { index: await readIndex(cached), origin: 'cache' };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { index: await readIndex(seed), origin: 'seed' };
    const help = 'Make it anew with `sbx db update` or `sbx db import DIR`, or delete it.';
    throw configError('advisories-broken', `${cached} cannot be read: ${messageOf(error)}`, help, error);
  }
}

async function readIndex(path: string): Promise<PackedIndex> {
  const packed = await readFile(path);
  // On another thread: it takes as long as reading a list of two thousand packages, which this one does meanwhile.
  const text = await promisify(brotliDecompress)(packed, {
    maxOutputLength: MAX_INDEX_BYTES,
    chunkSize: CHUNK_BYTES,
  });
  return new PackedIndex(text);
}

/** The bytes of an index as they are shipped and cached. */
export function packIndex(index: AdvisoryIndex, quality: number = constants.BROTLI_MAX_QUALITY): Buffer {
  const text = packText(index);
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });
}
