import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { cacheFolder } from '../../cache-folder.ts';
import { SbxError } from '../../errors.ts';
import type { Package } from '../../model/dependency.ts';

/** Names and ranges of npm (registry packages only): no URL, path, alias or option gets to the installer. */
const NAME = /^(?:@[a-z0-9][\w.-]{0,80}\/)?[a-z0-9][\w.-]{0,120}$/i;
const RANGE = /^[\^~<>=|*xX\d][\^~<>=|*xX\w.+ -]{0,80}$|^(?:latest|next)$/;
const MOST = 100;
/** Packages that are tried one by one when they cannot be had together. */
const MOST_SINGLE = 20;

/** A target's declared Node packages, as sbx writes them into a list of its own. */
export interface NodeRequirements {
  /** Range by name. */
  readonly ranges: Readonly<Record<string, string>>;
  /** The same of optional packages that hold compiled programs for this system. */
  readonly native: Readonly<Record<string, string>>;
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** A folder with Node packages in the cache. */
export interface NodeSite {
  /** What stands as `/node_modules` in the sandbox. */
  readonly folder: string;
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** Picks what the target needs to run out of its inventory. */
export function nodeRequirementsOf(packages: readonly Package[]): NodeRequirements {
  const ranges: Record<string, string> = {};
  const native: Record<string, string> = {};
  const leftOut: { name: string; reason: string }[] = [];
  for (const { ecosystem, name, version, range, pin, scope } of packages) {
    if (ecosystem !== 'npm' || Object.hasOwn(ranges, name)) continue;
    if (scope === 'optional' && isForThisSystem(name) && NAME.test(name)) {
      const wanted = (pin === 'exact' ? version : range) ?? '*';
      if (RANGE.test(wanted) && Object.keys(native).length < MOST) native[name] = wanted;
    }
    if (scope !== 'runtime') continue;
    const shown = name.slice(0, 100);
    const wanted = (pin === 'exact' ? version : range) ?? '*';
    if (pin === 'url' || pin === 'path')
      leftOut.push({ name: shown, reason: `declared by ${pin}, which is never fetched` });
    else if (!NAME.test(name)) leftOut.push({ name: shown, reason: 'not a package name' });
    else if (!RANGE.test(wanted)) leftOut.push({ name: shown, reason: 'its version range cannot be read' });
    else if (Object.keys(ranges).length >= MOST)
      leftOut.push({ name: shown, reason: `only the first ${MOST} are prepared` });
    else ranges[name] = wanted;
  }
  const others = packages.filter(
    ({ ecosystem, scope, name }) => ecosystem === 'npm' && scope === 'optional' && SYSTEM.test(name),
  );
  if (others[0] !== undefined && Object.keys(native).length === 0) {
    const more = others.length === 1 ? '' : ` and ${others.length - 1} more`;
    leftOut.push({
      name: `${others[0].name.slice(0, 100)}${more}`,
      reason: `its compiled programs are for other systems than ${process.platform}-${process.arch}`,
    });
  }
  return { ranges, native, leftOut };
}

/** Packages with compiled programs say in their names what they are for, as Node names systems and processors (`os.platform()`). */
const SYSTEM =
  /(?<![a-z])(?:linux|darwin|win32|android|freebsd|openbsd|netbsd|sunos|aix)-(?:x64|arm64|arm|ia32|ppc64|s390x|riscv64|loong64|universal)(?![a-z0-9])/;

function isForThisSystem(name: string): boolean {
  const own = SYSTEM.exec(name)?.[0] === `${process.platform}-${process.arch}`;
  return own && !/musl/.test(name);
}

/** What `sbx setup` made for these packages, or null. */
export function readNodeSite(packages: readonly Package[]): NodeSite | null {
  const { ranges, native, leftOut } = nodeRequirementsOf(packages);
  if (Object.keys({ ...ranges, ...native }).length === 0) return null;
  const folder = siteFolder(ranges, native);
  try {
    const record = JSON.parse(readFileSync(join(folder, 'environment.json'), 'utf8')) as NodeSite;
    return { folder: join(folder, 'node_modules'), leftOut: [...leftOut, ...record.leftOut] };
  } catch {
    // Not made yet.
    return null;
  }
}

/**
 * Fetches a target's declared Node packages into the cache with npm, from a list that sbx wrote: no script of any package is run, no
 * link to a command is made, and npm's lock with the digests stays beside them.
 * @returns null when the target declares none
 * @throws SbxError of kind `config` without npm, `network` when the registry is out of reach
 */
export async function prepareNodePackages(
  packages: readonly Package[],
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<NodeSite | null> {
  const { ranges, native, leftOut } = nodeRequirementsOf(packages);
  const names = Object.keys(ranges);
  const natives = Object.keys(native);
  if (names.length + natives.length === 0) return null;
  const known = readNodeSite(packages);
  if (known !== null) return known;
  progress(`fetching ${names.length + natives.length} declared Node packages`);
  const final = siteFolder(ranges, native);
  const fresh = `${final}.${randomBytes(4).toString('hex')}`;
  const failed: { name: string; reason: string }[] = [];
  try {
    await mkdir(fresh, { recursive: true });
    const problem = await install(fresh, ranges, native, signal);
    if (problem !== null) {
      const kept: Record<string, string> = {};
      for (const name of names.slice(0, MOST_SINGLE)) {
        progress(`fetching ${name}`);
        const reason = await install(fresh, { ...kept, [name]: ranges[name]! }, {}, signal);
        if (reason === null) kept[name] = ranges[name]!;
        else failed.push({ name, reason });
      }
      for (const name of names.slice(MOST_SINGLE)) failed.push({ name, reason: problem });
      if (Object.keys(kept).length + natives.length > 0) await install(fresh, kept, native, signal);
    }
    for (const name of natives.filter((each) => !existsSync(join(fresh, 'node_modules', each))))
      failed.push({ name, reason: 'its compiled programs for this system could not be had' });
    await mkdir(join(fresh, 'node_modules'), { recursive: true });
    await writeFile(join(fresh, 'environment.json'), `${JSON.stringify({ leftOut: failed }, null, 2)}\n`);
    await rm(final, { recursive: true, force: true });
    await rename(fresh, final);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return { folder: join(final, 'node_modules'), leftOut: [...leftOut, ...failed] };
}

/** Names of the packages in a folder of them, sorted. */
export async function nodePackagesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.')).sort();
}

const UNREACHABLE =
  /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ECONNRESET|network (?:timeout|request)/;

/** @returns why it did not work, or null */
async function install(
  folder: string,
  ranges: Readonly<Record<string, string>>,
  native: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | null> {
  const list = {
    name: 'sandbox',
    version: '0.0.0',
    private: true,
    dependencies: ranges,
    optionalDependencies: native,
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(list, null, 2)}\n`);
  const result = await execa(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--no-bin-links',
      '--no-audit',
      '--no-fund',
      '--omit=dev',
      '--no-update-notifier',
      '--prefer-offline',
      '--fetch-retries=1',
      '--loglevel=error',
    ],
    {
      cwd: folder,
      stdin: 'ignore',
      reject: false,
      timeout: 10 * 60_000,
      cancelSignal: signal,
      env: { NO_COLOR: '1' },
    },
  );
  signal.throwIfAborted();
  if (result.exitCode === 0) return null;
  if (!existsSync(folder) || result.code === 'ENOENT') {
    throw new SbxError('config', 'npm-not-found', 'npm is not here, so no Node package can be prepared', {
      help: 'Install Node’s npm (Debian: apt-get install npm).',
    });
  }
  if (UNREACHABLE.test(result.stderr)) {
    const missing = Object.keys({ ...ranges, ...native })
      .slice(0, 20)
      .join(', ');
    throw new SbxError(
      'network',
      'index-unreachable',
      `cannot reach the package registry; missing: ${missing}`,
      {
        help: 'Connect to a network, or point npm at a registry you can reach, and run sbx setup again.',
      },
    );
  }
  return lastLine(result.stderr);
}

function lastLine(text: string): string {
  const lines = text.split('\n').map((line) =>
    line
      .replace(/[^\x20-\x7e]+/g, ' ')
      .replace(/^npm (?:error|ERR!)\s*/, '')
      .trim(),
  );
  const telling = lines.filter((line) => line !== '' && !/complete log|^\/|^code |^A complete/.test(line));
  return (telling[0] ?? 'no reason given').slice(0, 300);
}

function siteFolder(
  ranges: Readonly<Record<string, string>>,
  native: Readonly<Record<string, string>>,
): string {
  const listed = Object.entries({ ...native, ...ranges }).sort(([a], [b]) => (a < b ? -1 : 1));
  const identity = JSON.stringify([process.platform, process.arch, listed]);
  return cacheFolder('node', createHash('sha256').update(identity).digest('hex').slice(0, 24));
}
