import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenedIndex } from './database.ts';
import { advisoriesFolder } from './database.ts';
import type { AdvisoryIndex } from './index-format.ts';
import type { OsvEvent, OsvRecord } from './osv-record.ts';
import type { AuditedEcosystem } from './version-scheme.ts';
import { AUDITED_ECOSYSTEMS } from './version-scheme.ts';
import type { ArchiveEntry } from './write-archive.ts';

/** osv-scanner up to 2.4 reads the first layout, 2.5.1 and later the second only. Both are always written. */
export const OSV_LAYOUTS = ['osv-scanner', 'osv-scalibr'] as const;

/** Where an ecosystem's archive lies below a database folder, in one of the layouts. */
export function osvArchive(
  folder: string,
  layout: (typeof OSV_LAYOUTS)[number],
  ecosystem: AuditedEcosystem,
): string {
  return join(folder, layout, ecosystem, 'all.zip');
}

/**
 * Lays out a database for osv-scanner's offline mode: the archives of `sbx db` where they are, else records made from the index. Every audited
 * ecosystem gets an archive, since one that is missing silently stops the matching of all the others.
 */
export async function writeOsvFolder(
  folder: string,
  indexes: ReadonlyMap<AuditedEcosystem, OpenedIndex>,
): Promise<void> {
  for (const ecosystem of AUDITED_ECOSYSTEMS) {
    const opened = indexes.get(ecosystem);
    const cached = osvArchive(advisoriesFolder(), 'osv-scanner', ecosystem);
    const isCached = opened?.origin === 'cache' && existsSync(cached);
    const [first, ...others] = OSV_LAYOUTS.map((layout) => osvArchive(folder, layout, ecosystem));
    for (const path of [first!, ...others]) await mkdir(dirname(path), { recursive: true });
    if (isCached) await symlink(cached, first!);
    else {
      const { writeArchive } = await import('./write-archive.ts');
      await writeArchive(first!, opened === undefined ? [] : recordEntries(opened.index), false);
    }
    for (const path of others) await symlink(isCached ? cached : first!, path);
  }
}

function recordEntries(index: AdvisoryIndex): ArchiveEntry[] {
  return recordsOf(index).map((record) => ({
    name: `${record.id.replace(/[^\w.-]/g, '_')}.json`,
    content: Buffer.from(JSON.stringify(record), 'utf8'),
  }));
}

/** The index turned back into OSV records, with what it takes to match them and no more. */
export function recordsOf(index: AdvisoryIndex): OsvRecord[] {
  const affected = index.advisories.map((): NonNullable<OsvRecord['affected']>[number][] => []);
  const type = index.ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM';
  for (const [name, entries] of Object.entries(index.packages)) {
    for (const [position, ranges, versions] of entries) {
      const parsed =
        ranges === '' ? [] : ranges.split('|').map((range) => ({ type, events: eventsOf(range) }));
      affected[position]?.push({ package: { ecosystem: index.ecosystem, name }, ranges: parsed, versions });
    }
  }
  return index.advisories.map(([id, aliases, , summary], position) => ({
    schema_version: '1.6.0',
    id,
    modified: `${index.date === '' ? '1970-01-01' : index.date}T00:00:00Z`,
    aliases,
    summary,
    affected: affected[position] ?? [],
  }));
}

function eventsOf(range: string): OsvEvent[] {
  return range.split(' ').map((event) => {
    const version = event.slice(1);
    if (event.startsWith('+')) return { introduced: version };
    return event.startsWith('-') ? { fixed: version } : { last_affected: version };
  });
}
