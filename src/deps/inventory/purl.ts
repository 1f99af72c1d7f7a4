import type { Ecosystem } from '../../model/dependency.ts';

const TYPES: Readonly<Record<Ecosystem, string>> = {
  PyPI: 'pypi',
  npm: 'npm',
  Debian: 'deb/debian',
  'crates.io': 'cargo',
  Go: 'golang',
  'GitHub Actions': 'github',
};

/**
 * The package URL of a package (purl-spec: `pkg:type/namespace/name@version`, each part percent-encoded, `@` and `/` kept apart).
 * @param name already normalised; an npm scope (`@scope/name`) becomes the namespace
 */
export function packageUrl(ecosystem: Ecosystem, name: string, version: string | null): string {
  const path = name.split('/').map(encodePart).join('/');
  return `pkg:${TYPES[ecosystem]}/${path}${version === null ? '' : `@${encodePart(version)}`}`;
}

/** purl leaves `:` as it is and encodes everything else that is reserved. */
function encodePart(part: string): string {
  if (/^[\w.-]*$/.test(part)) return part;
  return encodeURIComponent(part).replaceAll('%3A', ':').replaceAll('%3a', ':');
}
