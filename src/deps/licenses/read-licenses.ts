import type { Package } from '../../model/dependency.ts';
import type { Target } from '../../model/target.ts';
import { baseName } from '../inventory/declaration.ts';
import type { Table } from '../inventory/parsed.ts';
import { listOf, tableOf, textOf } from '../inventory/parsed.ts';
import { normalizePypiName } from '../inventory/requirement.ts';
import { decodeText, MAX_DECLARATION_BYTES } from '../inventory/text.ts';
import { licenseOfMetadata } from './python-license.ts';

/** Metadata of one package is smaller, in bytes. */
const MAX_METADATA_BYTES = 2_000_000;

/** Licences by ecosystem, name and version. */
type Licenses = ReadonlyMap<string, string>;

/** Packages with the licences that the target's own files state: installed packages and locks. Nothing is looked up elsewhere. */
export function withLicenses(
  packages: readonly Package[],
  target: Pick<Target, 'files'>,
): readonly Package[] {
  if (packages.length === 0) return packages;
  const licenses = readLicenses(target);
  if (licenses.size === 0) return packages;
  return packages.map((dependency) => {
    const license = licenses.get(keyOf(dependency.ecosystem, dependency.name, dependency.version ?? ''));
    return license === undefined ? dependency : { ...dependency, license };
  });
}

function readLicenses({ files }: Pick<Target, 'files'>): Licenses {
  const licenses = new Map<string, string>();
  const add = (
    ecosystem: Package['ecosystem'],
    name: string | null,
    version: string | null,
    license: string | null,
  ): void => {
    if (name !== null && version !== null && license !== null && license !== '')
      licenses.set(keyOf(ecosystem, name, version), license);
  };
  for (const { path, content } of files) {
    if (content === null) continue;
    const isLock = /^(?:package-lock|npm-shrinkwrap|\.package-lock)\.json$/.test(baseName(path));
    if (content.length > (isLock ? MAX_DECLARATION_BYTES : MAX_METADATA_BYTES)) continue;
    if (/\.dist-info\/METADATA$|(?:^|\/)PKG-INFO$/.test(path)) {
      const read = licenseOfMetadata(decodeText(content) ?? '');
      if (read !== null) add('PyPI', normalizePypiName(read.name), read.version, read.license);
    } else if (/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path)) {
      const table = parsed(content);
      add('npm', textOf(table['name']), textOf(table['version']), npmLicense(table));
    } else if (
      isLock &&
      Buffer.from(content.buffer, content.byteOffset, content.byteLength).includes('"license"')
    ) {
      for (const [folder, value] of Object.entries(tableOf(parsed(content)['packages']))) {
        const entry = tableOf(value);
        const marker = folder.lastIndexOf('node_modules/');
        const name =
          textOf(entry['name']) ?? (marker === -1 ? null : folder.slice(marker + 'node_modules/'.length));
        add('npm', name, textOf(entry['version']), npmLicense(entry));
      }
    }
  }
  return licenses;
}

/** Broken documents are the inventory's to report. */
function parsed(content: Uint8Array): Table {
  try {
    return tableOf(JSON.parse(decodeText(content) ?? ''));
  } catch {
    return {};
  }
}

/** `license` as npm writes it now, and the objects and lists of old. */
function npmLicense(table: Table): string | null {
  const { license } = table;
  const old = [license, ...listOf(table['licenses'])].flatMap((item) => textOf(tableOf(item)['type']) ?? []);
  return textOf(license) ?? (old.length === 0 ? null : old.join(' OR '));
}

function keyOf(ecosystem: string, name: string, version: string): string {
  return `${ecosystem}\0${name}\0${version}`;
}
