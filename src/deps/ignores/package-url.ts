import type { Ecosystem } from '../../model/dependency.ts';
import { isAudited, VERSION_SCHEMES } from '../advisories/version-scheme.ts';
import { normalizePypiName } from '../inventory/requirement.ts';

/** A package as a package URL names it. */
export interface NamedPackage {
  readonly ecosystem: Ecosystem;
  /** Normalised as its registry does. */
  readonly name: string;
  /** Null: every version. */
  readonly version: string | null;
}

const ECOSYSTEMS: ReadonlyMap<string, Ecosystem> = new Map([
  ['pypi', 'PyPI'],
  ['npm', 'npm'],
  ['cargo', 'crates.io'],
  ['golang', 'Go'],
  ['deb', 'Debian'],
  ['github', 'GitHub Actions'],
]);

/** Longest package URL that is read, in characters. */
const MAX_CHARACTERS = 1_024;

/** Reads a package URL (purl-spec); qualifiers and sub-paths do not count. Null when it is none, or of a kind that sbx does not list. */
export function readPackageUrl(text: string): NamedPackage | null {
  if (text.length > MAX_CHARACTERS) return null;
  const [, type = '', path = '', version] =
    /^pkg:\/{0,2}([a-z.+-]+)\/(@?[^@?#]+)(?:@([^?#]+))?/i.exec(text) ?? [];
  const ecosystem = ECOSYSTEMS.get(type.toLowerCase());
  if (ecosystem === undefined) return null;
  try {
    const name = decodeURIComponent(path).replace(/^\/+|\/+$/g, '');
    return {
      ecosystem,
      name: ecosystem === 'PyPI' ? normalizePypiName(name) : name,
      version: version === undefined ? null : decodeURIComponent(version),
    };
  } catch {
    // Broken percent-encoding.
    return null;
  }
}

/** True when a name with or without a version covers what an advisory is about; equal versions may be spelled differently. */
export function covers(
  named: NamedPackage,
  about: { readonly ecosystem: Ecosystem; readonly package: string; readonly version: string },
): boolean {
  if (named.ecosystem !== about.ecosystem || named.name !== about.package) return false;
  if (named.version === null) return true;
  const scheme = isAudited(about.ecosystem) ? VERSION_SCHEMES[about.ecosystem] : null;
  const spelled = (version: string): string => scheme?.canonical(version) ?? version;
  return spelled(named.version) === spelled(about.version);
}
