import type { ObservedEvent } from '../../model/observation.ts';
import type { World } from '../world.ts';

const DEEDS: ReadonlySet<string> = new Set(['connect', 'dns', 'exec', 'listen', 'decoy']);
const OTHERS: ReadonlySet<string> = new Set(['file.open', 'file.write', 'file.delete']);
/** What one cannot do without network, programs or secrets is what somebody would hide. */
const WEIGHTY_WRITES: ReadonlySet<string> = new Set(['persist', 'agent.control']);

/** True for what is worth hiding: a secret read, somebody reached, a program started, something made to run again. */
export function isWeighty({ kind, capability }: ObservedEvent): boolean {
  return DEEDS.has(kind) || (kind === 'file.write' && capability !== null && WEIGHTY_WRITES.has(capability));
}

/** Finds what machines and accounts are called in any of some worlds: whole words, as the worlds themselves have no other names. */
export function namesIn(worlds: readonly World[]): RegExp {
  const names = [...new Set(worlds.flatMap(({ hostName, userName }) => [hostName, userName]))]
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[^A-Za-z0-9_]/g, '\\$&'));
  return new RegExp(`(?<![A-Za-z0-9])(?:${names.join('|')})(?![A-Za-z0-9])`, 'g');
}

/**
 * What two runs are compared by: the first event of each sort, by kind and detail. Left out or made the same is what differs between
 * any two runs: numbers and random names, temporary and cached files, and what is only another way of naming the world itself. Where a
 * planted secret turned up depends on how it was cut into packets; that it did counts.
 * @param names of all worlds that are compared, see {@link namesIn}: a name of one world may stand in every other for something else
 */
export function deedsOf(events: readonly ObservedEvent[], names: RegExp): ReadonlyMap<string, ObservedEvent> {
  const deeds = new Map<string, ObservedEvent>();
  for (const event of events) {
    if (!DEEDS.has(event.kind) && !OTHERS.has(event.kind)) continue;
    const isLeft = event.kind === 'decoy' && event.decoy !== event.detail;
    const detail = isLeft ? '' : event.detail.replace(names, 'NAME').replace(/[0-9a-f]{8,}|\d+/gi, '#');
    if (OTHERS.has(event.kind) && /^\/(?:tmp|var\/tmp|dev|proc|sys)\/|\/\.cache\//.test(event.detail))
      continue;
    const key = `${event.kind}\0${detail}\0${event.decoy ?? ''}`;
    if (!deeds.has(key)) deeds.set(key, event);
  }
  return deeds;
}

/** What the one has and none of the others. */
export function missingFrom(
  one: ReadonlyMap<string, ObservedEvent>,
  ...others: readonly ReadonlyMap<string, ObservedEvent>[]
): ReadonlyMap<string, ObservedEvent> {
  return new Map([...one].filter(([key]) => others.every((other) => !other.has(key))));
}
