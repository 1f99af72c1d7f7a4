import type { ObservedEvent } from '../../model/observation.ts';
import { matchesDetail } from '../../detail-pattern.ts';
import type { Decoy } from '../decoys/decoys.ts';
import { findMarkers } from '../decoys/markers.ts';
import { inDisguise } from '../decoys/turned-up.ts';
import { withoutMarked } from '../sinkhole/traffic-events.ts';
import { EventLog } from './event-log.ts';
import { steady, steadyText } from './steady.ts';

/** What it takes to make sense of a run's raw events. */
export interface Surroundings {
  readonly decoys: readonly Decoy[];
  /** Patterns of paths that make something run again later, and of agents' settings. */
  readonly persistencePaths: readonly string[];
  readonly agentPaths: readonly string[];
  /** Random parts of names that the run's programs were seen to make up. */
  readonly madeUp?: readonly string[];
}

/** Also under the name that the home folder's original has inside: a secret read there is no less read. */
const HOME = /^\/(?:(?:home|Users)\/[^/]+|run\/sbx\/original\/0)(?=\/|$)/;
const TEMPORARY = /^(?:\/tmp|\/var\/tmp|\/dev\/shm)(?:\/|$)/;

/** Sent by way of these kinds of events, so that a marker in their detail is a secret on its way out. */
const LEAVES: ReadonlySet<string> = new Set(['connect', 'dns', 'exec']);

/**
 * Gives raw events the meaning that the report has: decoys by their names, home folders as `~`, addresses without the request, what
 * the sandbox refuses as refused, and nowhere a marker, which is another one in every run.
 */
export function classify(
  raw: readonly ObservedEvent[],
  surroundings: Surroundings,
): { readonly events: readonly ObservedEvent[]; readonly lost: number } {
  const log = new EventLog();
  for (const event of raw)
    for (const made of meaningOf(event, surroundings))
      log.add({
        ...made,
        detail: steadied(
          { ...made, detail: withoutMarkers(made.detail, surroundings.decoys) },
          surroundings.madeUp ?? [],
        ),
      });
  return { events: log.events(), lost: log.lost };
}

/** The detail with what is random in it levelled; a planted secret's name and an address stay as they are. */
function steadied({ kind, detail }: ObservedEvent, madeUp: readonly string[]): string {
  if (kind === 'exec' || kind === 'signal') return steadyText(detail, madeUp);
  return kind.startsWith('file.') ? steady(detail, madeUp) : detail;
}

function meaningOf(event: ObservedEvent, surroundings: Surroundings): readonly ObservedEvent[] {
  const { kind, detail } = event;
  const stolen = LEAVES.has(kind)
    ? findMarkers(detail, surroundings.decoys).map(({ decoy, disguise }): ObservedEvent => {
        const where =
          kind === 'exec' ? `arguments of ${commandName(detail)}` : addressFor(detail, surroundings);
        return {
          ...event,
          kind: 'decoy',
          detail: inDisguise(where, disguise),
          capability: 'secret.read',
          allowed: false,
          decoy: decoy.name,
        };
      })
    : [];
  return [...ownMeaning(event, surroundings), ...stolen];
}

function ownMeaning(event: ObservedEvent, surroundings: Surroundings): readonly ObservedEvent[] {
  const { kind, detail } = event;
  switch (kind) {
    // The sandbox has no network: whatever was asked for was refused. Its own loopback leads nowhere either.
    case 'connect':
      return detail.startsWith('unix:')
        ? [{ ...event, detail: homely(detail), allowed: false }]
        : [{ ...event, detail: addressFor(detail, surroundings), allowed: false }];
    case 'dns':
      return [{ ...event, detail: withoutMarked(detail, surroundings.decoys), allowed: false }];
    case 'file.open':
      if (detail.startsWith('env:')) return [tokenRead(event)];
      return [fileRead(event, surroundings)];
    case 'file.write':
    case 'file.delete':
      return [fileChange(event, surroundings)];
    case 'exec':
      return [{ ...event, detail: homely(detail).replace(/\s+/g, ' ') }];
    default:
      return [event];
  }
}

function tokenRead(event: ObservedEvent): ObservedEvent {
  const name = event.detail.slice('env:'.length);
  return { ...event, kind: 'decoy', detail: name, capability: 'env.read', decoy: name };
}

function fileRead(event: ObservedEvent, { decoys }: Surroundings): ObservedEvent {
  const path = homely(event.detail);
  const decoy = decoys.find(({ kind, name }) => kind === 'file' && name === path);
  return decoy === undefined
    ? { ...event, detail: path }
    : { ...event, kind: 'decoy', detail: path, capability: 'secret.read', decoy: decoy.name };
}

function fileChange(event: ObservedEvent, { persistencePaths, agentPaths }: Surroundings): ObservedEvent {
  const path = homely(event.detail);
  const capability = persistencePaths.some((pattern) => matchesDetail(pattern, path))
    ? 'persist'
    : agentPaths.some((pattern) => matchesDetail(pattern, path))
      ? 'agent.control'
      : event.capability;
  const isWritable = TEMPORARY.test(path) || path.startsWith('~');
  return { ...event, detail: path, capability, allowed: event.allowed && isWritable };
}

function homely(text: string): string {
  return text.replace(HOME, '~');
}

/** An address as the report shows it: a name that carries a marker by its domain. */
function addressFor(detail: string, { decoys }: Surroundings): string {
  const [, host = '', port = ''] = /^(.*?)(:\d+)?$/s.exec(addressOf(detail)) ?? [];
  return `${withoutMarked(host, decoys)}${port}`;
}

/** `host:port` of an address or a URL; without path, query and body. */
function addressOf(detail: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/\s@]*@)?(\[[^\]]*\]|[^/:?#\s]*)(?::(\d+))?/i.exec(detail);
  if (url === null) return detail.split(/\s/, 1)[0] ?? detail;
  const scheme = detail.slice(0, detail.indexOf(':')).toLowerCase();
  const port =
    url[2] ??
    (scheme === 'https' || scheme === 'wss' ? '443' : scheme === 'http' || scheme === 'ws' ? '80' : null);
  return `${url[1] ?? ''}${port === null ? '' : `:${port}`}`;
}

/** The host alone, as static analysis names it. */
export function hostOf(address: string): string {
  if (address.startsWith('unix:')) return address;
  return address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

/** The program's name, without its folder. */
export function commandName(command: string): string {
  const program = command.trim().split(/\s+/, 1)[0] ?? '';
  return program.slice(program.lastIndexOf('/') + 1);
}

function withoutMarkers(text: string, decoys: readonly Decoy[]): string {
  return decoys.reduce(
    (result, { marker, name }) =>
      result.replaceAll(marker, `<${name}>`).replaceAll(marker.toUpperCase(), `<${name}>`),
    text,
  );
}
