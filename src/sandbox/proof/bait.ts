import { spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { getServers } from 'node:dns';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { homedir, hostname, networkInterfaces, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAtTheEnd } from '../backends/folder-guardian.ts';
import { GUEST_FOLDER } from '../inside.ts';
import { ownedName, privateFolder } from '../staging.ts';
import { PROBE_FOLDER } from './probe-files.ts';

/** Things of the host that a sandboxed program must not reach, laid out for the time of a proof. */
export interface Bait {
  /** A folder with the probe program, for the sandbox to show. */
  readonly probeFolder: string;
  /** A folder with the program that collects what a run leaves behind. */
  readonly guestFolder: string;
  /** What the probe is told; the names are those that it reads. */
  readonly description: {
    readonly port: number;
    readonly addresses: readonly string[];
    readonly resolvers: readonly string[];
    readonly hostName: string;
    readonly unixSockets: readonly string[];
    readonly engineSockets: readonly string[];
    readonly callerSockets: readonly string[];
    readonly abstractSocket: string;
    readonly canaries: readonly string[];
    /** Content of the canaries; also in an environment variable of the caller for the time of a run. */
    readonly token: string;
    /** On the command line of a process of the host. */
    readonly marker: string;
    readonly baitProcess: number;
    /** Where the probe's files lie on the host. */
    readonly hostFolder: string;
    readonly kernelRelease: string;
  };
  /** How often anything reached a listener of the host so far. */
  arrivals(): { readonly network: number; readonly unix: number };
  /** Reaches every listener from outside: what does not notice that proves nothing. @returns true when all of them noticed */
  isAwake(): Promise<boolean>;
  /** True while the process of the host lives. */
  isProcessAlive(): boolean;
  /** Takes everything away again. */
  remove(): Promise<void>;
}

/** Lays out the bait: listeners on loopback, sockets, canary files in every place that users keep things in, and a process. */
export async function layBait(): Promise<Bait> {
  const name = ownedName();
  const token = randomBytes(16).toString('hex');
  const marker = `sbx-bait-${randomBytes(8).toString('hex')}`;
  const folder = await privateFolder(name);
  await chmod(folder, 0o755);
  const probeFolder = join(folder, 'probe');
  const guestFolder = join(folder, 'guest');
  await layPrograms(PROBE_FOLDER, probeFolder);
  await layPrograms(GUEST_FOLDER, guestFolder);
  const canaryFolders = await layCanaries([folder, homedir(), '/var/tmp'], name, token);

  const arrivals = { network: 0, unix: 0 };
  const countNetwork = (): void => void (arrivals.network += 1);
  const countUnix = (): void => void (arrivals.unix += 1);
  const addresses = externalAddresses();
  const hasSix = Object.values(networkInterfaces()).some((each) =>
    each?.some((one) => one.family === 'IPv6'),
  );
  const host = hasSix ? '::' : '0.0.0.0';
  const tcp = await listening(createServer(countNetwork), { port: 0, host });
  const { port } = tcp.address() as { port: number };
  const udp = createSocket(hasSix ? 'udp6' : 'udp4').on('message', countNetwork);
  udp.bind(port, host);
  await once(udp, 'listening');
  const socketPath = join(canaryFolders.at(-1)!, 's');
  const servers: Server[] = [tcp, await listening(createServer(countUnix), { path: socketPath })];
  await chmod(socketPath, 0o777);
  servers.push(await listening(createServer(countUnix), { path: `\0${marker}` }));
  const sleeper = spawn('/bin/sh', ['-c', 'while :; do sleep 600; done', marker], {
    stdio: 'ignore',
    detached: true,
  });
  await once(sleeper, 'spawn');

  const isAwake = async (): Promise<boolean> => {
    const before = { ...arrivals };
    await knock({ port, host: '127.0.0.1' });
    await knock({ path: socketPath });
    await knock({ path: `\0${marker}` });
    await sendOnce(port);
    // The datagram is counted a turn of the event loop later.
    for (let wait = 0; wait < 50 && arrivals.network < before.network + 2; wait += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return arrivals.network === before.network + 2 && arrivals.unix === before.unix + 2;
  };

  return {
    probeFolder,
    guestFolder,
    description: {
      port,
      addresses: ['127.0.0.1', ...(hasSix ? ['::1'] : []), ...addresses],
      resolvers: getServers().filter((each) => each !== '127.0.0.1'),
      hostName: hostname(),
      unixSockets: [socketPath],
      engineSockets: engineSockets(),
      callerSockets: callerSockets(),
      abstractSocket: marker,
      canaries: canaryFolders.map((path) => join(path, 'canary')),
      token,
      marker,
      baitProcess: sleeper.pid ?? 0,
      hostFolder: folder,
      kernelRelease: release(),
    },
    arrivals: () => ({ ...arrivals }),
    isAwake,
    isProcessAlive: () => sleeper.exitCode === null && sleeper.signalCode === null,
    remove: async () => {
      if (sleeper.pid !== undefined && sleeper.exitCode === null) process.kill(-sleeper.pid, 'SIGKILL');
      for (const server of servers) server.close();
      udp.close();
      for (const path of [...canaryFolders, folder, join(tmpdir(), name)])
        await rm(path, { recursive: true, force: true });
    },
  };
}

/** Copies a folder's Python programs where any user may read them. */
async function layPrograms(from: string, folder: string): Promise<void> {
  await mkdir(folder);
  await chmod(folder, 0o755);
  for (const name of (await readdir(from)).filter((each) => each.endsWith('.py'))) {
    await copyFile(join(from, name), join(folder, name));
    await chmod(join(folder, name), 0o644);
  }
}

/** @returns the folders that could be made, each with a file `canary` */
async function layCanaries(parents: readonly string[], name: string, token: string): Promise<string[]> {
  const made: string[] = [];
  for (const parent of new Set(parents)) {
    const path = join(parent, `${name}-canary`);
    removeAtTheEnd(path);
    // Not every place can be written to; what cannot holds nothing to be read.
    const isMade = await mkdir(path, { mode: 0o755 }).then(
      () => true,
      () => false,
    );
    if (!isMade) continue;
    made.push(path);
    await writeFile(join(path, 'canary'), token, { mode: 0o644 });
  }
  return made;
}

function listening(
  server: Server,
  where: { port: number; host: string } | { path: string },
): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      resolve(server);
    });
  });
}

