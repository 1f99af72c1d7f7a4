import { PUBLIC_HOSTS } from './npm-registry.ts';

/** Longer addresses are nobody's; what they name is not told. */
const MAX_CHARACTERS = 2_048;

/**
 * The package whose archive an address is, as registries of npm lay them out: `…/name/-/name-1.0.0.tgz`, `…/@scope/name/-/name-1.0.0.tgz`
 * (a scope's `/` may be written `%2f`), `…/name/download/name-1.0.0.tgz`. Any folders may stand in front.
 * @returns null when the address has another layout (code hosts, registries that number their archives): then it names no package
 */
function packageOfArchive(address: string): string | null {
  if (address.length > MAX_CHARACTERS || !/^https?:/i.test(address)) return null;
  const url = urlOf(address);
  const path = url === null ? null : decoded(url.pathname);
  if (url === null || path === null) return null;
  const [, scope = '', base, archive = ''] =
    /\/(@[^/@]+\/)?([^/@]+)\/(?:-|download)\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
  if (base === undefined) return null;
  // The public registry serves no other archive there. Elsewhere `/-/` may stand between other things; the archive's own name tells.
  const isArchive = archive.slice(archive.lastIndexOf('/') + 1).startsWith(`${base}-`);
  return isArchive || PUBLIC_HOSTS.has(url.hostname) ? `${scope}${base}` : null;
}

/** Steps up (`lodash/../other`) are walked, as whoever fetches it does. */
function urlOf(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Says whose archive a lock's entry fetches, when that is none of the packages that the entry may stand for. */
export function withArchive(address: string, names: readonly string[]): { readonly archiveOf?: string } {
  const fetched = packageOfArchive(address);
  return fetched === null || names.includes(fetched) ? {} : { archiveOf: fetched };
}
