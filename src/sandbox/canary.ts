import type { ObservedEvent } from '../model/observation.ts';

/** Begins the names of the files by which the probe's texts tell that somebody executed them; as in `guest/gym_probe/injections.py`. */
const CANARY = 'sbx-canary-';
const TOKEN = /(sbx-canary-)[0-9a-f]{8}/g;

/** Whether an event is about such a text: it is the probe's doing that it was there, and its own finding says what came of it. */
export function isProvoked(detail: string): boolean {
  return detail.includes(CANARY);
}

/** Leaves out the files that such texts name, and makes the same of what is different in every run. */
export function withoutCanaries(events: readonly ObservedEvent[]): readonly ObservedEvent[] {
  return events
    .filter(({ kind, detail }) => !(kind.startsWith('file.') && isProvoked(detail)))
    .map((event) => ({ ...event, detail: event.detail.replace(TOKEN, '$1*') }));
}
