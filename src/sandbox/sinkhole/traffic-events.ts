import type { ObservedEvent } from '../../model/observation.ts';
import type { Decoy } from '../decoys/decoys.ts';
import { findMarkers } from '../decoys/markers.ts';
import type { Connection, Traffic } from './traffic.ts';

/** Below this the names lie that downloaded scripts ask for. */
const RAN = '.ran.invalid';
/** Names of one domain that are looked at together. */
const MOST_TOGETHER = 5_000;
/** How the report calls code that came from the sinkhole and was run. */
export const DOWNLOADED = 'downloaded ';

/**
 * What a sandbox's traffic says of it: names, connections, requests, code that was fetched and run, and every decoy whose marker is in
 * any of it, also in parts over several names or connections.
 * @param phaseOf the phase in which a host, a name or an address, was asked for
 */
export function trafficEvents(
  traffic: Traffic,
  decoys: readonly Decoy[],
  phaseOf: (host: string) => string,
): readonly ObservedEvent[] {
  const event: Make = (kind, host, detail, at, isPassed = false) => ({
    kind,
    phase: phaseOf(host),
    detail,
    capability: kind === 'connect' || kind === 'dns' ? 'net.connect' : kind === 'exec' ? 'proc.exec' : null,
    allowed: isPassed,
    first: at,
    last: at,
    count: 1,
    decoy: null,
  });
  const asked = new Set(traffic.lookups.map(({ name }) => name.toLowerCase()));
  const named = traffic.lookups
    .filter(({ name }) => !name.toLowerCase().endsWith(RAN))
    .map(({ name, atMs }) => event('dns', name, withoutMarked(name, decoys), atMs));
  const reached = traffic.connections.flatMap(({ host, port, atMs, requests, isPassed }) => [
    event('connect', host, `${withoutMarked(host, decoys)}:${port}`, atMs, isPassed),
    ...requests.map((each) =>
      event('http', host, `${each.method} ${withoutMarked(urlOf(each), decoys)}`, each.atMs, isPassed),
    ),
    ...requests
      .filter(({ trace }) => trace !== null && asked.has(trace))
      .map((each) => event('exec', host, `${DOWNLOADED}${urlOf(each)}`, each.atMs)),
  ]);
  return [...named, ...reached, ...stolen(traffic, decoys, event)];
}

/** The same events with the names that addresses of the sinkhole were given out for. */
export function withNames(
  events: readonly ObservedEvent[],
  traffic: Traffic | null,
): readonly ObservedEvent[] {
  if (traffic === null) return events;
  const names = new Map(traffic.connections.map(({ address, host }) => [address, host]));
  return events.flatMap((event) => {
    // The journal knows which name it was.
    if (event.kind === 'dns' && event.detail === '*') return [];
    // The C library asks the kernel for its own addresses when a name has several; the sandbox refuses that.
    if (event.detail === 'AF_NETLINK') return [];
    if (event.kind !== 'connect') return [event];
    const [, address = '', port = ''] = /^(.*):(\d+)$/.exec(event.detail) ?? [];
    const host = names.get(address);
    // To sort addresses, the C library asks for a way to each without sending anything.
    if (host === undefined) return isHandedOut(address) ? [] : [event];
    return port === '0' ? [] : [{ ...event, detail: `${host}:${port}` }];
  });
}

/** The same events, in which connections are marked that went on to allowed hosts. */
export function withPassed(
  events: readonly ObservedEvent[],
  traffic: Traffic | null,
): readonly ObservedEvent[] {
  const passed = new Set(
    traffic?.connections.flatMap(({ isPassed, host, port }) => (isPassed ? [`${host}:${port}`] : [])),
  );
  return events.map((event) =>
    event.kind === 'connect' && passed.has(event.detail) ? { ...event, allowed: true } : event,
  );
}

/** Whether the sinkhole's name server gives out addresses like this one. */
function isHandedOut(address: string): boolean {
  return /^198\.1[89]\.\d+\.\d+$|^2001:db8:18::/.test(address);
}

type Make = (
  kind: ObservedEvent['kind'],
  host: string,
  detail: string,
  at: number,
  isPassed?: boolean,
) => ObservedEvent;

