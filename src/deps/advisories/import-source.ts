import { createWriteStream, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { configError } from '../../errors.ts';
import { compareText } from '../inventory/text.ts';
import { OSV_LAYOUTS } from './osv-folder.ts';
import { ARCHIVE_LIMITS, archiveTooLarge, entriesOfZip } from './read-records.ts';
import type { AuditedEcosystem } from './version-scheme.ts';
import { AUDITED_ECOSYSTEMS, isAudited } from './version-scheme.ts';
import type { ArchiveEntry } from './write-archive.ts';

/** Archives of OSV records as an operator hands them over. */
export interface AdvisorySource {
  /** Those that hold one ecosystem. */
  readonly archives: ReadonlyMap<AuditedEcosystem, string>;
  /** One that may hold records of any ecosystem; null when there is none. */
  readonly mixed: string | null;
  /** Ecosystems whose archives lie there and that are not matched by sbx, sorted. */
  readonly uncovered: readonly string[];
}

/** Folders of records below folders: advisory databases nest by year, month and id. */
const MAX_DEPTH = 16;

/**
 * Finds the archives in a folder or a zip: `<ecosystem>/all.zip` or `<ecosystem>.zip`, also below `osv-scanner/` or `osv-scalibr/`; else OSV
 * records as `.json` files at any depth.
 * @param staging a folder for what has to be unpacked or packed; the caller deletes it
 * @throws SbxError of kind `config` when there are none, or when there is more than a database may hold
 */
export async function openSource(
  path: string,
  staging: string,
  signal: AbortSignal,
): Promise<AdvisorySource> {
  if (!existsSync(path)) throw configError('advisories-not-found', `there is no ${path}`);
  const isFolder = (await stat(path)).isDirectory();
  const source = isFolder ? await inFolder(path, staging, signal) : await inZip(path, staging, signal);
  if (source.archives.size > 0 || source.mixed !== null) return source;
  const others = source.uncovered.length === 0 ? '' : `, only those of ${source.uncovered.join(', ')}`;
  throw configError(
    'advisories-not-found',
    `${path} holds no advisories for ${AUDITED_ECOSYSTEMS.join(' or ')}${others}`,
    'Lay it out as PyPI/all.zip and npm/all.zip, as the public OSV database does, or as OSV records in .json files.',
  );
}

async function inFolder(folder: string, staging: string, signal: AbortSignal): Promise<AdvisorySource> {
  const archives = new Map<AuditedEcosystem, string>();
  const uncovered = new Set<string>();
  for (const layout of ['', ...OSV_LAYOUTS]) {
    const entries = await readdir(join(folder, layout)).catch(() => []);
    for (const name of entries.sort(compareText)) {
      const inner = join(folder, layout, name, 'all.zip');
      const archive = existsSync(inner) ? inner : join(folder, layout, name);
      const ecosystem = ecosystemOf(archive);
      if (ecosystem === null) continue;
      if (!isAudited(ecosystem)) uncovered.add(ecosystem);
      else if (!archives.has(ecosystem)) archives.set(ecosystem, archive);
    }
  }
  const all = join(folder, 'all.zip');
  if (archives.size === 0 && existsSync(all)) return inZip(all, staging, signal);
  const mixed = archives.size > 0 ? null : await packRecords(folder, join(staging, 'records.zip'), signal);
  return { archives, mixed, uncovered: [...uncovered].sort(compareText) };
}

/** The ecosystem that a path names (`npm/all.zip`, `npm.zip`); null when it names none. */
function ecosystemOf(path: string): string | null {
  const named = /(?:^|[\\/])([A-Za-z][\w. -]{0,40})(?:[\\/]all)?\.zip$/.exec(path)?.[1] ?? null;
  return named === 'all' ? null : named;
}

/** Packs the records of a folder, so that everything behind reads archives; null when there are none. Links are not followed. */
async function packRecords(folder: string, archive: string, signal: AbortSignal): Promise<string | null> {
  const entries: ArchiveEntry[] = [];
  const waiting = [{ folder, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal.throwIfAborted();
    for (const entry of await readdir(next.folder, { withFileTypes: true })) {
      const path = join(next.folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.')) {
        if (next.depth >= MAX_DEPTH) throw archiveTooLarge(folder, 'the depth of its folders');
        waiting.push({ folder: path, depth: next.depth + 1 });
      } else if (entry.isFile() && entry.name.endsWith('.json')) {
        // Numbered: names of files are nobody's to choose.
        entries.push({ name: `${String(entries.length)}.json`, file: path });
      }
      if (entries.length > ARCHIVE_LIMITS.entries) throw archiveTooLarge(folder, 'the number of records');
    }
  }
  if (entries.length === 0) return null;
  const { writeArchive } = await import('./write-archive.ts');
  await writeArchive(archive, entries, true);
  return archive;
}

async function inZip(path: string, staging: string, signal: AbortSignal): Promise<AdvisorySource> {
  const archives = new Map<AuditedEcosystem, string>();
  const uncovered = new Set<string>();
  let hasRecords = false;
  for await (const { entry, open } of entriesOfZip(path, ARCHIVE_LIMITS)) {
    signal.throwIfAborted();
    if (entry.fileName.endsWith('.json')) hasRecords = true;
    const ecosystem = ecosystemOf(entry.fileName);
    if (ecosystem === null) continue;
    if (!isAudited(ecosystem)) uncovered.add(ecosystem);
    else if (!archives.has(ecosystem)) {
      if (entry.uncompressedSize > ARCHIVE_LIMITS.archiveBytes) throw archiveTooLarge(path, entry.fileName);
      const inner = join(staging, `inner-${ecosystem}.zip`);
      await pipeline(await open(), createWriteStream(inner));
      archives.set(ecosystem, inner);
    }
  }
  const mixed = archives.size === 0 && hasRecords ? path : null;
  return { archives, mixed, uncovered: [...uncovered].sort(compareText) };
}