/** Connects and goes away again; one that is not answered is no error. */
function knock(where: { port: number; host: string } | { path: string }): Promise<void> {
  return new Promise((resolve) => {
    const client = connect(where);
    client.setTimeout(1000);
    for (const event of ['connect', 'error', 'timeout'] as const)
      client.once(event, () => {
        client.destroy();
        resolve();
      });
  });
}

function sendOnce(port: number): Promise<void> {
  const socket: Socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.send('sbx', port, '127.0.0.1', () => {
      socket.close();
      resolve();
    });
  });
}

/** Addresses of this machine that a listener on all interfaces answers at; those of a link alone need an interface's name. */
function externalAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter((each) => !each.internal && !each.address.startsWith('fe80:'))
    .map((each) => each.address);
}

/** Where engines listen: whoever reaches one of them owns the machine. */
function engineSockets(): string[] {
  const own = ['DOCKER_HOST', 'CONTAINER_HOST'].flatMap((name) => {
    const value = process.env[name] ?? '';
    return value.startsWith('unix://') ? [value.slice('unix://'.length)] : [];
  });
  const usual = [
    '/run/docker.sock',
    '/var/run/docker.sock',
    '/run/containerd/containerd.sock',
    '/run/podman/podman.sock',
    '/run/crio/crio.sock',
    '/run/systemd/private',
  ];
  return [...own, ...usual];
}

/** Sockets of the caller's session. */
function callerSockets(): string[] {
  const user = process.getuid?.() ?? 0;
  const runtime = process.env['XDG_RUNTIME_DIR'] ?? `/run/user/${user}`;
  const agent = process.env['SSH_AUTH_SOCK'];
  return [
    ...(agent === undefined ? [] : [agent]),
    ...['bus', 'wayland-0', 'gnupg/S.gpg-agent', 'docker.sock', 'podman/podman.sock'].map((name) =>
      join(runtime, name),
    ),
    '/run/dbus/system_bus_socket',
    '/tmp/.X11-unix/X0',
    '/dev/log',
    '/run/systemd/journal/stdout',
  ];
}
