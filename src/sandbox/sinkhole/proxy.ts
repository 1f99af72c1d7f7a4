import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { connect, createServer, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { messageOf } from '../../errors.ts';
import { isAllowed, type AllowedHost } from './allowed-hosts.ts';
import { isPublicAddress } from './public-address.ts';

/** Connections of one run that may pass. */
export const MOST_PASSAGES = 64;
/** Bytes of one run, both ways together. */
const MOST_BYTES = 256 * 1024 * 1024;
/** How long a name and a connection may take, and how long one may be silent, in milliseconds. */
const CONNECT_MS = 10_000;
const IDLE_MS = 60_000;
const LONGEST_ORDER = 1_000;

/** A connection to an allowed host, or what became of the wish for one. */
export interface Passage {
  /** The connection's number in the sinkhole's journal. */
  readonly connection: number;
  readonly host: string;
  readonly port: number;
  /** Where it went; null where it went nowhere. */
  readonly address: string | null;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** Why it did not pass, or null. */
  readonly refusal: string | null;
}

/** What tests put in the place of the internet. */
export interface ProxyForTests {
  /** Addresses of a name. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Certificates (PEM) of the authorities that servers are checked by. */
  readonly authorities?: string;
}

/** The way out of a sinkhole. */
export interface RecordingProxy {
  passages(): readonly Passage[];
  /** Ends all connections. Safe to call again. */
  close(): void;
}

/** What the sinkhole asks for, in one line of JSON. */
interface Order {
  readonly connection: number;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

type Changing = { -readonly [Key in keyof Passage]: Passage[Key] };

/**
 * Takes orders on a Unix socket and connects to allowed hosts, over TLS checked by Node's authorities where the client spoke TLS. It asks
 * for a name's addresses itself and goes to none of the host's own networks, unless the operator allows that address literally: a name that
 * changes its address leads nowhere else. Whoever asks is not believed: every order is checked.
 * @param path of the socket, in a folder that only this user can enter
 */
export async function openProxy(
  path: string,
  allowed: readonly AllowedHost[],
  forTests: ProxyForTests | null = null,
): Promise<RecordingProxy> {
  const passages: Changing[] = [];
  const open = new Set<Socket>();
  let bytes = 0;

  const serve = async (plug: Socket): Promise<void> => {
    const order = readOrder(await orderLine(plug));
    if (order === null || passages.length >= MOST_PASSAGES) {
      plug.destroy();
      return;
    }
    const { connection, host, port } = order;
    const passage: Changing = {
      ...{ connection, host, port },
      ...{ address: null, sentBytes: 0, receivedBytes: 0, refusal: null },
    };
    passages.push(passage);
    let remote: Socket;
    try {
      passage.address = await addressOf(order, allowed, forTests);
      remote = await reach(order, passage.address, forTests, open);
    } catch (error) {
      passage.refusal = messageOf(error).replace(/\s+/g, ' ').slice(0, 200);
      passage.address = null;
      plug.end(`${passage.refusal}\n`);
      return;
    }
    const end = (): void => {
      plug.destroy();
      remote.destroy();
    };
    const count = (field: 'sentBytes' | 'receivedBytes') => (chunk: Buffer) => {
      passage[field] += chunk.length;
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) return;
      passage.refusal = `ended at ${MOST_BYTES} bytes`;
      end();
    };
    remote.on('error', end).on('timeout', end).setTimeout(IDLE_MS);
    plug.on('close', end).on('data', count('sentBytes'));
    remote.on('data', count('receivedBytes'));
    plug.write('ok\n');
    plug.pipe(remote).pipe(plug);
  };

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (plug) => {
    open.add(plug);
    plug.on('close', () => open.delete(plug)).on('error', () => plug.destroy());
    void serve(plug).catch(() => plug.destroy());
  });
  server.maxConnections = MOST_PASSAGES;
  server.listen(path);
  await once(server, 'listening');
  server.unref();
  const close = (): void => {
    server.close();
    for (const each of open) each.destroy();
  };
  try {
    // The folder is closed to others; in a container it is another user that asks.
    await chmod(path, 0o666);
  } catch (error) {
    close();
    throw error;
  }
  return { passages: () => passages, close };
}

/** The first line, or what came of it until the other end was gone. */
async function orderLine(plug: Socket): Promise<string> {
  let line = '';
  return new Promise((resolve) => {
    const done = (): void => {
      plug.pause();
      plug.off('data', take).off('end', done).off('close', done);
      resolve(line);
    };
    // The sinkhole says nothing more before it is answered.
    const take = (chunk: Buffer): void => {
      line += chunk.toString('utf8');
      if (line.endsWith('\n') || line.length > LONGEST_ORDER) done();
    };
    plug.on('data', take).on('end', done).on('close', done);
    plug.resume();
  });
}

function readOrder(line: string): Order | null {
  if (!line.endsWith('\n') || line.length > LONGEST_ORDER) return null;
  try {
    const { connection, host, port, tls } = JSON.parse(line) as Partial<Record<keyof Order, unknown>>;
    const isOrder =
      typeof connection === 'number' &&
      typeof host === 'string' &&
      /^[a-z0-9_.:-]{1,253}$/.test(host) &&
      Number.isInteger(port) &&
      typeof tls === 'boolean';
    return isOrder ? { connection, host, port: port as number, tls } : null;
  } catch {
    return null;
  }
}

/** @throws Error with the reason why it must not, or cannot, be gone to */
async function addressOf(
  { host, port }: Order,
  allowed: readonly AllowedHost[],
  forTests: ProxyForTests | null,
): Promise<string> {
  if (!isAllowed(allowed, host, port)) throw new Error('not an allowed host');
  // An address that is allowed was allowed literally.
  if (isIP(host) !== 0) return host;
  const resolve = forTests?.resolve ?? systemAddresses;
  const addresses = await inTime(resolve(host), `no address of ${host} was found in time`);
  const [first] = addresses;
  if (first === undefined) throw new Error(`${host} has no address`);
  const isFine = (address: string): boolean =>
    isPublicAddress(address) || isAllowed(allowed, address.toLowerCase(), port);
  // One wrong address among right ones is no accident.
  if (!addresses.every(isFine)) throw new Error(`${host} leads into a network that is not public`);
  return first;
}

async function systemAddresses(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

/** @throws Error when there is no connection, or none that can be trusted */
async function reach(
  { host, port, tls }: Order,
  address: string,
  forTests: ProxyForTests | null,
  open: Set<Socket>,
): Promise<Socket> {
  const authorities = forTests?.authorities === undefined ? {} : { ca: forTests.authorities };
  const remote = tls
    ? connectTls({
        ...{ host: address, port, ALPNProtocols: ['http/1.1'], ...authorities },
        // The name that the certificate has to be for.
        ...(isIP(host) === 0 ? { servername: host } : {}),
      })
    : connect({ host: address, port, allowHalfOpen: true });
  open.add(remote);
  remote.on('close', () => open.delete(remote));
  try {
    await inTime(once(remote, tls ? 'secureConnect' : 'connect'), `${host}:${port} did not answer in time`);
    return remote;
  } catch (error) {
    remote.on('error', () => undefined).destroy();
    throw error;
  }
}

async function inTime<Value>(what: Promise<Value>, reason: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(reason));
    }, CONNECT_MS);
  });
  try {
    return await Promise.race([what, late]);
  } finally {
    clearTimeout(timer);
  }
}
