import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../src/cache-folder.ts';

/** The published archive of a Node package, fetched once into the cache by npm: a file, never installed, none of its scripts run. */
export async function tarballOf(name: string, version: string): Promise<string> {
  const folder = join(cacheFolder('test-tarballs'), `${name.replace(/[^\w.-]/g, '_')}-${version}`);
  mkdirSync(folder, { recursive: true });
  const present = tarballIn(folder);
  if (present !== null) return present;
  const words = ['pack', `${name}@${version}`, '--ignore-scripts', '--silent', '--pack-destination', folder];
  await promisify(execFile)('npm', words, { cwd: folder });
  const fetched = tarballIn(folder);
  if (fetched === null) throw new Error(`npm fetched no archive of ${name} ${version}`);
  return fetched;
}

function tarballIn(folder: string): string | null {
  const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
  return name === undefined ? null : join(folder, name);
}
