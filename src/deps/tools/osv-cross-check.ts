import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAudited, VERSION_SCHEMES } from '../advisories/version-scheme.ts';
import { listOf, tableOf, textOf } from '../inventory/parsed.ts';
import type { ReadFile } from '../inventory/read-files.ts';
import { normalizePypiName } from '../inventory/requirement.ts';
import { compareText } from '../inventory/text.ts';
import type { StagedFile, Staging } from './cross-check-files.ts';
import type { NoOsvScanner, OsvScanner } from './osv-scanner.ts';
import { osvResults } from './osv-json.ts';
import { askOsvScanner, isOpened, osvDeadline } from './osv-scanner.ts';
import type { ToolOutput } from './run-tool.ts';
import type { ToolContext } from './tool-context.ts';
import { endOf, lastLine, stoppedRun } from './tool-failure.ts';
import type { ToolResult } from './tool-result.ts';
import { push } from '../grouped.ts';

/** A package that another parser sees in a file and ours does not. */
export interface SeenPackage {
  /** As osv-scanner names it. */
  readonly ecosystem: string;
  readonly name: string;
  /** Empty when it has none. */
  readonly version: string;
}

/** What our parsers miss in one file. */
export interface MissedInFile {
  readonly path: string;
  readonly packages: readonly SeenPackage[];
}

/** How the cross-check went. */
export interface CrossCheck {
  readonly result: ToolResult;
  /** Sorted by path. */
  readonly missed: readonly MissedInFile[];
}

const ID = 'osv-scanner (cross-check)';

/**
 * Lets osv-scanner parse copies of the declaration files and compares: what it sees and the inventory does not is a gap of ours. Always
 * offline, without advisories: only what the files declare is asked for.
 * @param read the files that the inventory read
 * @returns null when there is no file that it would read
 */
export async function crossCheckWithOsvScanner(
  scanner: OsvScanner | NoOsvScanner,
  staging: Staging,
  read: readonly ReadFile[],
  context: ToolContext,
): Promise<CrossCheck | null> {
  // That there is no osv-scanner is said once, by the audit.
  if (!isOpened(scanner) || (staging.files.length === 0 && staging.leftOut.length === 0)) return null;
  const { version } = scanner;
  const { laidOut, leftOut } = await layOut(staging, context.folder);
  const nothing = { id: ID, version, reports: [] } as const;
  if (laidOut.length === 0)
    return { result: { ...nothing, status: 'skipped', message: describeLeftOut(leftOut) }, missed: [] };
  const database = join(context.folder, 'no-database');
  await mkdir(database, { recursive: true });
  const subject = ['--no-ignore', '-r', treeOf(context.folder)];
  const deadlineMs = osvDeadline(false);
  const output = await askOsvScanner(scanner, { subject, database, deadlineMs }, context);
  const judged = judgeCrossCheck(output, laidOut, deadlineMs);
  const missed = judged.seen === null ? [] : missedIn(judged.seen, laidOut, read);
  const parts = [judged.message, describeLeftOut(leftOut), describeMissed(missed)];
  const message = parts.filter((part) => part !== '').join('; ');
  return { result: { ...nothing, status: judged.status, message }, missed };
}

function treeOf(folder: string): string {
  return join(folder, 'tree');
}

/** Every copy lies in a folder of its own, named by its number, whatever the target calls its folders. */
async function layOut(
  { files, leftOut }: Staging,
  folder: string,
): Promise<{ laidOut: readonly StagedFile[]; leftOut: Staging['leftOut'] }> {
  const laidOut: StagedFile[] = [];
  const failed: { path: string; reason: string }[] = [];
  for (const file of files) {
    const place = join(treeOf(folder), String(laidOut.length));
    try {
      await mkdir(place, { recursive: true });
      await writeFile(join(place, file.name), file.content);
      laidOut.push(file);
    } catch {
      failed.push({ path: file.path, reason: 'could not be laid out' });
    }
  }
  return { laidOut, leftOut: [...leftOut, ...failed] };
}

/** Paths of copies, in its JSON and in its messages. */
const PLACE = /\/tree\/(\d+)\/[^/\s:]+/;

interface Judged {
  readonly status: ToolResult['status'];
  readonly message: string;
  /** By number of the copy; null when the run is worth nothing. */
  readonly seen: ReadonlyMap<number, readonly SeenPackage[]> | null;
}

/**
 * What a run is worth. 127 is how it ends without advisories to match with, which is as it should be here; lines on standard error tell of
 * files that it could not read.
 */
function judgeCrossCheck(output: ToolOutput, files: readonly StagedFile[], deadlineMs: number): Judged {
  const stopped = stoppedRun(output, deadlineMs);
  if (stopped !== null) return { ...stopped, seen: null };
  const seen = parseSeen(output.stdout);
  if (seen === null || output.exit === null || ![0, 1, 127].includes(output.exit))
    return { status: 'failed', message: endOf(output), seen: null };
  const unread = output.stderr
    .split('\n')
    .filter((line) => /Error during extraction|openAndExtractFromFile/.test(line))
    .filter((line) => !line.includes('vulnmatch/'))
    .map((line) => line.replace(/^.*\(extracting as ([^)]*)\)/, '$1'))
    .map((line) =>
      line.replace(/\S*\/tree\/(\d+)\/[^/\s:]+/g, (_, at: string) => files[Number(at)]?.path ?? ''),
    )
    .sort(compareText);
  if (unread.length === 0) return { status: 'ok', message: '', seen };
  const more = unread.length > 1 ? ` (and ${String(unread.length - 1)} more)` : '';
  return { status: 'partial', message: `could not read ${lastLine(unread[0] ?? '')}${more}`, seen };
}

