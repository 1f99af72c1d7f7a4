import { objectIn } from '../recorder/json-line.ts';
import type { Passage } from './proxy.ts';

/** A question for a name. */
export interface Lookup {
  readonly name: string;
  /** `A`, `AAAA`, `TXT`, …, or its number. */
  readonly type: string;
  /** Milliseconds since the sinkhole began. */
  readonly atMs: number;
}

/** A request over HTTP; without its query and its body, which are in the connection's content. */
interface Request {
  readonly scheme: 'http' | 'https';
  readonly method: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** The name that the script asks for which this request was answered with, when it is run; null when it was something else. */
  readonly trace: string | null;
  readonly atMs: number;
}

/** A connection that the sinkhole took, or a datagram. */
export interface Connection {
  readonly number: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly address: string;
  readonly port: number;
  /** The name that led to the address; the address where none did. */
  readonly host: string;
  readonly atMs: number;
  readonly requests: readonly Request[];
  /** What the client sent, decrypted where it spoke TLS; the beginning of it when it was much. */
  readonly content: Uint8Array;
  /** Bytes of it that were not kept. */
  readonly cut: number;
  /** True: the client refused the sinkhole's certificate, so that what it would have sent is not known. */
  readonly isUntrusting: boolean;
  /** True: it went on to the host, which the operator allowed. */
  readonly isPassed: boolean;
  /** Why it did not go on, or not to its end, although the operator allowed the host; null for any other. */
  readonly refusal: string | null;
}

/** What a sandbox sent to the sinkhole. The contents may hold what was stolen: they are searched, and never reported. */
export interface Traffic {
  readonly lookups: readonly Lookup[];
  readonly connections: readonly Connection[];
  /** What was not kept, in records. */
  readonly lost: number;
  /** Null; or why only the usual ports are caught on this machine. */
  readonly limitation: string | null;
  /** Connections to allowed hosts, as the proxy outside recorded them. */
  readonly passages: readonly Passage[];
}

type Changing<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Growing = Changing<Omit<Connection, 'requests' | 'content'>> & {
  requests: Request[];
  content: Buffer[];
};

/** Reads the sinkhole's journal. What is no record (the sinkhole was ended while it wrote) is passed over. */
export function readJournal(journal: string): Omit<Traffic, 'passages'> {
  const lookups: Lookup[] = [];
  const connections = new Map<number, Growing>();
  let lost = 0;
  let limitation: string | null = null;
  for (const line of journal.split('\n')) {
    const record = objectIn(line);
    if (record === null) continue;
    const atMs = number(record['at']);
    const connection = connections.get(number(record['connection']));
    switch (record['t']) {
      case 'dns':
        lookups.push({ name: text(record['name']), type: text(record['type']), atMs });
        break;
      case 'connection':
        connections.set(number(record['connection']), {
          number: number(record['connection']),
          protocol: record['protocol'] === 'udp' ? 'udp' : record['protocol'] === 'icmp' ? 'icmp' : 'tcp',
          address: text(record['address']),
          port: number(record['port']),
          host: text(record['host']),
          atMs,
          requests: [],
          content: [],
          cut: 0,
          isUntrusting: false,
          isPassed: false,
          refusal: null,
        });
        break;
      case 'tls':
        nameByClient(connection, text(record['name']));
        break;
      case 'data':
        connection?.content.push(Buffer.from(text(record['content']), 'base64'));
        if (connection !== undefined) connection.cut += number(record['cut']);
        break;
      case 'request':
        connection?.requests.push({
          scheme: record['scheme'] === 'https' ? 'https' : 'http',
          method: text(record['method']),
          host: text(record['host']),
          port: number(record['port']),
          path: text(record['path']),
          trace: typeof record['trace'] === 'string' ? record['trace'] : null,
          atMs,
        });
        break;
      case 'untrusted':
        if (connection !== undefined) connection.isUntrusting = true;
        break;
      case 'not-passed':
        nameByClient(connection, text(record['host']));
        if (connection !== undefined) connection.refusal = text(record['reason']);
        break;
      case 'passed':
        if (connection !== undefined) connection.isPassed = true;
        nameByClient(connection, text(record['host']));
        break;
      case 'refused':
        lost += 1;
        break;
      case 'lost':
        lost += 1000;
        break;
      case 'listed-ports':
        limitation = text(record['reason']);
        break;
    }
  }
  const finished = [...connections.values()].map((each) => ({
    ...each,
    content: Buffer.concat(each.content),
  }));
  return { lookups, connections: finished, lost, limitation };
}

/** A raw address that asks for a name is known by the name. */
function nameByClient(connection: Growing | undefined, name: string): void {
  if (connection !== undefined && connection.host === connection.address)
    connection.host = name.toLowerCase();
}

/** Why the sinkhole could not begin, or null. */
export function failureIn(journal: string): string | null {
  const line = /^\{"t": "failed".*$/m.exec(journal)?.[0];
  const record = line === undefined ? null : objectIn(line);
  return record === null ? null : text(record['reason']);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
