import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../../cache-folder.ts';
import type { Package } from '../../model/dependency.ts';
import type { Interpreter } from './interpreter.ts';

/** A folder of installed wheels in the cache, made for one lock and one kind of interpreter. */
export interface Site {
  /** What `sys.path` gets. */
  readonly folder: string;
  /** `name==version`, sorted. */
  readonly packages: readonly string[];
}

/** What `sbx setup TARGET` found out about one list of requirements. */
export interface TargetRecord {
  /** Key of the site, or null when none of the packages has a wheel. */
  readonly key: string | null;
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** Optional dependencies that the operator added, by name; absent: none. */
  readonly chosen?: readonly string[];
  /** True: what the cache had while the index was out of reach; to be resolved once it answers. */
  readonly isPartial?: boolean;
}

/** The key of a site: the lock and what compiled wheels must fit. */
export function siteKey(lock: string, interpreter: Interpreter): string {
  return digest(`${interpreter.abi}\0${lock}`);
}

/** The key of a list of requirements, before anything is resolved. */
export function requirementsKey(lines: readonly string[], interpreter: Interpreter): string {
  return digest(`${interpreter.abi}\0${lines.join('\n')}`);
}

/** The key under which a target's added optional dependencies are remembered: that of everything it declares. */
export function choiceKey(packages: readonly Package[], interpreter: Interpreter): string {
  const declared = packages.map(({ ecosystem, name, range, version, scope }) =>
    [ecosystem, name, range, version, scope].join(' '),
  );
  return digest(`chosen\0${interpreter.abi}\0${[...new Set(declared)].sort().join('\n')}`);
}

/** Where a site of this key is or would be. */
function siteFolder(key: string): string {
  return cacheFolder('python', key);
}

/** The site of a key, or null when it has not been made. */
export function readSite(key: string): Site | null {
  const record = readJson<{ packages: readonly string[] }>(join(siteFolder(key), 'environment.json'));
  return record === null ? null : { folder: join(siteFolder(key), 'site'), packages: record.packages };
}

/**
 * Makes a site aside and moves it into place, so that nobody ever sees half of one.
 * @param fill installs into the folder it is given
 */
export async function writeSite(
  key: string,
  lock: string,
  fill: (folder: string) => Promise<void>,
): Promise<Site> {
  const final = siteFolder(key);
  const fresh = `${final}.${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(join(fresh, 'site'), { recursive: true });
    await fill(join(fresh, 'site'));
    const packages = await packagesIn(join(fresh, 'site'));
    await writeFile(join(fresh, 'lock.txt'), lock);
    await writeFile(join(fresh, 'environment.json'), `${JSON.stringify({ packages }, null, 2)}\n`);
    await rm(final, { recursive: true, force: true });
    await rename(fresh, final);
    return { folder: join(final, 'site'), packages };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/**
 * The interpreter that `sbx setup` chose last, or null.
 * @param wanted the versions that a target asks for: the one chosen for such a target; null: the usual one
 */
export function readChosenInterpreter(wanted: string | null = null): Interpreter | null {
  return readJson<Interpreter>(interpreterFile(wanted));
}

/** Remembers the interpreter for later runs. */
export async function writeChosenInterpreter(
  interpreter: Interpreter,
  wanted: string | null = null,
): Promise<void> {
  await writeJson(interpreterFile(wanted), interpreter);
}

function interpreterFile(wanted: string | null): string {
  return wanted === null
    ? cacheFolder('python', 'interpreter.json')
    : cacheFolder('python', 'targets', `interpreter-${digest(wanted)}.json`);
}

/** What is known of a list of requirements, or null when `sbx setup TARGET` was not run for it. */
export function readTargetRecord(key: string): TargetRecord | null {
  return readJson<TargetRecord>(cacheFolder('python', 'targets', `${key}.json`));
}

/** Remembers which site serves a list of requirements. */
export async function writeTargetRecord(key: string, record: TargetRecord): Promise<void> {
  await writeJson(cacheFolder('python', 'targets', `${key}.json`), record);
}

/** `name==version` of every distribution installed in a folder, sorted, by its metadata folder. */
async function packagesIn(site: string): Promise<readonly string[]> {
  const names = await readdir(site);
  return names
    .flatMap((name) => {
      const match = /^(.+)-([^-]+)\.dist-info$/.exec(name);
      return match === null ? [] : [`${match[1] ?? ''}==${match[2] ?? ''}`];
    })
    .sort();
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

function readJson<Value>(path: string): Value | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Value;
  } catch {
    // Absent or damaged: both mean that it has to be made again.
    return null;
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, `${JSON.stringify(value, null, 2)}\n`);
  await rename(aside, path);
}
