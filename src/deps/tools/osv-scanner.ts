import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Package } from '../../model/dependency.ts';
import { writeOsvFolder } from '../advisories/osv-folder.ts';
import { isAudited } from '../advisories/version-scheme.ts';
import type { EmbeddedResult } from '../embedded.ts';
import { findTool } from './find-tool.ts';
import { parseOsvReport } from './osv-report.ts';
import type { ToolOutput } from './run-tool.ts';
import { lastLine, runTool } from './run-tool.ts';
import type { ToolResult } from './tool-result.ts';

/** How to get it, in one line. */
const OSV_SCANNER_INSTALL =
  'not found; `go install github.com/google/osv-scanner/v2/cmd/osv-scanner@v2.5.1` installs it';

/** What the run needs to know beside the packages. */
export interface ToolContext {
  /** An empty folder of this tool's own. */
  readonly folder: string;
  readonly online: boolean;
  readonly signal: AbortSignal;
}

const VERSION_DEADLINE_MS = 5_000;
const OFFLINE_DEADLINE_MS = 60_000;
const ONLINE_DEADLINE_MS = 120_000;

/**
 * Asks osv-scanner about a list that we wrote ourselves, so that no file of the target is opened, obeyed or parsed by it. Offline it reads
 * our database; online the names and versions leave the machine.
 */
export async function runOsvScanner(
  packages: readonly Package[],
  embedded: EmbeddedResult,
  context: ToolContext,
): Promise<ToolResult> {
  const path = findTool('osv-scanner');
  const result = { id: 'osv-scanner', version: null, reports: [] } as const;
  if (path === null) return { ...result, status: 'missing', message: OSV_SCANNER_INSTALL };
  const pins = pinsOf(packages);
  if (pins.length === 0) return { ...result, status: 'skipped', message: 'no exact pin to ask about' };
  const version = await osvScannerVersion(path, context);
  const unusable = whyUnusable(version, context.online);
  if (unusable !== null) return { ...result, version, status: 'skipped', message: unusable };
  const args = await prepare(pins, embedded, context);
  let output = await run(path, args, context);
  if (output.exit === 127 && output.stderr.includes('flag provided but not defined'))
    output = await run(
      path,
      args.filter((arg) => arg !== '--allow-no-lockfiles'),
      context,
    );
  return { id: 'osv-scanner', version, ...(await judgeOsvRun(output)) };
}

/** The version that an osv-scanner states; null when it states none. */
async function osvScannerVersion(
  path: string,
  context: Pick<ToolContext, 'folder' | 'signal'>,
): Promise<string | null> {
  await mkdir(context.folder, { recursive: true });
  const output = await runTool({
    path,
    arguments: ['--version'],
    deadlineMs: VERSION_DEADLINE_MS,
    ...context,
  });
  return /^osv-scanner version: (\S+)/m.exec(output.stdout)?.[1] ?? null;
}

function whyUnusable(version: string | null, online: boolean): string | null {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (version === null || major < 2 || (major === 2 && minor < 1)) return 'needs version 2.1 or later';
  // google/osv-scanner#2983: it matches nothing offline and says "no issues".
  return version === '2.5.0' && !online ? 'version 2.5.0 cannot be used offline; use 2.5.1' : null;
}

function pinsOf(packages: readonly Package[]): { name: string; version: string; ecosystem: string }[] {
  const pins = new Map<string, { name: string; version: string; ecosystem: string }>();
  for (const { ecosystem, name, version, pin } of packages) {
    if (pin === 'exact' && version !== null && isAudited(ecosystem))
      pins.set(`${ecosystem}\0${name}\0${version}`, { name, version, ecosystem });
  }
  return [...pins.values()];
}

async function prepare(
  pins: readonly object[],
  embedded: EmbeddedResult,
  { folder, online }: ToolContext,
): Promise<string[]> {
  const list = { results: [{ packages: pins.map((pin) => ({ package: pin })) }] };
  const [config, listFile, database] = [
    join(folder, 'empty.toml'),
    join(folder, 'packages.json'),
    join(folder, 'db'),
  ];
  await writeFile(config, '');
  await writeFile(listFile, JSON.stringify(list));
  if (!online) await writeOsvFolder(database, embedded.indexes);
  await mkdir(join(folder, 'empty'));
  return [
    ...['scan', 'source', '--format', 'json', '--all-packages', '--allow-no-lockfiles', '--no-resolve'],
    ...['--no-call-analysis=all', '--config', config],
    ...(online ? [] : ['--offline', '--local-db-path', database]),
    ...['-L', `osv-scanner:${listFile}`],
  ];
}

function run(
  path: string,
  args: readonly string[],
  { folder, online, signal }: ToolContext,
): Promise<ToolOutput> {
  const database = join(folder, 'db');
  return runTool({
    path,
    arguments: args,
    folder: join(folder, 'empty'),
    deadlineMs: online ? ONLINE_DEADLINE_MS : OFFLINE_DEADLINE_MS,
    signal,
    environment: {
      OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY: database,
      OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY: database,
    },
  });
}

/** Lines on standard error that mean that something was left out, whatever the exit status says. */
const SHORTFALL =
  /Error during extraction|could not load db|could not retrieve|failed resolution|openAndExtractFromFile|Failed to determine version/;

/**
 * What a run is worth. Exit 0 and 1 count only when the output parses and standard error tells of nothing left out: 1 ("found some") hides
 * failures, and 0 is also given over an unreadable database.
 */
export async function judgeOsvRun(output: ToolOutput): Promise<Omit<ToolResult, 'id' | 'version'>> {
  const { exit, stdout, stderr } = output;
  if (output.startError !== null) return { status: 'failed', message: output.startError, reports: [] };
  if (output.isTimedOut)
    return { status: 'timeout', message: 'did not end in time and was stopped', reports: [] };
  if (output.isOverflowing)
    return { status: 'failed', message: 'wrote too much and was stopped', reports: [] };
  const reports = await parseOsvReport(stdout);
  if (reports === null) return { status: 'failed', message: lastLine(stderr), reports: [] };
  const shortfall = stderr.split('\n').find((line) => SHORTFALL.test(line));
  if (shortfall !== undefined) return { status: 'partial', message: lastLine(shortfall), reports };
  if (exit === 0 || exit === 1) return { status: 'ok', message: '', reports };
  return { status: exit === 127 ? 'partial' : 'failed', message: lastLine(stderr), reports };
}
