import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { cacheFolder } from '../../cache-folder.ts';
import { configError, messageOf } from '../../errors.ts';
import { PackedIndex } from './packed-index.ts';
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

/** The file of an ecosystem's index inside a folder. What is kept is not compressed: that takes ten times as long to read. */
export function indexFile(folder: string, ecosystem: AuditedEcosystem): string {
  return join(folder, `${ecosystem}.index`);
}

/** The same as it is shipped. */
function seedFile(ecosystem: AuditedEcosystem): string {
  return `${indexFile(SEED_FOLDER, ecosystem)}.br`;
}

/** Where earlier versions kept it, in a form that is not read any more. */
export function formerIndexFile(folder: string, ecosystem: AuditedEcosystem): string {
  return join(folder, `${ecosystem}.tsv.br`);
}

const opened = new Map<string, Promise<OpenedIndex>>();

/**
 * Opens the index of an ecosystem, once a process: the cached one when there is one, else the shipped one (4 ms).
 * @throws SbxError of kind `config` when there is a cached one that cannot be read: falling back to the shipped one would be a silent loss
 */
export function openIndex(ecosystem: AuditedEcosystem): Promise<OpenedIndex> {
  const folder = join(advisoriesFolder(), 'index');
  let index = opened.get(`${folder}\0${ecosystem}`);
  if (index === undefined) {
    index = open(folder, ecosystem);
    opened.set(`${folder}\0${ecosystem}`, index);
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

async function open(folder: string, ecosystem: AuditedEcosystem): Promise<OpenedIndex> {
  const cached = indexFile(folder, ecosystem);
  const help = 'Make it anew with `sbx db update` or `sbx db import DIR`, or delete it.';
  try {
    return { index: new PackedIndex(readFileSync(cached)), origin: 'cache' };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      throw configError('advisories-broken', `${cached} cannot be read: ${messageOf(error)}`, help, error);
  }
  const former = formerIndexFile(folder, ecosystem);
  if (existsSync(former))
    throw configError('advisories-broken', `${former} was made by an earlier version of sbx`, help);
  return { index: await readSeed(seedFile(ecosystem)), origin: 'seed' };
}

async function readSeed(path: string): Promise<PackedIndex> {
  // On another thread: it takes as long as reading a list of two thousand packages, which this one does meanwhile.
  const text = await promisify(brotliDecompress)(readFileSync(path), {
    maxOutputLength: MAX_INDEX_BYTES,
    chunkSize: CHUNK_BYTES,
  });
  return new PackedIndex(text);
}
