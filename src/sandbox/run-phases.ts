import type { Run } from '../model/observation.ts';
import type { ObservedRun } from './observed-run.ts';
import { isProbe } from './plan/run.ts';
import { USUAL_WORLD } from './world.ts';
import type { Conversation } from './recorder/conversation.ts';

/** The phases of an environment's life, in order. */
const PHASES = ['import', 'make', 'reset', 'step', 'render', 'close'] as const;

/**
 * A run as the report shows it. The probe of an environment becomes one entry per phase, each with its own time and events; the time
 * of a phase is the sum over all environments. A server becomes one entry for itself and one per tool that was called. Everything else,
 * and what took place in another world, stays one entry.
 */
export function runsOf({ planned, run, guest, conversation, world }: ObservedRun): readonly Run[] {
  if (world !== USUAL_WORLD) return [run];
  if (conversation !== null) return callsOf(run, conversation);
  if (planned.program === 'session') return commandsOf(run, planned.commands ?? [], guest.commands);
  if (!isProbe(planned) || guest.phases.length === 0) return [run];
  const phases = PHASES.flatMap((phase): readonly Run[] => {
    const times = guest.phases.filter(({ name }) => name === phase);
    if (times.length === 0) return [];
    const durationMs = times.reduce((sum, { ms }) => sum + ms, 0);
    const events = run.events.filter((event) => event.phase === phase);
    const command =
      phase === 'step' ? [...run.command, ...beyond(guest), stepsTaken(guest.environments)] : run.command;
    return [{ ...run, command, phase, durationMs, events, lost: 0 }];
  });
  const named: ReadonlySet<string> = new Set(phases.map(({ phase }) => phase));
  // What belongs to no phase that ended: the limit that ended it, what it printed.
  const events = run.events.filter((event) => !named.has(event.phase));
  return [...phases, ...(events.length > 0 || run.lost > 0 ? [{ ...run, events }] : [])];
}

/** The exit status of a call is 0 when the tool answered, 1 when it did not, or not well. */
function callsOf(run: Run, { calls }: Conversation): readonly Run[] {
  const named = new Set<string>();
  const own = calls.flatMap(({ name, kind, outcome, durationMs }): readonly Run[] => {
    const phase = `${kind} ${phaseName(name)}`;
    const events = named.has(phase) ? [] : run.events.filter((event) => event.phase === phase);
    named.add(phase);
    // What was tried against a tool is shown only where something came of it.
    if (kind === 'attack' && events.length === 0) return [];
    const exit = outcome === 'answered' ? 0 : 1;
    return [{ ...run, command: [...run.command, kind, name], phase, exit, durationMs, events, lost: 0 }];
  });
  return [{ ...run, events: run.events.filter(({ phase }) => !named.has(phase)) }, ...own];
}

/** One entry per command that was typed, and one for what belongs to none. */
function commandsOf(
  run: Run,
  typed: readonly string[],
  ended: ObservedRun['guest']['commands'],
): readonly Run[] {
  const own = ended.flatMap(({ index, exit, ms }): readonly Run[] => {
    const phase = `command ${index + 1}`;
    const events = run.events.filter((event) => event.phase === phase);
    return [{ ...run, command: [typed[index] ?? ''], phase, exit, durationMs: ms, events, lost: 0 }];
  });
  const named = new Set(own.map(({ phase }) => phase));
  const events = run.events.filter(({ phase }) => !named.has(phase));
  return [...own, ...(own.length === 0 || events.length > 0 || run.lost > 0 ? [{ ...run, events }] : [])];
}

/** A tool's name as it stands in the name of a phase. */
export function phaseName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]/gu, '_').slice(0, 60) || '_';
}

/** What was done after the steps that every environment has to make. */
function beyond({ environments, actions }: ObservedRun['guest']): readonly string[] {
  const reached = Math.max(0, ...environments.map((each) => each.reached));
  const tried = actions.reduce((sum, each) => sum + each.tried, 0);
  return [
    ...(reached === 0 ? [] : [`long run: ${reached} steps`]),
    ...(tried === 0 ? [] : [`hostile actions: ${tried}`]),
  ];
}

function stepsTaken(environments: ObservedRun['guest']['environments']): string {
  const total = environments.reduce((sum, { steps }) => sum + steps, 0);
  const [first] = environments;
  return first !== undefined && environments.length === 1
    ? `${first.id}: ${total} steps`
    : `${environments.length} environments: ${total} steps`;
}
