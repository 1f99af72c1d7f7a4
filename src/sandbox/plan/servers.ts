import { posix } from 'node:path';
import { tableOf } from '../../deps/inventory/parsed.ts';
import type { TargetFile, Unit } from '../../model/target.ts';
import { entryPointRun, entryPointsOf } from './entry-points.ts';
import { binScripts } from './node-package.ts';
import { nodeRun, withCut, type PlannedRun } from './run.ts';
import { scriptRuns, scriptsOf } from './scripts.ts';
import { jsonOf } from './settings.ts';
import { beginningOf, isAside } from './text.ts';
import { wantedVariables } from './variables.ts';

/** Servers of a unit that are talked to. */
const MOST_SERVERS = 5;
const MOST_WORDS = 50;
/** Servers of one file of settings that are looked at; more than anybody names. */
const MOST_NAMED = 500;

const SETTINGS = /(?:^|\/)(?:\.?mcp|server|manifest|plugin|claude_desktop_config)\.json$/;
const IS_SERVER =
  /\bFastMCP\b|\bmcp\.server\b|\bfastmcp\b|@modelcontextprotocol\/|\bMcpServer\b|["']tools\/(?:list|call)["']/;

/** How a client would start a server, as settings say it. */
interface Started {
  readonly name: string;
  readonly command: string;
  readonly words: readonly string[];
  /** The folder of the settings. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What settings for clients start: runs of the target's own files, and what is none of them, each one clause. */
export interface ServersInSettings {
  readonly runs: readonly PlannedRun[];
  readonly elsewhere: readonly string[];
}

/** The servers that settings for clients name. */
export function serversInSettings(unit: Unit, files: readonly TargetFile[]): ServersInSettings {
  const runs: PlannedRun[] = [];
  const elsewhere: string[] = [];
  let uncounted = 0;
  for (const file of files.filter(({ path }) => SETTINGS.test(path) && !isAside(path)))
    for (const started of startedBy(file)) {
      const run = ownRun(started, unit, files);
      if (run !== null) runs.push(run);
      else if (elsewhere.length >= MOST_SERVERS) uncounted += 1;
      else {
        const command = [started.command, ...started.words].join(' ').slice(0, 120);
        elsewhere.push(
          `the server ${started.name}, since \`${command}\` in ${file.path} starts no file of the target`,
        );
      }
    }
  if (uncounted > 0) elsewhere.push(`${uncounted} more servers that start no file of the target`);
  const variables = wantedVariables(files);
  const chosen = new Map(runs.map((run) => [keyOf(run), talkedTo(run)]));
  const first = [...chosen.values()].slice(0, MOST_SERVERS).map((run) => withVariables(run, variables));
  return { runs: withCut(first, chosen.size - first.length, 'servers that settings name'), elsewhere };
}

function keyOf({ path, entry }: PlannedRun): string {
  return `${path}\0${entry ?? ''}`;
}

/**
 * The servers of a unit as runs of its own files: what settings for clients name, its console scripts and commands, and scripts that
 * speak the protocol. Launchers (`uvx`, `npx`, `uv run`) stand for the target's own package of that name. What leads
 * to no file of the target is left out (see {@link serversInSettings}).
 * @param below all files of the unit's folder, those of units within included
 */
export function serverRuns(
  unit: Unit,
  files: readonly TargetFile[],
  below: readonly TargetFile[],
): readonly PlannedRun[] {
  const runs = new Map<string, PlannedRun>();
  const further = new Set<string>();
  const add = (run: PlannedRun): void => {
    const key = keyOf(run);
    if (runs.has(key)) return;
    if (runs.size < MOST_SERVERS) runs.set(key, talkedTo(run));
    else further.add(key);
  };
  for (const file of files.filter(({ path }) => SETTINGS.test(path)))
    for (const started of startedBy(file)) {
      const run = ownRun(started, unit, files);
      if (run !== null) add(run);
    }
  for (const point of entryPointsOf(unit, files)) {
    const run = entryPointRun(point, files, []);
    if (run !== null && (speaks(run.path, files) || runs.size === 0)) add(run);
  }
  if (runs.size === 0) for (const path of binScripts(unit, below)) add(nodeRun(path, []));
  const speaking = scriptsOf(files, true).filter((file) => IS_SERVER.test(beginningOf(file)));
  if (runs.size === 0) for (const run of scriptRuns(speaking, [[]])) add(run);
  const variables = wantedVariables(files);
  const all = [...runs.values()].map((run) => withVariables(run, variables));
  return withCut(all, further.size, 'servers');
}

/** A server that gives no answer is tried again with what its sources ask of the environment. */
function withVariables(run: PlannedRun, wanted: Readonly<Record<string, string>>): PlannedRun {
  const missing = Object.entries(wanted).filter(([name]) => !Object.hasOwn(run.variables ?? {}, name));
  if (missing.length === 0) return run;
  const variables = { ...run.variables, ...Object.fromEntries(missing) };
  const label = [...missing.map(([name, value]) => `${name}=${value}`), ...run.label];
  const otherwise = { ...run, variables, label };
  return { ...run, otherwise: [{ ...otherwise, server: { ...(run.server ?? run), variables } }] };
}

function talkedTo(server: PlannedRun): PlannedRun {
  return { ...server, program: 'server', server };
}

/** Whether the file, or one beside it, has to do with the protocol. */
function speaks(path: string, files: readonly TargetFile[]): boolean {
  const folder = posix.dirname(path);
  return files.some((file) => posix.dirname(file.path) === folder && IS_SERVER.test(beginningOf(file)));
}

/** `mcpServers` of clients' settings, `server` of a bundle's manifest. */
function startedBy(file: TargetFile): readonly Started[] {
  const settings = tableOf(jsonOf(beginningOf(file)));
  const bundle = tableOf(tableOf(settings['server'])['mcp_config']);
  const named = Object.entries({ ...tableOf(settings['servers']), ...tableOf(settings['mcpServers']) });
  const all: readonly (readonly [string, unknown])[] = [...named, ['the bundle', bundle]];
  return all.slice(0, MOST_NAMED).flatMap(([name, each]): readonly Started[] => {
    const { command, args, env } = tableOf(each);
    if (typeof command !== 'string') return [];
    const words = (Array.isArray(args) ? args : [])
      .slice(0, MOST_WORDS)
      .filter((word): word is string => typeof word === 'string');
    const variables = Object.fromEntries(
      Object.entries(tableOf(env))
        .slice(0, 30)
        .flatMap(([name, value]) =>
          typeof value === 'string' &&
          /^[A-Za-z_]\w{0,60}$/.test(name) &&
          !/^(?:LD_|SBX_|NODE_OPTIONS|PYTHON|PATH$|HOME$)/.test(name)
            ? [[name, /\$\{|^<|^your/i.test(value) || value === '' ? 'example' : value.slice(0, 500)]]
            : [],
        ),
    );
    return [{ name: name.slice(0, 60), command, words, folder: posix.dirname(file.path), variables }];
  });
}

function ownRun(
  { command, words, folder, variables }: Started,
  unit: Unit,
  files: readonly TargetFile[],
): PlannedRun | null {
  const rest = withoutLauncher([command, ...words]);
  const run = runOfWords(rest, folder, unit, files);
  return run === null ? null : { ...run, variables };
}

const INTERPRETERS = /^(?:python(?:\d[\d.]*)?|py|node|bun|deno|tsx|ts-node)$/;

function runOfWords(
  words: readonly string[],
  folder: string,
  unit: Unit,
  files: readonly TargetFile[],
): PlannedRun | null {
  const [first = '', ...rest] = words;
  const name = posix.basename(first);
  if (INTERPRETERS.test(name)) {
    const at = rest[0] === '-m' ? 1 : rest.findIndex((word) => !word.startsWith('-'));
    const [subject = '', ...args] = rest.slice(Math.max(at, 0));
    return rest[0] === '-m' ? moduleRun(subject, args, files) : fileRun(subject, args, folder, files);
  }
  const own = fileRun(first, rest, folder, files);
  if (own !== null) return own;
  const bare = first.replace(/(?<=.)@[^/@]*$/, '').replace(/==.*$/, '');
  const points = entryPointsOf(unit, files);
  const point = points.find((each) => each.name === bare) ?? (points.length === 1 ? points[0] : undefined);
  const entry = point === undefined ? null : entryPointRun(point, files, rest);
  if (entry !== null) return entry;
  const [script] = binScripts(unit, files);
  return script === undefined ? null : nodeRun(script, rest);
}

/** Options of launchers that take a value. */
const VALUED = /^(?:--(?:directory|from|with|python|project|package|env-file|extra|group)|-p)$/;

/** `uv run --directory X python server.py` → `python server.py`; `npx -y pkg` → `pkg`. */
function withoutLauncher(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words;
  const name = posix.basename(first);
  const isLauncher = /^(?:uvx|npx|bunx|pipx|uv|poetry|pdm|pnpm|yarn|npm|env)$/.test(name);
  if (!isLauncher) return words;
  const left = [...rest];
  while (left.length > 0) {
    const word = left[0]!;
    if (VALUED.test(word)) left.splice(0, 2);
    else if (word.startsWith('-') || /^(?:run|tool|dlx|exec|x)$/.test(word)) left.shift();
    else break;
  }
  return left;
}

function moduleRun(module: string, args: readonly string[], files: readonly TargetFile[]): PlannedRun | null {
  const base = module.split('.').join('/');
  for (const ending of [`${base}/__main__.py`, `${base}.py`]) {
    const file = files.find(({ path }) => path === ending || path.endsWith(`/${ending}`));
    if (file === undefined) continue;
    const root = file.path === ending ? '.' : file.path.slice(0, -ending.length - 1);
    return {
      program: 'python',
      label: ['python3', '-m', module, ...args],
      path: file.path,
      roots: [root],
      modules: [],
      entry: module,
      arguments: args,
    };
  }
  return null;
}

/** A word that names a file of the target, whatever variable or folder stands before it. */
function fileRun(
  word: string,
  args: readonly string[],
  folder: string,
  files: readonly TargetFile[],
): PlannedRun | null {
  const path = word.replace(/^\$\{[^}]*\}\/?|^\$[A-Z_]+\//, '');
  const candidates = [posix.join(folder, path), posix.normalize(path)];
  const file =
    files.find((each) => candidates.includes(each.path)) ??
    (path.startsWith('/') ? files.find((each) => path.endsWith(`/${each.path}`)) : undefined);
  if (file === undefined) return null;
  if (/\.[cm]?js$/.test(file.path)) return nodeRun(file.path, args);
  const [run] = scriptRuns([file], [args]);
  return run ?? null;
}
