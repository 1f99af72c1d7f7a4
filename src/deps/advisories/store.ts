import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ecosystem } from '../../model/dependency.ts';
import { configError } from '../../errors.ts';
import { buildAdvisoryIndex } from './build-index.ts';
import {
  advisoriesFolder,
  forgetOpenIndexes,
  formerIndexFile,
  indexFile,
  isStale,
  openIndex,
} from './database.ts';
import { packText } from './packed-index.ts';
import { compareText } from '../inventory/text.ts';
import type { AdvisorySource } from './import-source.ts';
import { openSource } from './import-source.ts';
import { OSV_LAYOUTS, osvArchive } from './osv-folder.ts';
import { isMisreadOffline, rewriteForOsvScanner } from './osv-scanner-archive.ts';
import type { OsvRecord } from './osv-record.ts';
import type { ReadCount } from './read-records.ts';
import { readRecordsOfZip } from './read-records.ts';
import type { AuditedEcosystem } from './version-scheme.ts';
import { AUDITED_ECOSYSTEMS, isAudited } from './version-scheme.ts';

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

/** Ecosystems whose packages are listed and not matched: there is nothing here that orders their versions. */
export const UNCOVERED: readonly Ecosystem[] = ['crates.io', 'Debian', 'GitHub Actions', 'Go'];

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
interface Installed {
  readonly ecosystem: AuditedEcosystem;
  readonly date: string;
  readonly records: number;
  readonly malicious: number;
  /** Entries of the archive that are no OSV records and were passed over. */
  readonly malformed: number;
}

/** What an import or update did. */
export interface Installation {
  readonly installed: readonly Installed[];
  /** Ecosystems that it has records for and sbx does not match, sorted. */
  readonly uncovered: readonly string[];
}

/**
 * Takes the database from a folder or a zip, as {@link openSource} finds it there.
 * @throws SbxError of kind `config` when there is nothing to take, or as {@link installArchives}
 */
export function importDatabase(source: string, signal: AbortSignal): Promise<Installation> {
  return withStaging((staging) => openSource(source, staging, signal), signal);
}

/**
 * Puts archives of OSV records in the place of what was there: the archive in both layouts of osv-scanner's offline mode (written again when
 * that would misread it), and the index made from it. Each archive is read to its end before anything is replaced; an ecosystem changes as a whole or not at all.
 * @param archives zip files by ecosystem
 * @throws SbxError of kind `config` when an archive is broken, too large, or holds nothing for its ecosystem
 */
export function installArchives(
  archives: ReadonlyMap<AuditedEcosystem, string>,
  signal: AbortSignal,
): Promise<Installation> {
  return withStaging(() => Promise.resolve({ archives, mixed: null, uncovered: [] }), signal);
}

async function withStaging(
  open: (staging: string) => Promise<AdvisorySource>,
  signal: AbortSignal,
): Promise<Installation> {
  const folder = advisoriesFolder();
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
  const staging = await mkdtemp(join(folder, STAGING));
  try {
    const source = await open(staging);
    const staged = await stageAll(source, staging, signal);
    for (const { ecosystem, archive } of staged.ready) {
      signal.throwIfAborted();
      await place(ecosystem, archive, staging);
    }
    forgetOpenIndexes();
    return { installed: staged.ready.map(({ installed }) => installed), uncovered: staged.uncovered };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

const STAGING = '.staging-';

/** An import that was killed leaves its folder behind; one that is a day old belongs to nobody. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((entry) => entry.startsWith(STAGING))) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > 24 * 60 * 60 * 1000) await rm(path, { recursive: true, force: true });
  }
}

interface Staged {
  readonly ready: readonly {
    readonly ecosystem: AuditedEcosystem;
    readonly archive: string;
    readonly installed: Installed;
  }[];
  readonly uncovered: readonly string[];
}

async function stageAll(source: AdvisorySource, staging: string, signal: AbortSignal): Promise<Staged> {
  const { archives, mixed } = source;
  const uncovered = new Set(source.uncovered);
  const ready: Staged['ready'][number][] = [];
  for (const ecosystem of AUDITED_ECOSYSTEMS) {
    const archive = archives.get(ecosystem) ?? mixed;
    if (archive === null) continue;
    signal.throwIfAborted();
    // An archive of one ecosystem has records that concern others as well; those were not what it was made for.
    const seen = archive === mixed ? uncovered : new Set<string>();
    const { installed, isMisread } = await stage(ecosystem, archive, staging, seen);
    const readable = join(staging, `${ecosystem}-rewritten.zip`);
    if (installed.records > 0 && isMisread) await rewriteForOsvScanner(archive, readable);
    if (installed.records > 0) ready.push({ ecosystem, archive: isMisread ? readable : archive, installed });
    else if (archive !== mixed)
      throw configError('advisories-none', `${archive} holds no advisories for ${ecosystem}`);
  }
  if (ready.length === 0 && mixed !== null) {
    const others = uncovered.size === 0 ? '' : `, only for ${[...uncovered].sort(compareText).join(', ')}`;
    const names = AUDITED_ECOSYSTEMS.join(' or ');
    throw configError('advisories-none', `there are no advisories for ${names} in it${others}`);
  }
  return { ready, uncovered: [...uncovered].sort(compareText) };
}

async function stage(
  ecosystem: AuditedEcosystem,
  archive: string,
  staging: string,
  uncovered: Set<string>,
): Promise<{ readonly installed: Installed; readonly isMisread: boolean }> {
  const count: ReadCount = { records: 0, malformed: 0 };
  let isMisread = false;
  const records = watching(readRecordsOfZip(archive, count), (record) => {
    noteUncovered(record, uncovered);
    isMisread ||= isMisreadOffline(record);
  });
  const index = await buildAdvisoryIndex(ecosystem, records);
  await writeFile(indexFile(staging, ecosystem), packText(index));
  const { date, records: kept, malicious } = index;
  return { installed: { ecosystem, date, records: kept, malicious, malformed: count.malformed }, isMisread };
}

async function* watching(
  records: AsyncIterable<OsvRecord>,
  watch: (record: OsvRecord) => void,
): AsyncGenerator<OsvRecord> {
  for await (const record of records) {
    watch(record);
    yield record;
  }
}

/** Names of ecosystems that are remembered; there are some thirty. */
const MAX_UNCOVERED = 100;

function noteUncovered(record: OsvRecord, uncovered: Set<string>): void {
  for (const affected of record.affected ?? []) {
    // `Debian:12` is a release of Debian.
    const name = affected.package?.ecosystem?.split(':', 1)[0] ?? '';
    if (name !== '' && !isAudited(name) && uncovered.size < MAX_UNCOVERED) uncovered.add(name);
  }
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
  await rm(formerIndexFile(join(folder, 'index'), ecosystem), { force: true });
}
