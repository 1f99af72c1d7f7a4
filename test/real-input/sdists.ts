import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../src/cache-folder.ts';

/**
 * The published source archive of a package, fetched once into the cache: a file, by its address. pip is not asked, because it would prepare
 * the metadata of what it fetches, which runs code of the package.
 * @param sha256 what the archive must be
 */
export async function sdistOf(name: string, version: string, sha256: string): Promise<string> {
  const folder = cacheFolder('test-sdists');
  const path = join(folder, `${name}-${version}.tar.gz`);
  if (existsSync(path) && digestOf(readFileSync(path)) === sha256) return path;
  const index = await fetched(`https://pypi.org/simple/${name}/`);
  const { files } = JSON.parse(index.toString('utf8')) as {
    files: { url: string; hashes: { sha256?: string } }[];
  };
  const file = files.find(({ hashes }) => hashes.sha256 === sha256);
  if (file === undefined) throw new Error(`the index has no archive of ${name} ${version} with that digest`);
  const content = await fetched(file.url);
  if (digestOf(content) !== sha256) throw new Error(`the archive of ${name} ${version} is another one`);
  mkdirSync(folder, { recursive: true });
  // Written beside and moved, so that a run that is stopped leaves no half of an archive.
  const part = `${path}.${String(process.pid)}`;
  writeFileSync(part, content);
  renameSync(part, path);
  return path;
}

async function fetched(url: string): Promise<Buffer> {
  const headers = { accept: 'application/vnd.pypi.simple.v1+json, */*;q=0.1' };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Error(`${url}: ${String(response.status)}`);
  return Buffer.from(await response.arrayBuffer());
}

function digestOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
