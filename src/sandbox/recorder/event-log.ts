import type { EventKind, ObservedEvent } from '../../model/observation.ts';
import type { Capability } from '../../model/capability.ts';

/** How many different events of one run are kept; the rest is counted as lost. */
const MOST_EVENTS = 2_000;

/** Longest detail that is kept, in characters. */
const LONGEST_DETAIL = 2_000;

/** What a recorder says of a question to a name server whose name it did not see. */
export const UNNAMED = '*';

/** One thing that happened, before it is summarised. Times in milliseconds since the run began. */
export interface Happening {
  readonly kind: EventKind;
  readonly phase: string;
  readonly detail: string;
  readonly capability?: Capability | null;
  readonly allowed?: boolean;
  readonly first: number;
  readonly last?: number;
  readonly count?: number;
  readonly decoy?: string | null;
}

const CAPABILITY_OF: Readonly<Partial<Record<EventKind, Capability>>> = {
  'file.open': 'fs.read',
  'file.write': 'fs.write',
  'file.delete': 'fs.delete',
  'file.mode': 'fs.write',
  exec: 'proc.exec',
  'exec.fileless': 'code.dynamic',
  connect: 'net.connect',
  dns: 'net.connect',
  listen: 'net.listen',
  socket: 'net.connect',
  decoy: 'secret.read',
};

/** Brings repeated events together, and keeps only so many. */
export class EventLog {
  readonly #events = new Map<string, ObservedEvent>();
  readonly #kinds = new Set<EventKind>();
  #lost = 0;

  /** How many happenings were not kept. */
  get lost(): number {
    return this.#lost;
  }

  add(happening: Happening): void {
    const { kind, phase, first } = happening;
    this.#kinds.add(kind);
    const detail = happening.detail.slice(0, LONGEST_DETAIL);
    const decoy = happening.decoy ?? null;
    const count = happening.count ?? 1;
    const last = happening.last ?? first;
    const key = `${kind}\0${phase}\0${detail}\0${decoy ?? ''}`;
    const known = this.#events.get(key);
    if (known !== undefined) {
      this.#events.set(key, {
        ...known,
        allowed: known.allowed && (happening.allowed ?? true),
        first: Math.min(known.first, first),
        last: Math.max(known.last, last),
        count: known.count + count,
      });
    } else if (this.#events.size >= MOST_EVENTS) this.#lost += count;
    else {
      const capability =
        happening.capability === undefined ? (CAPABILITY_OF[kind] ?? null) : happening.capability;
      this.#events.set(key, {
        kind,
        phase,
        detail,
        capability,
        allowed: happening.allowed ?? true,
        first,
        last,
        count,
        decoy,
      });
    }
  }

  /** Whether anything of this kind happened. */
  has(kind: EventKind): boolean {
    return this.#kinds.has(kind);
  }

  /** Sorted by first, kind, detail, as a report wants them. */
  events(): readonly ObservedEvent[] {
    return [...this.#events.values()].sort(
      (a, b) => a.first - b.first || compare(a.kind, b.kind) || compare(a.detail, b.detail),
    );
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
