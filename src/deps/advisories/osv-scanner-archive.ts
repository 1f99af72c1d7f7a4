import { normalizePypiName } from '../inventory/requirement.ts';
import type { OsvAffected, OsvRecord } from './osv-record.ts';
import { readRecordsOfZip } from './read-records.ts';
import type { ArchiveEntry } from './write-archive.ts';
import { writeArchive } from './write-archive.ts';

/**
 * True when the offline mode of osv-scanner (2.5) would not match a record that it matches online: it stops at a range of commits that
 * comes before the range of versions (half of PyPI's records are so), and it compares names of PyPI letter by letter.
 */
export function isMisreadOffline(record: OsvRecord): boolean {
  return (record.affected ?? []).some((affected) => {
    const types = (affected.ranges ?? []).map(({ type }) => type);
    const firstVersions = types.findIndex((type) => type !== 'GIT');
    return types.slice(0, Math.max(firstVersions, 0)).includes('GIT') || affected !== withPlainName(affected);
  });
}

/** Writes an archive again, in the same order, as the offline mode of osv-scanner reads it right. */
export async function rewriteForOsvScanner(source: string, path: string): Promise<void> {
  await writeArchive(path, entriesOf(source), true);
}

async function* entriesOf(source: string): AsyncGenerator<ArchiveEntry> {
  for await (const record of readRecordsOfZip(source, { records: 0, malformed: 0 })) {
    const affected = record.affected?.map((part) => withPlainName(withVersionsFirst(part)));
    const rewritten = affected === undefined ? record : { ...record, affected };
    yield {
      name: `${record.id.replace(/[^\w.-]/g, '_')}.json`,
      content: Buffer.from(JSON.stringify(rewritten), 'utf8'),
    };
  }
}

function withVersionsFirst(affected: OsvAffected): OsvAffected {
  const { ranges } = affected;
  if (ranges === undefined) return affected;
  const isGit = ({ type }: (typeof ranges)[number]) => type === 'GIT';
  return { ...affected, ranges: [...ranges.filter((range) => !isGit(range)), ...ranges.filter(isGit)] };
}

/** The same object when the name is normalised already. */
function withPlainName(affected: OsvAffected): OsvAffected {
  const { package: of } = affected;
  if (of?.ecosystem !== 'PyPI' || of.name === undefined) return affected;
  const name = normalizePypiName(of.name);
  return name === of.name ? affected : { ...affected, package: { ...of, name } };
}
