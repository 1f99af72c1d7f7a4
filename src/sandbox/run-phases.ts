import type { Run } from '../model/observation.ts';
import type { ObservedRun } from './observed-run.ts';

/** The phases of an environment's life, in order. */
const PHASES = ['import', 'make', 'reset', 'step', 'render', 'close'] as const;

/**
 * A run as the report shows it. The probe of an environment becomes one entry per phase, each with its own time and events; the time
 * of a phase is the sum over all environments. Everything else stays one entry.
 */
export function runsOf({ planned, run, guest }: ObservedRun): readonly Run[] {
  if (planned.program !== 'gym' || guest.phases.length === 0) return [run];
  const phases = PHASES.flatMap((phase): readonly Run[] => {
    const times = guest.phases.filter(({ name }) => name === phase);
    if (times.length === 0) return [];
    const durationMs = times.reduce((sum, { ms }) => sum + ms, 0);
    const events = run.events.filter((event) => event.phase === phase);
    const command = phase === 'step' ? [...run.command, stepsTaken(guest.environments)] : run.command;
    return [{ ...run, command, phase, durationMs, events, lost: 0 }];
  });
  const named: ReadonlySet<string> = new Set(phases.map(({ phase }) => phase));
  // What belongs to no phase that ended: the limit that ended it, what it printed.
  const events = run.events.filter((event) => !named.has(event.phase));
  return [...phases, ...(events.length > 0 || run.lost > 0 ? [{ ...run, events }] : [])];
}

function stepsTaken(environments: ObservedRun['guest']['environments']): string {
  const total = environments.reduce((sum, { steps }) => sum + steps, 0);
  const [first] = environments;
  return first !== undefined && environments.length === 1
    ? `${first.id}: ${total} steps`
    : `${environments.length} environments: ${total} steps`;
}
