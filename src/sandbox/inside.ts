import { fileURLToPath } from 'node:url';
import { posix } from 'node:path';
import type { Decoy } from './decoys/decoys.ts';
import type { Permissions } from './permissions.ts';
import type { PlannedRun } from './plan/run.ts';
import { interpreterPath, PREPARED, siteFolders } from './prepared-inside.ts';
import type { PreparedEnvironment } from './setup/prepared.ts';

/** Where things are inside. */
export const INSIDE = {
  target: '/target',
  /** A writable copy of the target, for what works in it as if it were installed. */
  project: '/home/user/project',
  home: '/home/user',
  guest: '/opt/sbx/guest',
} as const;

/** The programs that run inside, on the host. */
export const GUEST_FOLDER = fileURLToPath(new URL('./guest/', import.meta.url));

/** How a planned run is started: its command line, what its recorder is told on standard input, what its environment needs. */
export interface GuestCommand {
  readonly command: readonly string[];
  readonly stdin: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The settings that a recorder is told; never paths, which some backends rewrite in the command line only. */
export interface GuestJob {
  readonly nonce: string;
  /** Steps of each environment class, and of each further id of a class that was driven already. */
  readonly steps: number;
  readonly briefSteps: number;
  /** Ids of the environments that a manifest names; they come first, each for the full number of steps. */
  readonly environments: readonly string[];
  /** True: the operator named them, so that nothing else is run. */
  readonly isLimitedToNamed: boolean;
  readonly budgetMs: number;
  /** What importing may take beside that. */
  readonly importMs: number;
  /** True: the operator set the time, so that all of it may be used however few environments there are. */
  readonly isTimeGiven: boolean;
  /** `short`: only what a life of a few steps shows; for the same environment in another world. */
  readonly depth: 'full' | 'short';
  /** The date that Python code is to be shown, where the sandbox's own clock does not; null: today's. */
  readonly startsAtMs: number | null;
  /** True: long waits end at once. */
  readonly skipsWaiting: boolean;
  readonly decoys: readonly Decoy[];
}

/**
 * The command line for a planned run.
 * @param base where the target's files are for it
 */
export function guestCommand(
  run: PlannedRun,
  prepared: PreparedEnvironment | null,
  job: GuestJob,
  base: string,
): GuestCommand {
  const { decoys, ...rest } = job;
  const { nonce, budgetMs } = job;
  const tokens = decoys.flatMap(({ kind, name }) => (kind === 'token' ? [name] : []));
  const told = {
    ...rest,
    modules: run.modules,
    input: run.input ?? '',
    tokens,
    libraries: ['gym'],
  };
  const settings = JSON.stringify(told);
  const path = posix.join(base, run.path);
  const own = { SBX_TARGET: base };
  switch (run.program) {
    case 'gym':
    case 'llm':
      return {
        command: [...python(prepared, `probe_${run.program}.py`), ...roots(run, base)],
        stdin: settings,
        environment: {},
      };
    case 'import':
      return {
        command: [...python(prepared, 'import_module.py'), ...roots(run, base)],
        stdin: settings,
        environment: {},
      };
    case 'python':
      return {
        command: [
          ...python(prepared, 'run_python.py'),
          ...roots(run, base),
          '--',
          ...(run.entry === undefined ? [path] : ['--entry', run.entry]),
          ...run.arguments,
        ],
        stdin: settings,
        environment: { ...run.variables, ...own },
      };
    case 'server': {
      const server = guestCommand(run.server ?? run, prepared, job, base);
      const seconds = (budgetMs / 1000).toFixed(1);
      return {
        command: [...python(prepared, 'mcp_client.py'), '--', ...server.command],
        stdin: JSON.stringify({ nonce, seconds: Number(seconds), recorder: told }),
        environment: { ...run.variables, ...own },
      };
    }
    case 'javascript':
      return {
        command: ['node', '--require', RECORDER, path, ...run.arguments],
        stdin: `${measured(settings)}${run.input ?? ''}`,
        environment: own,
      };
    case 'node-import': {
      const code = 'import(require("node:url").pathToFileURL(process.argv[1]).href)';
      return {
        command: ['node', '--require', RECORDER, '-e', code, path],
        stdin: measured(settings),
        environment: {},
      };
    }
    case 'shell': {
      const started = shell(nonce, settings, prepared, run.input);
      return {
        stdin: started.stdin,
        environment: { ...started.environment, ...own },
        command: ['/bin/bash', `${INSIDE.guest}/run_shell.sh`, path, ...run.arguments],
      };
    }
    case 'session':
      return {
        command: [...python(prepared, 'run_session.py')],
        stdin: JSON.stringify({
          nonce,
          seconds: budgetMs / 1000,
          commands: run.commands ?? [],
          inputs: run.inputs ?? [],
          recorder: told,
        }),
        environment: { ...startedRecorders(prepared), ...own },
      };
    case 'hook': {
      const started = shell(nonce, settings, prepared, run.input);
      return {
        ...started,
        environment: {
          ...started.environment,
          ...run.variables,
          ...own,
          ...(run.isAgents === true ? agentFolders(posix.join(base, run.folder ?? '.')) : {}),
          SBX_PYTHON: interpreterPath(prepared),
          SBX_PIP: `${INSIDE.guest}/run_pip.py`,
          PYTHONPATH: [started.environment['PYTHONPATH'] ?? '', PREPARED.build].join(':'),
        },
        command: ['/bin/bash', `${INSIDE.guest}/run_shell.sh`, '-c', ...run.arguments],
      };
    }
  }
}

const RECORDER = `${INSIDE.guest}/recorder.cjs`;

/** Settings with their length before them, since what follows belongs to the program that is recorded. */
function measured(settings: string): string {
  return `${String(Buffer.byteLength(settings)).padStart(8, '0')}${settings}`;
}

/** Where agents say that a project, or a plug-in, lies (their documentation of hooks). */
function agentFolders(folder: string): Readonly<Record<string, string>> {
  const names = ['CLAUDE_PROJECT_DIR', 'CLAUDE_PLUGIN_ROOT', 'CURSOR_PROJECT_DIR', 'GEMINI_PROJECT_DIR'];
  return Object.fromEntries(names.map((name) => [name, folder]));
}

/** Variables that put the recorders into whatever Node and Python programs are started, and the prepared packages in their reach. */
function startedRecorders(prepared: PreparedEnvironment | null): Readonly<Record<string, string>> {
  return {
    NODE_OPTIONS: `--require ${RECORDER}`,
    PYTHONPATH: [`${INSIDE.guest}/startup`, ...siteFolders(prepared)].join(':'),
  };
}

/**
 * Whether it works in a writable copy of the target, as it would where somebody installed it: many programs write beside themselves.
 * What is only looked at does not. Nor does a large target, which would not fit, or a program that may not write everywhere.
 * @param bytes of the target
 */
export function isInProject({ program }: PlannedRun, bytes: number, permissions: Permissions): boolean {
  if (program === 'session' || program === 'hook') return bytes <= MOST_COPIED;
  if (permissions.programs !== null || permissions.writable !== null) return false;
  if (program === 'server') return bytes <= MOST_COPIED;
  return ['python', 'javascript', 'shell'].includes(program) && bytes <= MOST_COPIED_EACH_TIME;
}

/** The writable folders hold 64 MiB, of which the program wants some. */
const MOST_COPIED = 32 * 1024 * 1024;
/** A unit may have many scripts. */
const MOST_COPIED_EACH_TIME = 4 * 1024 * 1024;

/** Node and Python programs that a script starts have their recorders too: told by the environment, on a descriptor they inherit. */
function shell(
  nonce: string,
  settings: string,
  prepared: PreparedEnvironment | null,
  input: string | undefined,
): Omit<GuestCommand, 'command'> {
  return {
    stdin: input === undefined ? `${nonce}\n` : `${nonce} input\n${input}`,
    environment: { ...startedRecorders(prepared), SBX_RECORDER: settings, SBX_RECORDER_CHANNEL: '8' },
  };
}

function python(prepared: PreparedEnvironment | null, program: string): readonly string[] {
  const sites = siteFolders(prepared).flatMap((folder) => ['--site', folder]);
  return [interpreterPath(prepared), '-I', '-S', '-B', `${INSIDE.guest}/${program}`, ...sites];
}

function roots(run: PlannedRun, base: string): readonly string[] {
  return run.roots.flatMap((root) => ['--root', posix.join(base, root)]);
}
