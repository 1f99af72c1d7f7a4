import type { Document } from 'yaml';
import type { DependencyScope } from '../../model/dependency.ts';
import { withArchive } from './archive-name.ts';
import type { Declaration, FileReading, InventoryFormat, Problem } from './declaration.ts';
import { baseName, unreadableFile } from './declaration.ts';
import { integrityHashes, withHashes } from './hashes.ts';
import { scopesFrom } from './lock-scopes.ts';
import { ForeignRegistries } from './npm-registry.ts';
import { pinOfLocked } from './npm-specifier.ts';
import { failedReading } from './parsed.ts';
import { entriesOf, isMap, isScalar, parseYaml } from './yaml.ts';
import { push } from '../grouped.ts';

/** `pnpm-lock.yaml`, lockfile versions 5 to 9: the keys under `packages` hold name and version. */
export const pnpmLockFormat: InventoryFormat = {
  id: 'pnpm-lock.yaml',
  role: 'lock',
  ecosystem: 'npm',
  matches: (path) => baseName(path) === 'pnpm-lock.yaml',
  read: readPnpmLock,
};

/** A YAML parser takes about a second for a million characters; a lockfile of 20,000 packages has three million. */
const MAX_YAML_CHARACTERS = 8 * 1024 * 1024;

function readPnpmLock(text: string): FileReading {
  const parsedText = parseYaml(text, MAX_YAML_CHARACTERS);
  if (parsedText.document === null) return failedReading(parsedText.problem);
  const { document, lineAt } = parsedText;
  if (!isMap(document.contents) || document.get('lockfileVersion') === undefined)
    return unreadableFile('no lockfile of pnpm: `lockfileVersion` is missing', 1);
  const packages = document.get('packages');
  if (packages !== undefined && !isMap(packages)) return unreadableFile('`packages` is no mapping');
  const scopes = scopesOf(document);
  const foreign = new ForeignRegistries();
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  for (const { key, value, offset, isRepeated } of entriesOf(packages, document)) {
    const line = lineAt(offset);
    if (isRepeated)
      problems.push({
        line,
        reason: `the key ${key.slice(0, 60)} stands twice, which pnpm refuses; both were read`,
      });
    const parsed = parseKey(key);
    if (parsed === null) {
      problems.push({ line, reason: `not a package: ${key.slice(0, 60)}` });
      continue;
    }
    const archive = textAt(value, 'resolution', 'tarball') ?? '';
    const deprecated = textAt(value, 'deprecated');
    foreign.see(archive, line);
    declarations.push({
      ecosystem: 'npm',
      name: parsed.name,
      ...pinOfLocked(parsed.version),
      scope: scopes.get(bareKey(key)) ?? flaggedScope(value),
      line,
      ...withArchive(archive, [parsed.name]),
      ...withHashes(integrityHashes(textAt(value, 'resolution', 'integrity'))),
      ...(isMap(value) && value.get('requiresBuild') === true ? { hasInstallScript: true } : {}),
      ...(deprecated === null ? {} : { deprecated }),
    });
  }
  const members = entriesOf(document.get('importers'), document)
    .map(({ key }) => key)
    .filter((folder) => folder !== '.');
  return { declarations, problems, references: foreign.references(), members };
}

/** Up to version 6 every package says whether only development needs it. */
function flaggedScope(entry: unknown): DependencyScope {
  if (!isMap(entry)) return 'runtime';
  return entry.get('dev') === true ? 'dev' : entry.get('optional') === true ? 'optional' : 'runtime';
}

/** From version 9 on the lock says what each package needs (`snapshots`), and which group of which member names it (`importers`). */
function scopesOf(document: Document): ReadonlyMap<string, DependencyScope> {
  const snapshots = entriesOf(document.get('snapshots'), document);
  if (snapshots.length === 0) return new Map();
  const needs = new Map<string, string[]>();
  for (const { key, value } of snapshots) {
    const wanted = ['dependencies', 'optionalDependencies'].flatMap((group) =>
      entriesOf(isMap(value) ? value.get(group) : null, document).map(({ key: name, value: version }) =>
        keyOf(name, isScalar(version) ? String(version.value) : ''),
      ),
    );
    const bare = bareKey(key);
    for (const needed of wanted) push(needs, bare, needed);
  }
  const roots = entriesOf(document.get('importers'), document).flatMap(({ value: importer }) =>
    GROUPS.flatMap(([group, scope]) =>
      entriesOf(isMap(importer) ? importer.get(group) : null, document).map(
        ({ key: name, value: entry }) => ({
          key: keyOf(name, textAt(entry, 'version') ?? ''),
          scope,
        }),
      ),
    ),
  );
  return scopesFrom(roots, (key) => needs.get(key) ?? []);
}

const GROUPS: readonly (readonly [string, DependencyScope])[] = [
  ['dependencies', 'runtime'],
  ['optionalDependencies', 'optional'],
  ['devDependencies', 'dev'],
];

/** What stands behind a name is a version, or the whole key when it is an alias. */
function keyOf(name: string, version: string): string {
  const bare = bareKey(version);
  return /^(?:@[^/@]+\/)?[^/@]+@/.test(bare) ? bare : `${name}@${bare}`;
}

/** Without the peers that the package was put together with. */
function bareKey(key: string): string {
  return key.replace(/\(.*$/s, '');
}

function textAt(entry: unknown, ...path: string[]): string | null {
  const value = isMap(entry) ? entry.getIn(path) : null;
  return typeof value === 'string' ? value : null;
}

/** `name@1.0.0(peer@2)` (6 and 9, older with `/` in front), `/name/1.0.0_peer@2` (5), `name@https://…`. */
function parseKey(key: string): { readonly name: string; readonly version: string } | null {
  const bare = bareKey(key.replace(/^\//, ''));
  const modern = /^((?:@[^/@]+\/)?[^/@]+)@(.+)$/s.exec(bare);
  if (modern?.[1] !== undefined && modern[2] !== undefined) return { name: modern[1], version: modern[2] };
  const old = /^((?:@[^/@]+\/)?[^/@]+)\/([^/_]+)(?:_.*)?$/s.exec(bare);
  if (old?.[1] !== undefined && old[2] !== undefined) return { name: old[1], version: old[2] };
  const hosted = /^[^/@]+\.[^/@]+\/.+\/([^/]+)\/[0-9a-f]{7,}$/.exec(bare)?.[1];
  return hosted === undefined ? null : { name: hosted, version: `https://${bare}` };
}
