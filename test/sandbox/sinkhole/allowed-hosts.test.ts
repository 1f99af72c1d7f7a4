import { execFileSync } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import type { Backend, SandboxCommand, SandboxResult } from '../../../src/sandbox/backend.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { makeDecoys } from '../../../src/sandbox/decoys/decoys.ts';
import { allowedHosts, isAllowed } from '../../../src/sandbox/sinkhole/allowed-hosts.ts';
import { isPublicAddress } from '../../../src/sandbox/sinkhole/public-address.ts';
import { SINKHOLE_FOLDER } from '../../../src/sandbox/sinkhole/sinkhole.ts';
import { trafficEvents } from '../../../src/sandbox/sinkhole/traffic-events.ts';
import { USUAL_WORLD } from '../../../src/sandbox/world.ts';
import { describeWith } from '../backends/requirement.ts';
import { err, out, sample } from '../backends/sample.ts';

const signal = new AbortController().signal;
const LOOPBACK = '127.0.0.1';

/** What came to the servers, as text. */
const received: string[] = [];
const servers: Server[] = [];
const toLoopback = { resolve: () => Promise.resolve([LOOPBACK]) };

afterAll(() => {
  for (const server of servers) server.close();
});

function answer(socket: Socket): void {
  let text = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (/^(?:GET|POST)/.test(text) && !/\r\n\r\n[^]*end$/.test(text)) return;
    received.push(text);
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nfrom afar');
  });
}

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  return (server.address() as { port: number }).port;
}

/** Sends a body, which ends in `end`, to URLs and prints each answer, or `none`; what hangs longer than the sandbox lasts prints nothing. */
const POST = `
import sys, urllib.request
for url in sys.argv[2:]:
    try:
        print(urllib.request.urlopen(url, data=sys.argv[1].encode(), timeout=60).read().decode())
    except OSError as error:
        print("none")
`;

for (const id of ['native', 'bubblewrap', 'docker', 'podman'] satisfies readonly BackendId[]) {
  await describeWith(id, `allowed hosts in ${id}`, () => {
    let backend: Backend;
    let port = 0;
    beforeAll(async () => {
      backend = await loadBackend(id);
      port = await portOf(createServer(answer));
    });

    const run = (words: readonly string[], rest: Partial<SandboxCommand>): Promise<SandboxResult> =>
      backend.run(sample(words, { ...rest, world: USUAL_WORLD }), signal);

    it('are reached by name, and by what a client of a bare address names; others are not', async () => {
      received.length = 0;
      const { decoys } = makeDecoys();
      const script = `${POST}
import socket
with socket.create_connection(("203.0.113.9", ${port}), timeout=9) as raw:
    raw.sendall(b"POST /named HTTP/1.1\\r\\nHost: api.example:${port}\\r\\n\\r\\nend")
    print(raw.recv(12).decode())
`;
      const body = `token=${decoys[0]!.marker}&end`;
      const urls = [`http://api.example:${port}/one`, `http://other.example:${port}/two`];
      const result = await run(['python3', '-c', script, body, ...urls], {
        allowedHosts: [`api.example:${port}`, LOOPBACK],
        proxyForTests: toLoopback,
      });
      expect(err(result)).toBe('');
      const [afar, near] = out(result).split('\n');
      expect(afar).toBe('from afar');
      expect(near).toContain('"success": true');
      expect(received.map((text) => text.split(' ', 2).join(' '))).toEqual(['POST /one', 'POST /named']);
      const { passages, connections } = result.traffic!;
      expect(connections.map(({ host, isPassed }) => [host, isPassed])).toEqual([
        ['api.example', true],
        ['other.example', false],
        ['api.example', true],
      ]);
      expect(passages).toMatchObject([
        { host: 'api.example', port, address: LOOPBACK, sentBytes: received[0]!.length, refusal: null },
        { host: 'api.example', port, address: LOOPBACK, sentBytes: received[1]!.length, refusal: null },
      ]);
      expect(passages[0]!.receivedBytes).toBeGreaterThan(9);
      const events = trafficEvents(result.traffic!, decoys, () => 'run');
      expect(events).toContainEqual(
        expect.objectContaining({ kind: 'connect', detail: `api.example:${port}`, allowed: true }),
      );
      expect(
        events.filter(({ kind }) => kind === 'decoy').map(({ decoy, detail }) => [decoy, detail]),
      ).toContainEqual([decoys[0]!.name, `what was sent to api.example:${port}`]);
    });

    it('are not reached when their name leads to the host, or when nobody answers, and nothing hangs', async () => {
      received.length = 0;
      const closed = await portOf(createServer((socket) => socket.destroy()));
      const urls = [port, closed].map((each) => `http://api.example:${each}/x`);
      const result = await run(['python3', '-c', POST, 'end', ...urls], {
        allowedHosts: ['api.example', `${LOOPBACK}:${closed}`],
        proxyForTests: toLoopback,
      });
      expect(out(result)).toBe('none\nnone\n');
      expect(received).toEqual([]);
      expect(result.traffic!.connections.map(({ refusal }) => refusal)).toEqual([
        'api.example leads into a network that is not public',
        null,
      ]);
    });
  });
}

