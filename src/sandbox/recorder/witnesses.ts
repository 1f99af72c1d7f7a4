import type { ObservedEvent } from '../../model/observation.ts';
import { EventLog, UNNAMED } from './event-log.ts';
import { isQuiet } from './quiet.ts';

/**
 * Brings the two witnesses together: the recorder inside, which knows names and phases, and the trace from outside, which cannot be
 * deceived and sees children too. What both saw counts once, as the inside one counted it; only the outside one knows what the kernel
 * refused.
 */
export function mergeWitnesses(
  inside: readonly ObservedEvent[],
  outside: readonly ObservedEvent[],
): { readonly events: readonly ObservedEvent[]; readonly lost: number } {
  const log = new EventLog();
  const known = new Set<string>();
  const refused = new Set(outside.filter(({ allowed }) => !allowed).map(keyOf));
  for (const event of inside) {
    log.add(refused.has(keyOf(event)) ? { ...event, allowed: false } : event);
    known.add(keyOf(event));
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
