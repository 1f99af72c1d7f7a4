import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Absolute path of the installed package: the folder that holds `bin`, `dist`, `manifests` and `rules`. */
export const PACKAGE_ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The version in package.json. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(`${PACKAGE_ROOT}package.json`, 'utf8')) as { version: string };
  return version;
}
