import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SandboxCommand } from '../backend.ts';
import type { ContainerImage } from '../backends/container-image.ts';
import {
  askEngine,
  clientEnvironment,
  dockerHost,
  killContainer,
  LABEL,
  type ContainerEngine,
} from '../backends/container-engine.ts';
import type { RunPlace } from '../backends/opened.ts';
import { findRuntimes } from '../backends/runtimes.ts';
import { ownedName } from '../staging.ts';
import { trusting } from './authority.ts';
import {
  openWayOut,
  PROXY_SOCKET,
  SINKHOLE_FOLDER,
  sinkholeFailure,
  sinkholeSettings,
  trafficOf,
} from './sinkhole.ts';
import type { Traffic } from './traffic.ts';

/** How long the sinkhole's container may take to begin and to end, in milliseconds. */
const BEGIN_MS = 20_000;
const END_MS = 5_000;
/** Bytes of its journal that are kept; it bounds itself below that. */
const LONGEST_JOURNAL = 32 * 1024 * 1024;
const FOLDER = '/opt/sbx/sinkhole';
const DEVICE = '/dev/net/tun';

/** A sinkhole in a container of its own, whose network the sandbox's container shares. */
export interface Sidecar {
  readonly command: SandboxCommand;
  /** Value of the option `--network`. */
  readonly network: string;
  /** Ends the container and gives what came in. Safe to call again. */
  end(): Promise<Traffic>;
}

/**
 * Starts a sinkhole for a container. Its container may change its own network and nothing else; it ends with the run, or when its input
 * does, so also when sbx is killed.
 * @param image the one that sbx makes from the host's files: the target's own may have no Python
 * @throws SbxError of kind `sandbox` when it does not begin
 */
export async function startSidecar(
  engine: ContainerEngine,
  program: string,
  image: ContainerImage,
  command: SandboxCommand,
  { folder, opened }: RunPlace,
): Promise<Sidecar> {
  const name = ownedName();
  const own = join(folder, 'sinkhole');
  // Copied, since the folder that sbx is installed in may be closed to the container.
  await cp(SINKHOLE_FOLDER, own, { recursive: true });
  await chmod(own, 0o755);
  const wayOut = await openWayOut(command, { folder: own, opened });
  const settings = {
    journal: '-',
    authority: null,
    allowed: wayOut?.allowed ?? [],
    proxy: wayOut === null ? null : `${FOLDER}/${PROXY_SOCKET}`,
  };
  await writeFile(join(own, 'settings.json'), sinkholeSettings(settings));
  const configFolder = join(folder, 'sidecar');
  await mkdir(configFolder);
  const client = spawn(
    program,
    [...engine.globalOptions, ...(await options(engine, image, command, name, own))],
    {
      env: clientEnvironment(engine, configFolder, await dockerHost()),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    },
  );
  let journal = '';
  let complaint = '';
  let isReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  client.stdout.on('data', (chunk: Buffer) => {
    if (journal.length < LONGEST_JOURNAL) journal += chunk.toString('latin1');
    if (/^\{"t": "(?:ready|failed)".*\n/m.test(journal.slice(0, 8_192))) isReady();
  });
  client.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString('utf8')).slice(-300)));
  client.stdin.on('error', () => undefined);
  const closed = once(client, 'close').catch(() => undefined);
  let ending: Promise<void> | null = null;
  const end = (): Promise<void> => {
    ending ??= (async () => {
      client.stdin.end();
      if ((await withinTime(closed, END_MS)) === 'in time') return;
      await killContainer(engine, name);
      client.kill('SIGKILL');
    })();
    return ending;
  };
  opened.add(end);
  const beginning = await withinTime(Promise.race([ready, closed]), BEGIN_MS);
  const record = /^\{"t": "ready".*$/m.exec(journal)?.[0];
  if (beginning === 'late' || record === undefined) {
    trafficOf(journal, []);
    throw sinkholeFailure(complaint.trim() === '' ? 'its container did not start' : complaint.trim());
  }
  const authority = join(folder, 'authority.pem');
  await writeFile(authority, (JSON.parse(record) as { authority: string }).authority, { mode: 0o644 });
  return {
    command: trusting(command, authority),
    network: await networkOf(engine, name),
    end: async () => {
      await end();
      return trafficOf(journal, wayOut?.proxy.passages() ?? []);
    },
  };
}

/** Podman would not remove a container as long as another one names it, so there the namespace itself is named. */
async function networkOf(engine: ContainerEngine, name: string): Promise<string> {
  if (engine.program === 'docker') return `container:${name}`;
  const pid = await askEngine(engine, ['inspect', '--format', '{{.State.Pid}}', name]);
  return `ns:/proc/${pid ?? '0'}/ns/net`;
}

async function options(
  engine: ContainerEngine,
  image: ContainerImage,
  command: SandboxCommand,
  name: string,
  own: string,
): Promise<string[]> {
  const runtimes = await findRuntimes();
  const shown = [...image.mounts, ...runtimes.mounts, { source: own, target: FOLDER }];
  const capabilities = ['NET_ADMIN', 'NET_BIND_SERVICE', 'SETUID', 'SETGID'];
  return [
    ...['run', '--rm', '--interactive', '--name', name, '--label', `${LABEL}=${name}`, '--pull', 'never'],
    ...['--network', 'none', '--hostname', command.world.hostName, '--read-only', '--user', '0:0'],
    ...['--cap-drop', 'ALL', ...capabilities.flatMap((each) => ['--cap-add', each])],
    ...[
      '--security-opt',
      'no-new-privileges',
      '--pids-limit',
      '512',
      '--memory',
      '256m',
      '--log-driver',
      'none',
    ],
    ...[...engine.runOptions, '--ulimit', 'nofile=1024:1024', '--device', DEVICE],
    ...shown.flatMap(({ source, target }) => [
      '--mount',
      `type=bind,source=${source},target=${target},readonly`,
    ]),
    ...['--env', `PATH=${[...runtimes.path, '/usr/local/bin', '/usr/bin', '/bin'].join(':')}`],
    ...['--entrypoint', 'python3', image.reference],
    ...['-I', '-S', '-B', `${FOLDER}/sinkhole.py`, `${FOLDER}/settings.json`],
  ];
}

async function withinTime(what: Promise<unknown>, ms: number): Promise<'in time' | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, ms, 'late')));
  try {
    return await Promise.race([what.then(() => 'in time' as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
