import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { lstat, open, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../cache-folder.ts';
import { SbxError } from '../../errors.ts';
import { GUARANTEES, type Guarantee, type ObservedEvent } from '../../model/observation.ts';
import type { Availability, Backend, SandboxCommand, SandboxResult } from '../backend.ts';
import { refuseSinkhole } from '../sinkhole/sinkhole.ts';
import { probeOnce, unavailable } from './availability.ts';
import { commandEnd, inRunScope, resultOf, type RunScope } from './run-scope.ts';
import { supervise, type Ending } from './supervise.ts';
import { cpuSecondsOf, watchTotals } from './totals.ts';

const GUEST = fileURLToPath(new URL('./wasm-guest.cjs', import.meta.url));

/** What loading the interpreter takes on a slow machine, in milliseconds; the program's own time comes after it. */
const LOADING_MS = 60_000;
/** What Node and the interpreter take for themselves. */
const OWN_BYTES = 512 * 1024 * 1024;
const PAGE_BYTES = 65_536;
/** All files that a program is shown; they are in memory. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 20_000;

/** What is made for another Python than this one. */
const NOT_SHOWN = ['/opt/sbx/interpreter', '/opt/sbx/build', '/node_modules'];

/** What Node's permission model holds, or sbx from outside; what only functions that were taken away hold is not offered. */
const HELD: ReadonlySet<Guarantee> = new Set([
  'host-files',
  'read-only-root',
  'memory',
  'pids',
  'cpu',
  'output',
  'wall-time',
  'cleanup',
]);

/**
 * Python alone, compiled to WebAssembly (pyodide), in a Node process with the permission model and without a network to call: for systems
 * with nothing else. No wall of it is the kernel's, so that most guarantees are absent; `auto` takes it only where there is nothing else.
 */
export const wasmBackend: Backend = {
  id: 'wasm',
  offers: Object.fromEntries(
    GUARANTEES.map((name) => [name, HELD.has(name) ? 'unproven' : 'absent']),
  ) as Backend['offers'],
  hasSinkhole: false,
  unwatchable: 'its files are in memory',
  reduced: {
    notice: 'reduced isolation: Python alone, in WebAssembly, held by no wall of the kernel’s',
    programs: ['python', 'import'],
    because: 'WebAssembly runs Python alone',
  },
  probe: () => probeOnce('wasm', () => Promise.resolve(probe())),
  run: (command, signal) =>
    inRunScope({ limits: command.limits, wantsCgroup: false, engine: null, signal }, (scope) =>
      run(command, scope, signal),
    ),
};

function probe(): Availability {
  const folder = findPyodide();
  if (folder === null) {
    const place = dirname(dirname(cacheFolder('wasm', 'node_modules', 'pyodide')));
    return unavailable('pyodide is not installed', `npm install --ignore-scripts --prefix ${place} pyodide`);
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { available: true, version: `${version} (reduced isolation)`, reason: '' };
}

/** The optional package's folder: beside sbx, or in its cache; never near a target. */
function findPyodide(): string | null {
  const own = cacheFolder('wasm', 'node_modules', 'pyodide');
  if (existsSync(join(own, 'pyodide.mjs'))) return own;
  try {
    return dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
  } catch {
    return null;
  }
}

async function run(command: SandboxCommand, scope: RunScope, signal: AbortSignal): Promise<SandboxResult> {
  refuseSinkhole(command, 'wasm');
  const pyodide = findPyodide();
  if (pyodide === null) throw new SbxError('sandbox', 'backend-unavailable', 'pyodide is not installed');
  if (!/^python[\d.]*$/.test(basename(command.command[0] ?? ''))) {
    throw new SbxError('sandbox', 'python-alone', 'The wasm backend runs Python alone', {
      help: 'Write `-- python3 SCRIPT`, or take another --backend; `sbx doctor` lists what is here.',
    });
  }
  const { limits } = command;
  const entered = command.copies.find(({ enter }) => enter !== undefined);
  const workingDirectory =
    entered === undefined ? command.workingDirectory : join(entered.target, entered.enter ?? '.');
  const isModern = process.allowedNodeEnvironmentFlags.has('--permission');
  const job = {
    pyodide,
    command: command.command,
    workingDirectory,
    environment: {
      HOME: '/home/user',
      USER: command.world.userName,
      LOGNAME: command.world.userName,
      // Else it says where sbx lies.
      _: 'python3',
      TMPDIR: '/tmp',
      ...command.environment,
    },
    files: await filesOf(command),
    folders: ['/tmp', '/home/user', ...command.copies.map(({ target }) => target), workingDirectory],
    writable: ['/tmp', '/home/user', ...command.copies.map(({ target }) => target)],
    openFiles: limits.openFiles,
    stdin: Buffer.from(command.stdin ?? []).toString('base64'),
  };
  const begun = await open(join(scope.folder, 'begun'), 'wx+');
  try {
    let loadedAt: number | null = null;
    const startedAt = performance.now();
    const isLinux = process.platform === 'linux';
    const totals = (loadingSeconds: number): ReturnType<typeof watchTotals> =>
      watchTotals(null, {
        ...limits,
        memoryBytes: limits.memoryBytes + OWN_BYTES,
        cpuSeconds: limits.cpuSeconds + loadingSeconds,
      });
    let isOverTotals = totals(LOADING_MS / 1000);
    const ending = await supervise({
      command: process.execPath,
      arguments: [
        isModern ? '--permission' : '--experimental-permission',
        `--allow-fs-read=${pyodide}/`,
        `--allow-fs-read=${GUEST}`,
        '--disallow-code-generation-from-strings',
        `--wasm-max-mem-pages=${Math.ceil(limits.memoryBytes / PAGE_BYTES)}`,
        '--no-warnings',
        GUEST,
        // Nobody reads it: whose it is can be told by it.
        scope.name,
      ],
      environment: {},
      stdin: Buffer.from(JSON.stringify(job)),
      descriptors: ['collect', begun.fd],
      limits: { ...limits, wallMs: limits.wallMs + LOADING_MS },
      signal,
      onStart: (group) => {
        scope.guardian.watch(group);
      },
      watch: async (group) => {
        if (loadedAt === null && (await begun.stat()).size > 0) {
          loadedAt = performance.now();
          if (isLinux) isOverTotals = totals(await cpuSecondsOf(group));
        }
        if (loadedAt !== null && performance.now() - loadedAt > limits.wallMs) return 'wall-time';
        return isLinux ? isOverTotals(group) : null;
      },
    });
    scope.guardian.forget();
    const hasBegun = (await begun.stat()).size > 0;
    return told(ending, hasBegun, (loadedAt ?? startedAt) - startedAt);
  } finally {
    await begun.close();
  }
}

/**
 * Reads what the guest program told: its events, when the command began, and what was lost.
 * @param hasBegun whether the program began; from then on every word and status may be its own
 * @param toBegin milliseconds until the program was seen to begin
 */
function told(ending: Ending, hasBegun: boolean, toBegin: number): SandboxResult {
  const events: ObservedEvent[] = [];
  let lost = 0;
  let loadingMs = toBegin;
  for (const line of Buffer.from(ending.collected).toString('utf8').split('\n')) {
    if (line === '') continue;
    try {
      const event = JSON.parse(line) as Partial<ObservedEvent> & { lost?: number; loadingMs?: number };
      if (event.kind === undefined) {
        lost += event.lost ?? 0;
        loadingMs = event.loadingMs ?? toBegin;
      } else {
        events.push({ phase: 'run', capability: null, decoy: null, ...event } as ObservedEvent);
      }
    } catch {
      lost += 1;
    }
  }
  const text = Buffer.from(ending.stderr).toString('utf8');
  if (!hasBegun && ending.ended === null && ending.code === START_FAILED) {
    const reason = text
      .slice(text.indexOf('sbx-wasm: ') + 10)
      .slice(0, 400)
      .trim();
    throw new SbxError('sandbox', 'sandbox-setup', `Python in WebAssembly ended: ${reason}`);
  }
  const end = ending.ended === null ? commandEnd(ending.code ?? 137) : null;
  const result = resultOf(ending, end, 0, { tracer: 'wasm', events, lost, hasBegun: true });
  return { ...result, durationMs: Math.max(0, result.durationMs - loadingMs) };
}

const START_FAILED = 125;

/** The files that the command is shown, by their path inside. */
async function filesOf({
  mounts,
  copies,
}: SandboxCommand): Promise<readonly { path: string; content: string }[]> {
  const files: { path: string; content: string }[] = [];
  let bytes = 0;
  for (const { source, target } of [...mounts, ...copies]) {
    if (NOT_SHOWN.some((path) => target === path)) continue;
    const paths = await pathsBelow(source);
    // Packages with native code are another machine's.
    if (target.startsWith('/opt/sbx/site/') && paths.some((path) => path.endsWith('.so'))) continue;
    for (const path of paths) {
      if (path.endsWith('.pyc')) continue;
      const content = await readFile(path);
      bytes += content.length;
      if (bytes > MOST_BYTES || files.length >= MOST_FILES) {
        throw new SbxError('sandbox', 'sandbox-setup', 'Too many files for a sandbox in memory', {
          help: 'Take another --backend; `sbx doctor` lists what is here.',
        });
      }
      files.push({ path: `${target}${path.slice(source.length)}`, content: content.toString('base64') });
    }
  }
  return files;
}

/** Files below a path, links left out. */
async function pathsBelow(source: string): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [source];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const status = await lstat(path);
    if (status.isDirectory()) for (const name of await readdir(path)) waiting.push(join(path, name));
    else if (status.isFile()) found.push(path);
    if (found.length > MOST_FILES) break;
  }
  return found.sort();
}