await describeWith('native', 'what passes to allowed hosts', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await loadBackend('native');
  });

  const toServer = (script: string): Promise<SandboxResult> =>
    backend.run(
      sample(['python3', '-c', script], {
        world: USUAL_WORLD,
        allowedHosts: ['api.example', LOOPBACK],
        proxyForTests: toLoopback,
      }),
      signal,
    );

  it('is read where the client speaks TLS, and the server is checked', async () => {
    received.length = 0;
    const made = execFileSync('python3', ['-I', '-S', '-B', '-c', CERTIFICATES, SINKHOLE_FOLDER]);
    const { authority, chain } = JSON.parse(made.toString()) as { authority: string; chain: string };
    const port = await portOf(createTlsServer({ key: chain, cert: chain }, answer));
    const send = (host: string, trusted: string): Promise<SandboxResult> =>
      backend.run(
        sample(['python3', '-c', POST, 'the secret, end', `https://${host}:${port}/secure`], {
          world: USUAL_WORLD,
          allowedHosts: ['*.example', LOOPBACK, 'api.example', 'wrong.example'],
          proxyForTests: { ...toLoopback, authorities: trusted },
        }),
        signal,
      );
    const result = await send('api.example', authority);
    expect(out(result)).toBe('from afar\n');
    expect(received).toHaveLength(1);
    const [connection] = result.traffic!.connections;
    expect(Buffer.from(connection!.content).toString()).toContain('the secret, end');
    for (const refused of [send('wrong.example', authority), send('api.example', '')]) {
      const { traffic, stdout } = await refused;
      expect(Buffer.from(stdout).toString()).toBe('none\n');
      expect(traffic!.connections[0]!.refusal).toMatch(/certificate|altnames/i);
    }
    expect(received).toHaveLength(1);
  });

  it('is no more than is recorded', async () => {
    let bytes = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined).on('data', (chunk: Buffer) => (bytes += chunk.length));
    });
    const port = await portOf(server);
    const script = `import socket
with socket.create_connection(("api.example", ${port}), timeout=9) as plug:
    try:
        for _ in range(64):
            plug.sendall(b"x" * 65536)
        plug.recv(1)
    except OSError:
        pass
print("ended")`;
    const result = await toServer(script);
    expect(out(result)).toBe('ended\n');
    const [connection] = result.traffic!.connections;
    expect(connection).toMatchObject({ isPassed: true, refusal: 'it sent more than is recorded' });
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(connection!.content.length);
  });

  it('ends with the server', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).on('data', () => socket.destroy());
    });
    const port = await portOf(server);
    const script = `import socket
with socket.create_connection(("api.example", ${port}), timeout=20) as plug:
    plug.sendall(b"hello")
    print(plug.recv(1))`;
    const result = await toServer(script);
    expect(out(result)).toBe("b''\n");
  });
});

/** An authority, and what a server of api.example needs. */
const CERTIFICATES = `
import json, sys
sys.path.insert(0, sys.argv[1])
from certificates import Authority
authority = Authority()
print(json.dumps({"authority": authority.pem, "chain": authority.leaf.as_pem() + authority.leaf_pem("api.example")}))
`;

/** A gate whose proxy is gone before it answers, and one whose proxy goes afterwards. */
const GATE = `
import os, socket, sys, threading
sys.path.insert(0, sys.argv[1])
from connections import Talk
from gate import Gate
from journal import Journal, Stream

for reply in (b"", b"ok\\n"):
    client, plug = socket.socketpair()
    proxy, other = socket.socketpair()
    journal = Journal(1)
    if reply:
        other.sendall(reply)
    threading.Timer(0.2, other.close).start()
    talk = Talk(plug, Stream(journal, 1), "api.example", "198.18.0.1", 80)
    Gate([], [proxy], journal).pass_on(talk, 1)
`;

describe('a gate', () => {
  it('ends when the proxy is gone', () => {
    const text = execFileSync('python3', ['-I', '-S', '-B', '-c', GATE, SINKHOLE_FOLDER], {
      timeout: 20_000,
    });
    const records = text
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(records).toMatchObject([
      { t: 'not-passed', connection: 1, reason: 'the proxy is gone' },
      { t: 'passed', connection: 1 },
    ]);
  });
});

describe('patterns of allowed hosts', () => {
  it('stand for a name, what is below a domain, an address and a port, and for nothing wider', () => {
    const allowed = allowedHosts(['API.example:443', '*.cdn.example', '192.0.2.7:*', '[2001:db8::1]:80']);
    const is = (host: string, port: number): boolean => isAllowed(allowed, host, port);
    expect([
      is('api.example', 443),
      is('a.b.cdn.example', 1),
      is('192.0.2.7', 5),
      is('2001:db8::1', 80),
    ]).toEqual([true, true, true, true]);
    expect([
      is('api.example', 80),
      is('cdn.example', 1),
      is('xcdn.example', 1),
      is('api.example.net', 443),
    ]).toEqual([false, false, false, false]);
    const wide = [
      '*',
      '**',
      '*.com',
      '*.192.0.2.7',
      'a*.example',
      'https://api.example/',
      'api.example:0',
      'a b',
      '',
    ];
    expect(allowedHosts(wide)).toEqual([]);
  });

  it('lead to public addresses only', () => {
    const inner = [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '192.168.0.1',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
    ];
    const inner6 = [
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      'ff02::1',
    ];
    expect([...inner, ...inner6, 'name.example'].filter(isPublicAddress)).toEqual([]);
    expect(['8.8.8.8', '2606:4700::1111'].filter(isPublicAddress)).toHaveLength(2);
  });
});