function parseSeen(text: string): Map<number, SeenPackage[]> | null {
  const results = osvResults(text);
  if (results === null) return null;
  const seen = new Map<number, SeenPackage[]>();
  for (const result of results) {
    const place = PLACE.exec(textOf(tableOf(result['source'])['path']) ?? '')?.[1];
    if (place === undefined) continue;
    const packages = listOf(result['packages']).flatMap((entry) => seenPackage(tableOf(entry)['package']));
    for (const each of packages) push(seen, Number(place), each);
  }
  return seen;
}

function seenPackage(value: unknown): SeenPackage[] {
  const entry = tableOf(value);
  const name = textOf(entry['name']) ?? '';
  // `Debian:12` and the like: the release is no part of the name.
  const ecosystem = (textOf(entry['ecosystem']) ?? '').replace(/:.*$/, '');
  if (name === '' || ecosystem === '') return [];
  return [
    {
      ecosystem,
      name: ecosystem === 'PyPI' ? normalizePypiName(name) : name,
      version: textOf(entry['version']) ?? '',
    },
  ];
}

/** What any file of the target declares counts: it is audited wherever it was found. */
function missedIn(
  seen: ReadonlyMap<number, readonly SeenPackage[]>,
  files: readonly StagedFile[],
  read: readonly ReadFile[],
): MissedInFile[] {
  const declared = new Set<string>();
  // What is no version of a registry has nothing to be compared: the target's own packages, and what comes from an address.
  const unversioned = new Set<string>();
  for (const { reading } of read) {
    if (reading.ownName !== undefined)
      for (const ecosystem of ['PyPI', 'npm']) unversioned.add(keyOf({ ecosystem, name: reading.ownName }));
    for (const { ecosystem, name, version, pin } of reading.declarations) {
      declared.add(keyOf({ ecosystem, name }));
      if (pin === 'url' || pin === 'path') unversioned.add(keyOf({ ecosystem, name }));
      if (version !== null) declared.add(keyOf({ ecosystem, name, version }));
    }
  }
  return [...seen]
    .flatMap(([at, packages]): MissedInFile[] => {
      const file = files[at];
      if (file === undefined) return [];
      const missed = packages.filter(({ ecosystem, name, version }) => {
        const isNameEnough = file.namesOnly || version === '';
        const key = keyOf(isNameEnough ? { ecosystem, name } : { ecosystem, name, version });
        return !declared.has(key) && !unversioned.has(keyOf({ ecosystem, name })) && !isOfWorkspace(version);
      });
      const linked = missed.length === 0 ? new Set<string>() : linkedNames(file);
      const rest = missed.filter(({ ecosystem, name }) => ecosystem !== 'npm' || !linked.has(name));
      return rest.length === 0 ? [] : [{ path: file.path, packages: uniqueSorted(rest) }];
    })
    .sort((a, b) => compareText(a.path, b.path));
}

/** How bun and yarn write the version of a member of the workspace. */
function isOfWorkspace(version: string): boolean {
  return version.startsWith('workspace:') || version === '0.0.0-use.local';
}

/** Members of the workspace that a lock of npm links to. */
function linkedNames({ content }: StagedFile): ReadonlySet<string> {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
  const links = text.matchAll(/"node_modules\/((?:@[^"/]+\/)?[^"/]+)":\s*\{[^{}]*"link":\s*true/g);
  return new Set([...links].map(([, name = '']) => name));
}

function keyOf({ ecosystem, name, version }: Omit<SeenPackage, 'version'> & { version?: string }): string {
  if (version === undefined) return `${ecosystem}\0${name}`;
  const canonical = isAudited(ecosystem) ? VERSION_SCHEMES[ecosystem].canonical(version) : version;
  return `${ecosystem}\0${name}\0${canonical}`;
}

function uniqueSorted(packages: readonly SeenPackage[]): SeenPackage[] {
  const byKey = new Map(packages.map((seen) => [keyOf(seen), seen]));
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, seen]) => seen);
}

function describeLeftOut(leftOut: Staging['leftOut']): string {
  const [first, ...rest] = leftOut;
  if (first === undefined) return '';
  const more = rest.length === 0 ? '' : ` (and ${String(rest.length)} more)`;
  return `not cross-checked: ${first.path}: ${first.reason}${more}`;
}

function describeMissed(missed: readonly MissedInFile[]): string {
  const count = missed.reduce((sum, { packages }) => sum + packages.length, 0);
  return count === 0
    ? ''
    : `sees ${String(count)} packages that were not read here, in ${missed
        .map(({ path }) => path)
        .slice(0, 3)
        .join(', ')}`;
}
