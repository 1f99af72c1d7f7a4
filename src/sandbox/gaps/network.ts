import type { Gap } from '../../model/outcome.ts';
import type { Unit } from '../../model/target.ts';
import type { Laboratory } from '../laboratory.ts';
import type { ObservedRun } from '../observed-run.ts';
import { allowedHosts, isAllowed, type AllowedHost } from '../sinkhole/allowed-hosts.ts';

/** What a unit's programs would have sent and it is not known what, and which allowed hosts they did not reach. */
export function networkGaps(
  unit: Unit,
  observed: readonly ObservedRun[],
  { permissions }: Pick<Laboratory, 'permissions'>,
): readonly Gap[] {
  const allowed = allowedHosts(permissions.hosts);
  const reasons = observed.flatMap((each) => [
    ...untrusting(each),
    ...cut(each),
    ...unanswered(each),
    ...notReached(each, allowed),
  ]);
  return [...new Set(reasons)].map((reason) => ({ unit: unit.path, reason }));
}

function untrusting({ run, result }: ObservedRun): readonly string[] {
  const count = result.traffic?.connections.filter(({ isUntrusting }) => isUntrusting).length ?? 0;
  if (count === 0) return [];
  const connections = count === 1 ? 'one connection' : `${count} connections`;
  return [
    `\`${run.command.join(' ')}\` refused the sinkhole's certificate on ${connections}, so what it would have sent there is not known`,
  ];
}

/** Of long connections only the beginning was kept, and searched. */
function cut({ run, result }: ObservedRun): readonly string[] {
  return (result.traffic?.connections ?? []).some((each) => each.cut > 0)
    ? [`\`${run.command.join(' ')}\` sent more than was recorded, so what the rest was is not known`]
    : [];
}

/** Connections that were tried on ports that nothing answers, where the sinkhole catches only the usual ones. */
function unanswered({ run, result: { traffic } }: ObservedRun): readonly string[] {
  if (traffic === null || traffic.limitation === null) return [];
  const caught = new Set(traffic.connections.map(({ port }) => String(port)));
  const missed = run.events.flatMap(({ kind, detail }) => {
    const [, host = '', port] = kind === 'connect' ? (/^(.*):(\d+)$/.exec(detail) ?? []) : [];
    const isOwn = /^(?:unix|127\.|\[?::1|localhost$)/.test(host);
    return port === undefined || isOwn || caught.has(port) ? [] : [Number(port)];
  });
  return [...new Set(missed)]
    .sort((one, other) => one - other)
    .map((port) => `${LIMITED}, so what would have been sent to port ${port} is not known`);
}

const LIMITED = 'the sinkhole answers only the usual ports on this machine';

function notReached({ result }: ObservedRun, allowed: readonly AllowedHost[]): readonly string[] {
  return (result.traffic?.connections ?? []).flatMap(({ host, port, refusal }) =>
    refusal === null ? [] : [`${shown(host, port, allowed)} is allowed and was not reached: ${refusal}`],
  );
}

/** A name below an allowed domain may hold anything; the report names the domain. */
function shown(host: string, port: number, allowed: readonly AllowedHost[]): string {
  const [match] = allowed.filter((each) => isAllowed([each], host, port));
  return `${match?.isDomain === true ? `*.${match.host}` : host}:${port}`;
}

/** What became of the hosts that the operator allows, and what of the sinkhole is less than it could be. */
export function networkNotes(
  observed: readonly ObservedRun[],
  { permissions, isOnline, backend }: Pick<Laboratory, 'permissions' | 'isOnline' | 'backend'>,
): readonly string[] {
  const allowed = allowedHosts(permissions.hosts);
  const notes: string[] = [];
  const isWide = permissions.hosts.length > allowed.length;
  if (isOnline && isWide) notes.push('allowed hosts that are no name and no `*.domain` were not let through');
  if (allowed.length > 0 && !backend.hasSinkhole)
    notes.push(`the allowed hosts were not reached: ${backend.id} has no way to them`);
  else if (allowed.length > 0 && !isOnline)
    notes.push('the allowed hosts were answered by the sinkhole: `--online` lets them through');
  const passed = new Map<string, { count: number; sent: number; received: number }>();
  for (const { host, port, address, sentBytes, receivedBytes } of observed.flatMap(
    ({ result }) => result.traffic?.passages ?? [],
  )) {
    if (address === null) continue;
    const name = shown(host, port, allowed);
    const { count, sent, received } = passed.get(name) ?? { count: 0, sent: 0, received: 0 };
    passed.set(name, { count: count + 1, sent: sent + sentBytes, received: received + receivedBytes });
  }
  for (const [name, { count, sent, received }] of passed)
    notes.push(
      `let through to ${name}: ${count} ${count === 1 ? 'connection' : 'connections'}, ${sent} bytes sent, ${received} received`,
    );
  if (observed.some(({ result }) => (result.traffic?.limitation ?? null) !== null)) notes.push(LIMITED);
  return notes;
}