function stolen(traffic: Traffic, decoys: readonly Decoy[], make: Make): readonly ObservedEvent[] {
  const found = new Map<string, ObservedEvent>();
  /** Each decoy once per place; what is whole there is not reported again as put together. */
  const search = (
    content: string | Uint8Array,
    host: string,
    where: string,
    at: number,
    isJoined = false,
  ): void => {
    for (const { decoy, disguise } of findMarkers(content, decoys)) {
      const key = `${where}\0${decoy.name}`;
      if (found.has(key)) continue;
      const how = [...(disguise === 'plain' ? [] : [disguise]), ...(isJoined ? ['in parts'] : [])];
      const detail = how.length === 0 ? where : `${where} (${how.join(', ')})`;
      const event = make('decoy', host, detail, at);
      found.set(key, { ...event, capability: 'secret.read', allowed: false, decoy: decoy.name });
    }
  };
  const domains = groups(traffic.lookups, ({ name }) => domainOf(name));
  for (const [domain, lookups] of domains) {
    const where = `a name below ${domain}`;
    const names = [...new Set(lookups.map(({ name }) => name))].slice(0, MOST_TOGETHER);
    for (const name of names) search(name, name, where, lookups[0]!.atMs);
    const labels = names.map((name) => name.slice(0, -domain.length).split('.'));
    search(labels.flat().join(''), names[0]!, where, lookups[0]!.atMs, true);
    // Pieces are numbered in a label of their own, or stand in the first.
    search(labels.map(([first = '']) => first).join(''), names[0]!, where, lookups[0]!.atMs, true);
  }
  for (const connection of traffic.connections)
    search(connection.content, connection.host, placeOf(connection), connection.atMs);
  for (const [host, connections] of groups(traffic.connections, ({ host: each }) => each)) {
    const pieces = connections.flatMap(piecesOf);
    if (pieces.length > 1)
      search(Buffer.concat(pieces), host, `traffic to ${host}`, connections[0]!.atMs, true);
  }
  return [...found.values()];
}

function placeOf({ host, port, requests, protocol }: Connection): string {
  const [first] = requests;
  if (first !== undefined) return `${first.method} ${urlOf(first)}`;
  return protocol === 'icmp' ? `a ping to ${host}` : `what was sent to ${host}:${port}`;
}

/** What one connection carries beside the form of a request: the values of its query and its body, or all of it. */
function piecesOf({ content, requests }: Connection): readonly Buffer[] {
  const bytes = Buffer.from(content);
  if (requests.length === 0) return [bytes];
  const heads = bytes.toString('latin1').split(/(?=(?:GET|POST|PUT|PATCH|HEAD|DELETE) \S+ HTTP\/1\.)/);
  return heads.flatMap((text) => {
    const [, target = ''] = text.split(/\s/, 2);
    const at = text.indexOf('\r\n\r\n');
    const values = [...target.matchAll(/=([^&#]*)/g)].map(([, value = '']) => value);
    const path = /^[^?#]*\/([^/?#]*)/.exec(target)?.[1] ?? '';
    const body = at === -1 ? '' : text.slice(at + 4);
    const fields = [...body.matchAll(/(?:^|&)[^=&]{1,40}=([^&]*)/g)].map(([, value = '']) => value);
    const content = values.length > 0 ? values.join('') : fields.length > 0 ? '' : body === '' ? path : '';
    return [Buffer.from(content + (fields.length > 0 ? fields.join('') : body), 'latin1')];
  });
}

function urlOf({ scheme, host, port, path }: Connection['requests'][number]): string {
  const usual = scheme === 'https' ? 443 : 80;
  return `${scheme}://${host}${port === usual ? '' : `:${port}`}${path}`;
}

/** The last two labels. */
function domainOf(name: string): string {
  return name.toLowerCase().split('.').slice(-2).join('.');
}

/** A name or an address for the report, which never repeats a marker. */
export function withoutMarked(text: string, decoys: readonly Decoy[]): string {
  if (findMarkers(text, decoys).length === 0) return text;
  const [, scheme = '', name = ''] = /^(https?:\/\/)?([^/:]*)/.exec(text) ?? [];
  return findMarkers(name, decoys).length > 0 ? `${scheme}*.${domainOf(name)}` : `${scheme}${name}/*`;
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group === undefined) found.set(key, [item]);
    else group.push(item);
  }
  return found;
}
