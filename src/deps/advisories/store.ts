import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configError } from '../../errors.ts';
import { buildAdvisoryIndex } from './build-index.ts';
import { advisoriesFolder, forgetOpenIndexes, indexFile, isStale, openIndex, packIndex } from './database.ts';
import { OSV_LAYOUTS, osvArchive } from './osv-folder.ts';
import type { ReadCount } from './read-records.ts';
import { readRecordsOfZip } from './read-records.ts';
import type { AuditedEcosystem } from './version-scheme.ts';
import { AUDITED_ECOSYSTEMS } from './version-scheme.ts';

/** What the database knows about one ecosystem. */
export interface EcosystemStatus {
  readonly ecosystem: AuditedEcosystem;
  /** `seed`: shipped with sbx. `cache`: made by `sbx db`. */
  readonly origin: 'seed' | 'cache';
  /** ISO 8601 day of the newest advisory. */
  readonly date: string;
  readonly records: number;
  readonly malicious: number;
  /** When it was imported or updated, ISO 8601; null for what was shipped. */
  readonly updatedAt: string | null;
  /** True: its newest advisory is more than a week old. */
  readonly stale: boolean;
}

/** Compressing harder takes minutes on the largest database and saves a third. */
const CACHE_BROTLI_QUALITY = 5;

/** The state of the database of every audited ecosystem. */
export function databaseStatus(): Promise<EcosystemStatus[]> {
  return Promise.all(
    AUDITED_ECOSYSTEMS.map(async (ecosystem) => {
      const { index, origin } = await openIndex(ecosystem);
      const updated =
        origin === 'seed'
          ? null
          : (await stat(indexFile(join(advisoriesFolder(), 'index'), ecosystem))).mtime;
      return {
        ecosystem,
        origin,
        date: index.date,
        records: index.records,
        malicious: index.malicious,
        updatedAt: updated?.toISOString() ?? null,
        stale: isStale(index.date),
      };
    }),
  );
}

/** What was put in place for an ecosystem. */
export interface Installed {
  readonly ecosystem: AuditedEcosystem;
  readonly date: string;
  readonly records: number;
  readonly malicious: number;
  /** Entries of the archive that are no OSV records and were passed over. */
  readonly malformed: number;
}

/**
 * Puts archives of OSV records in the place of what was there: the archive in both layouts of osv-scanner's offline mode, and the index made
 * from it. Each archive is read to its end before anything is replaced; an ecosystem changes as a whole or not at all.
 * @param archives zip files by ecosystem
 * @throws SbxError of kind `config` when an archive is broken, too large, or holds nothing for its ecosystem
 */
export async function installArchives(
  archives: ReadonlyMap<AuditedEcosystem, string>,
  signal: AbortSignal,
): Promise<Installed[]> {
  const folder = advisoriesFolder();
  await mkdir(folder, { recursive: true });
  const staging = await mkdtemp(join(folder, '.staging-'));
  try {
    const installed: Installed[] = [];
    for (const [ecosystem, archive] of archives) {
      signal.throwIfAborted();
      installed.push(await stage(ecosystem, archive, staging));
    }
    for (const [ecosystem, archive] of archives) {
      signal.throwIfAborted();
      await place(ecosystem, archive, staging);
    }
    forgetOpenIndexes();
    return installed;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function stage(ecosystem: AuditedEcosystem, archive: string, staging: string): Promise<Installed> {
  const count: ReadCount = { records: 0, malformed: 0 };
  const index = await buildAdvisoryIndex(ecosystem, readRecordsOfZip(archive, count));
  if (index.records === 0)
    throw configError('advisories-none', `${archive} holds no advisories for ${ecosystem}`);
  await writeFile(indexFile(staging, ecosystem), packIndex(index, CACHE_BROTLI_QUALITY));
  const { date, records, malicious } = index;
  return { ecosystem, date, records, malicious, malformed: count.malformed };
}

/** The index goes last: it is what makes the rest count. */
async function place(ecosystem: AuditedEcosystem, archive: string, staging: string): Promise<void> {
  const folder = advisoriesFolder();
  for (const layout of OSV_LAYOUTS) {
    const copy = join(staging, `${layout}-${ecosystem}.zip`);
    await copyFile(archive, copy, constants.COPYFILE_FICLONE);
    await mkdir(join(folder, layout, ecosystem), { recursive: true });
    await rename(copy, osvArchive(folder, layout, ecosystem));
  }
  await mkdir(join(folder, 'index'), { recursive: true });
  await rename(indexFile(staging, ecosystem), indexFile(join(folder, 'index'), ecosystem));
}

/**
 * Finds the archives in what the operator hands over: a folder with `<ecosystem>/all.zip` or `<ecosystem>.zip`, also below `osv-scanner/` or
 * `osv-scalibr/`.
 * @throws SbxError of kind `config` when there are none
 */
export function findArchives(source: string): Map<AuditedEcosystem, string> {
  if (!existsSync(source)) throw configError('advisories-not-found', `there is no ${source}`);
  const found = new Map<AuditedEcosystem, string>();
  for (const ecosystem of AUDITED_ECOSYSTEMS) {
    const places = ['', ...OSV_LAYOUTS].flatMap((layout) => [
      join(source, layout, ecosystem, 'all.zip'),
      join(source, layout, `${ecosystem}.zip`),
    ]);
    const archive = places.find((place) => existsSync(place));
    if (archive !== undefined) found.set(ecosystem, archive);
  }
  if (found.size > 0) return found;
  throw configError(
    'advisories-not-found',
    `${source} holds no archive of advisories`,
    'Lay it out as PyPI/all.zip and npm/all.zip, as the public OSV database does.',
  );
}
