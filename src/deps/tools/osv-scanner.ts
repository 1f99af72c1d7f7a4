import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findTool } from './find-tool.ts';
import type { ToolOutput } from './run-tool.ts';
import { runTool } from './run-tool.ts';
import type { ToolContext } from './tool-context.ts';
import { endOf } from './tool-failure.ts';
import type { ToolResult } from './tool-result.ts';

/** How to get it, in one line. */
const INSTALL = 'not found; `go install github.com/google/osv-scanner/v2/cmd/osv-scanner@v2.5.1` installs it';

const VERSION_DEADLINE_MS = 5_000;
const OFFLINE_DEADLINE_MS = 60_000;
const ONLINE_DEADLINE_MS = 120_000;

/** An osv-scanner that can be asked. */
export interface OsvScanner {
  readonly path: string;
  readonly version: string;
}

/** Why there is none to be asked. */
export type NoOsvScanner = Pick<ToolResult, 'version' | 'status' | 'message' | 'reports'>;

/** Finds osv-scanner and asks for its version. */
export async function openOsvScanner(context: ToolContext): Promise<OsvScanner | NoOsvScanner> {
  const path = findTool('osv-scanner');
  const none = { version: null, reports: [] };
  if (path === null) return { ...none, status: 'missing', message: INSTALL };
  await mkdir(context.folder, { recursive: true });
  const { folder, signal } = context;
  const output = await runTool({
    path,
    arguments: ['--version'],
    folder,
    deadlineMs: VERSION_DEADLINE_MS,
    signal,
  });
  const version = /^osv-scanner version: (\S+)/m.exec(output.stdout)?.[1];
  if (version === undefined)
    return { ...none, status: 'failed', message: `states no version: ${output.startError ?? endOf(output)}` };
  const unusable = whyUnusable(version, context.online);
  if (unusable !== null) return { version, reports: [], status: 'skipped', message: unusable };
  return { path, version };
}

/** True when there is one to be asked. */
export function isOpened(scanner: OsvScanner | NoOsvScanner): scanner is OsvScanner {
  return 'path' in scanner;
}

function whyUnusable(version: string, online: boolean): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (!(major > 2 || (major === 2 && minor >= 1))) return 'needs version 2.1 or later';
  // google/osv-scanner#2983: it matches nothing offline and says "no issues".
  return version === '2.5.0' && !online ? 'version 2.5.0 cannot be used offline; use 2.5.1' : null;
}

/** One question. */
interface OsvQuestion {
  /** What to look at: `-L osv-scanner:FILE`, `-r FOLDER`. */
  readonly subject: readonly string[];
  /** The folder of the advisories to match with; null: the service's. */
  readonly database: string | null;
  readonly deadlineMs: number;
}

/** How long all questions of a kind may take together, in milliseconds. */
export function osvDeadline(online: boolean): number {
  return online ? ONLINE_DEADLINE_MS : OFFLINE_DEADLINE_MS;
}

/** Flags without which an older or newer version still answers right: the variables in the environment name the database too. */
const DISPENSABLE = new Map([
  ['--allow-no-lockfiles', 1],
  ['--local-db-path', 2],
]);

/** Asks from an empty folder, with a configuration of our own, and with nothing resolved or analysed by running it. */
export async function askOsvScanner(
  scanner: OsvScanner,
  { subject, database, deadlineMs }: OsvQuestion,
  { folder, signal }: ToolContext,
): Promise<ToolOutput> {
  const [config, empty] = [join(folder, 'empty.toml'), join(folder, 'empty')];
  await writeFile(config, '');
  await mkdir(empty, { recursive: true });
  const fixed = ['scan', 'source', '--format', 'json', '--all-packages', '--no-resolve'];
  const optional = [
    '--allow-no-lockfiles',
    ...(database === null ? [] : ['--offline', '--local-db-path', database]),
  ];
  const ask = (options: readonly string[]) =>
    runTool({
      path: scanner.path,
      arguments: [...fixed, '--no-call-analysis=all', '--config', config, ...options, ...subject],
      folder: empty,
      deadlineMs,
      signal,
      environment:
        database === null
          ? {}
          : {
              OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY: database,
              OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY: database,
            },
    });
  const output = await ask(optional);
  const isUnknownFlag = output.exit === 127 && output.stderr.includes('flag provided but not defined');
  return isUnknownFlag ? ask(withoutDispensable(optional)) : output;
}

function withoutDispensable(options: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < options.length;) {
    const option = options[at] ?? '';
    const length = DISPENSABLE.get(option);
    if (length === undefined) kept.push(option);
    at += length ?? 1;
  }
  return kept;
}
