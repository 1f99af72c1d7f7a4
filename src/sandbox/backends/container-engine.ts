import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BackendId } from '../../model/observation.ts';
import { isOrphan } from '../staging.ts';
import { findTool } from './runtimes.ts';

const execute = promisify(execFile);

/** How long an engine may take over a question, in milliseconds; a daemon that does not answer by then is taken as absent. */
const ANSWER_MS = 2000;
/** How long it may take to end or remove a container, in milliseconds. */
const KILL_MS = 15_000;

/** A program that runs containers, as one backend uses it. */
export interface ContainerEngine {
  readonly id: BackendId;
  /** `docker` or `podman`. */
  readonly program: 'docker' | 'podman';
  /** Options before the subcommand. */
  readonly globalOptions: readonly string[];
  /** Options of `run` that only this engine needs. */
  readonly runOptions: readonly string[];
  /** Processes that the engine itself needs inside the limit; gVisor's own threads are counted there. */
  readonly extraProcesses: number;
  /** True when its temporary file systems can limit the number of files. */
  readonly limitsInodes: boolean;
  /** Whether it takes the owner of a folder in memory; docker makes the working folder first, as root's, which the mode then gives way to. */
  readonly namesOwner: boolean;
}

/** Label of our containers and images; of a container the value is the name of the run. */
export const LABEL = 'sbx.run';

/** What the engine's client needs of our environment to find its daemon, and nothing that it would hand to the container. */
export function clientEnvironment(
  engine: ContainerEngine,
  configFolder: string,
  host: string | null,
): Record<string, string> {
  const kept = ['PATH', 'XDG_RUNTIME_DIR', 'DOCKER_CERT_PATH', 'DOCKER_TLS_VERIFY', 'CONTAINER_HOST'];
  const environment = Object.fromEntries(
    kept.flatMap((name): [string, string][] => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    ...environment,
    HOME: process.env['HOME'] ?? '/',
    // The operator's own configuration may add proxies, with their passwords, to the environment of every container.
    ...(engine.program === 'docker' ? { DOCKER_CONFIG: configFolder } : {}),
    ...(host === null ? {} : { DOCKER_HOST: host }),
  };
}

let hostOfContext: Promise<string | null> | null = null;

/** Where the docker daemon listens: DOCKER_HOST, else the current context's; null for the built-in default. */
export function dockerHost(): Promise<string | null> {
  const fromEnvironment = process.env['DOCKER_HOST'];
  if (fromEnvironment !== undefined && fromEnvironment !== '') return Promise.resolve(fromEnvironment);
  hostOfContext ??= askContext();
  return hostOfContext;
}

async function askContext(): Promise<string | null> {
  const docker = await findTool('docker');
  if (docker === null) return null;
  try {
    const options = ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'];
    const { stdout } = await execute(docker, options, { timeout: ANSWER_MS, killSignal: 'SIGKILL' });
    return stdout.trim() === '' ? null : stdout.trim();
  } catch {
    return null;
  }
}

/**
 * Asks the engine something.
 * @returns its standard output without the last line break, or null when it fails or does not answer in time
 */
export async function askEngine(
  engine: ContainerEngine,
  options: readonly string[],
  timeout = ANSWER_MS,
): Promise<string | null> {
  const program = await findTool(engine.program);
  if (program === null) return null;
  try {
    const { stdout } = await execute(program, [...engine.globalOptions, ...options], {
      timeout,
      killSignal: 'SIGKILL',
      env: clientEnvironment(engine, '/nonexistent', await dockerHost()),
    });
    return stdout.trimEnd();
  } catch {
    return null;
  }
}

/** Ends a container; one that is gone already is no error. */
export async function killContainer(engine: ContainerEngine, name: string): Promise<void> {
  const signal = engine.program === 'podman' ? ['--signal', 'KILL'] : [];
  await askEngine(engine, ['kill', ...signal, name], KILL_MS);
}

const swept = new Map<string, Promise<void>>();

/** Removes the containers of sbx processes that died without doing so; once per process and engine. */
export function sweepContainers(engine: ContainerEngine): Promise<void> {
  const known = swept.get(engine.program);
  if (known !== undefined) return known;
  const sweep = (async () => {
    const names = await askEngine(engine, [
      'ps',
      '--all',
      '--filter',
      `label=${LABEL}`,
      '--format',
      '{{.Names}}',
    ]);
    const orphans = (names ?? '').split('\n').filter(isOrphan);
    if (orphans.length > 0) await askEngine(engine, ['rm', '--force', '--volumes', ...orphans], KILL_MS);
  })();
  swept.set(engine.program, sweep);
  return sweep;
}
