import type { Table } from './parsed.ts';
import { tableOf, textOf } from './parsed.ts';
import type { PinnedTo } from './requirement.ts';

/** The folder of a project that its own lock lists, relative to the lock (uv: editable or virtual; pylock: a directory); null for others. */
export function memberOf(entry: Table): string | null {
  const source = tableOf(entry['source']);
  return (
    textOf(source['editable']) ?? textOf(source['virtual']) ?? textOf(tableOf(entry['directory'])['path'])
  );
}

/** Where the package comes from when it is not an index: in `source` (Poetry, uv), in the entry (pdm), or in a sub-table (pylock). */
export function addressOf(entry: Table): PinnedTo | null {
  const source = tableOf(entry['source']);
  const type = textOf(source['type']);
  // Poetry's word for an index other than the usual one.
  if (type === 'legacy') return null;
  if (type === 'git' || type === 'url' || type === 'file' || type === 'directory') {
    const reference = textOf(source['resolved_reference']) ?? textOf(source['reference']);
    const address = `${textOf(source['url']) ?? ''}${reference === null ? '' : `@${reference}`}`;
    return { pin: type === 'git' || type === 'url' ? 'url' : 'path', version: null, range: address };
  }
  return remoteOf(entry, source) ?? localOf(entry, source);
}

function remoteOf(entry: Table, source: Table): PinnedTo | null {
  const repository = textOf(entry['git']) ?? textOf(tableOf(entry['vcs'])['url']);
  // pdm and pylock keep the commit apart from the address.
  const commit = textOf(entry['revision']) ?? textOf(tableOf(entry['vcs'])['commit-id']);
  const remote =
    textOf(source['git']) ??
    textOf(source['url']) ??
    (repository === null ? null : `${repository}${commit === null ? '' : `@${commit}`}`) ??
    textOf(entry['url']) ??
    textOf(tableOf(entry['archive'])['url']);
  return remote === null ? null : { pin: 'url', version: null, range: remote };
}

function localOf(entry: Table, source: Table): PinnedTo | null {
  const local =
    textOf(source['path']) ??
    textOf(source['directory']) ??
    memberOf(entry) ??
    textOf(entry['path']) ??
    textOf(tableOf(entry['vcs'])['path']) ??
    textOf(tableOf(entry['archive'])['path']);
  return local === null ? null : { pin: 'path', version: null, range: local };
}

/** The index that the entry was locked from, when it is not the Python Package Index. */
export function otherIndexOf(entry: Table): string | null {
  const source = tableOf(entry['source']);
  const legacy = textOf(source['type']) === 'legacy' ? textOf(source['url']) : null;
  const index = legacy ?? textOf(source['registry']) ?? textOf(entry['index']);
  return index === null || isPythonPackageIndex(index) ? null : index;
}

/** True for the public Python Package Index. */
export function isPythonPackageIndex(url: string): boolean {
  return /^https:\/\/pypi\.(?:org|python\.org)(?:\/|$)/.test(url);
}
