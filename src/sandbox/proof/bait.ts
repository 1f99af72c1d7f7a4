import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { homedir, networkInterfaces, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeAtTheEnd } from '../backends/folder-guardian.ts';
import { ownedName, privateFolder } from '../staging.ts';

const PROBE = fileURLToPath(new URL('./probe.py', import.meta.url));

/** Things of the host that a sandboxed program must not reach, laid out for the time of a proof. */
export interface Bait {
  /** A folder with the probe program, for the sandbox to show. */
  readonly probeFolder: string;
  /** What the probe is told; the names are those that `probe.py` reads. */
  readonly description: {
    readonly port: number;
    readonly addresses: readonly string[];
    readonly unixSockets: readonly string[];
    readonly abstractSocket: string;
    readonly canaries: readonly string[];
    readonly token: string;
    /** On the command line of a process of the host. */
    readonly marker: string;
    readonly kernelRelease: string;
  };
  /** How often anything reached a listener of the host. */
  arrivals(): number;
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
  await mkdir(probeFolder);
  await chmod(probeFolder, 0o755);
  await copyFile(PROBE, join(probeFolder, 'probe.py'));
  await chmod(join(probeFolder, 'probe.py'), 0o644);

  const canaryFolders: string[] = [];
  for (const parent of new Set([folder, homedir(), '/var/tmp'])) {
    const path = join(parent, `${name}-canary`);
    removeAtTheEnd(path);
    // Not every place can be written to; what cannot holds nothing to be read.
    const isMade = await mkdir(path, { mode: 0o755 }).then(
      () => true,
      () => false,
    );
    if (!isMade) continue;
    canaryFolders.push(path);
    await writeFile(join(path, 'canary'), token, { mode: 0o644 });
  }

  let arrivals = 0;
  const count = (): void => void (arrivals += 1);
  const tcp = await listening(createServer(count), { port: 0, host: '0.0.0.0' });
  const { port } = tcp.address() as { port: number };
  const udp = createSocket('udp4').on('message', count);
  udp.bind(port, '127.0.0.1');
  const socketPath = join(canaryFolders.at(-1)!, 's');
  const servers: Server[] = [tcp, await listening(createServer(count), { path: socketPath })];
  await chmod(socketPath, 0o777);
  const abstractSocket = marker;
  servers.push(await listening(createServer(count), { path: `\0${abstractSocket}` }));
  const sleeper = spawn('/bin/sh', ['-c', 'while :; do sleep 600; done', marker], {
    stdio: 'ignore',
    detached: true,
  });

  return {
    probeFolder,
    description: {
      port,
      addresses: ['127.0.0.1', ...externalAddresses()],
      unixSockets: [socketPath, '/run/docker.sock', '/var/run/docker.sock', ...dockerSocket()],
      abstractSocket,
      canaries: canaryFolders.map((path) => join(path, 'canary')),
      token,
      marker,
      kernelRelease: release(),
    },
    arrivals: () => arrivals,
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

/** Addresses of this machine that a listener on all interfaces answers at. */
function externalAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter((each) => each.family === 'IPv4' && !each.internal)
    .map((each) => each.address);
}

function dockerSocket(): string[] {
  const host = process.env['DOCKER_HOST'] ?? '';
  return host.startsWith('unix://') ? [host.slice('unix://'.length)] : [];
}
