import type { ObservedEvent } from '../../model/observation.ts';
import { EventLog, UNNAMED } from './event-log.ts';
import { isQuiet } from './quiet.ts';

/**
 * Brings the two witnesses together: the recorder inside, which knows names and phases, and the trace from outside, which cannot be
 * deceived and sees children too. What both saw counts once, as the inside one counted it, in the phase that it told; what it was, and
 * whether the kernel refused it, is the outside one's to say, since a program can speak for the inside one.
 */
export function mergeWitnesses(
  inside: readonly ObservedEvent[],
  outside: readonly ObservedEvent[],
): { readonly events: readonly ObservedEvent[]; readonly lost: number } {
  const log = new EventLog();
  const known = new Set<string>();
  const refused = new Set(outside.filter(({ allowed }) => !allowed).map(keyOf));
  const capabilities = new Map(outside.map((event) => [keyOf(event), event.capability]));
  for (const event of inside) {
    const key = keyOf(event);
    const seen = capabilities.get(key);
    // Whose environment a file is, the inside alone makes out; it is the worse of the two.
    const capability = seen === undefined || event.capability === 'env.read' ? event.capability : seen;
    log.add({ ...event, capability, allowed: event.allowed && !refused.has(key) });
    known.add(key);
  }
  const isNamed =
    inside.some(({ kind }) => kind === 'dns' || kind === 'connect') ||
    outside.some(({ kind, detail }) => kind === 'dns' && detail !== UNNAMED);
  for (const event of outside) {
    if (known.has(keyOf(event)) || isQuiet(event)) continue;
    // Another question or connection tells who was meant.
    if (event.kind === 'dns' && event.detail === UNNAMED && isNamed) continue;
    log.add(event);
  }
  return { events: log.events(), lost: log.lost };
}

function keyOf({ kind, detail }: ObservedEvent): string {
  return `${kind}\0${detail}`;
}
