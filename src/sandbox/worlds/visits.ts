import type { Evidence } from '../../model/evidence.ts';
import type { ObservedRun } from '../observed-run.ts';
import { isProbe } from '../plan/run.ts';
import { OFFLINE_WORLD, type World } from '../world.ts';
import { isWeighty } from './compare.ts';
import type { Tour } from './tour.ts';
import { tourOf } from './tour.ts';
import type { FurtherWorld } from './worlds.ts';
import { furtherWorlds, HURRIED_WORLD } from './worlds.ts';

/** Wall time of one visit, and of all visits of a unit, in milliseconds. */
const VISIT_MS = 15_000;
const ALL_MS = 40_000;
/** What a visit may always take of what is left. */
const LEAST_VISIT_MS = 3_000;
/** Less than this is not worth starting a visit for. */
const SHORTEST_MS = 1_000;
/** Scripts of one unit that are taken through further worlds. */
const MOST_SCRIPTS = 2;

/** Runs of one unit that reached for the network and are tried without one. */
const MOST_OFFLINE = 2;

/** Conditions in code that another world may meet. */
const GUARDS: ReadonlySet<string> = new Set(['date', 'host', 'user', 'environment', 'ci']);
const HIDEABLE: ReadonlySet<string> = new Set(['net.connect', 'secret.read']);
/** Runs of one unit that did not end and are tried without waiting. */
const MOST_UNFINISHED = 4;
const SCRIPTS: ReadonlySet<string> = new Set(['python', 'javascript', 'shell']);
/** Programs that may wait for longer than they are given. */
const WAITING: ReadonlySet<string> = new Set([...SCRIPTS, 'import', 'node-import', 'session', 'hook']);

/** Runs one thing again in a world, for at most so many milliseconds; or says why the sandbox could not. */
type Run = (planned: ObservedRun['planned'], world: World, wallMs: number) => Promise<ObservedRun | string>;

const NO_TIME = 'for lack of time';

/**
 * Takes what is worth it of a unit's runs through further worlds: the probe of environments always; scripts where their code asks where
 * it is, or could do more than it did.
 * @param evidence what static analysis found in the unit
 * @param leftMs what is left of the unit's time
 * @returns with `cut`, why not every world was visited to the end; null when each was
 */
export async function visitWorlds(
  observed: readonly ObservedRun[],
  evidence: readonly Evidence[],
  leftMs: number,
  run: Run,
): Promise<Tour & { readonly cut: string | null }> {
  const tours: Tour[] = [];
  let cut: string | null = null;
  let spare = Math.min(leftMs, ALL_MS);
  for (const [usual, worlds] of worldsFor(observed, evidence)) {
    const tour = await tourOf(usual, worlds, async (world) => {
      // The first of several leaves half for the others.
      const shareMs = worlds.length > 1 ? Math.max(spare / 2, LEAST_VISIT_MS) : spare;
      const mostMs = Math.min(spare, VISIT_MS, shareMs);
      const there = spare < SHORTEST_MS ? NO_TIME : await run(usual.planned, world, mostMs);
      if (typeof there === 'string') {
        cut ??= there;
        return null;
      }
      spare -= there.run.durationMs;
      const isUnfinished = usual.guest.isComplete && !there.guest.isComplete;
      if (there.result.limitsHit.length > 0 || isUnfinished) cut ??= NO_TIME;
      return there;
    });
    tours.push(tour);
  }
  return {
    observed: tours.flatMap((tour) => tour.observed),
    differences: tours.flatMap((tour) => tour.differences),
    cut,
  };
}

function worldsFor(
  observed: readonly ObservedRun[],
  evidence: readonly Evidence[],
): ReadonlyMap<ObservedRun, readonly FurtherWorld[]> {
  const guarded = evidence.filter(({ guard }) => guard !== null && GUARDS.has(guard.kind));
  const worlds = furtherWorlds(guarded, new Date());
  const ended = observed.filter(({ result }) => result.limitsHit.length === 0);
  const probes = ended.filter(({ planned }) => isProbe(planned)).slice(0, 1);
  const scripts = ended.filter(
    ({ planned }) => SCRIPTS.has(planned.program) && !planned.arguments.includes('--help'),
  );
  const isSilent = !observed.some(({ run }) => run.events.some(isWeighty));
  const couldDo = evidence.some(({ source, capability }) => source === 'code' && HIDEABLE.has(capability));
  // Without a condition in sight, one other world has to do.
  const forScripts = guarded.length > 0 ? worlds : isSilent && couldDo ? worlds.slice(0, 1) : [];
  const unfinished = observed.filter(
    ({ planned, result }) => WAITING.has(planned.program) && result.limitsHit.includes('wall-time'),
  );
  const chosen = new Map<ObservedRun, FurtherWorld[]>();
  const add = (runs: readonly ObservedRun[], further: readonly FurtherWorld[]): void => {
    for (const usual of runs) chosen.set(usual, [...(chosen.get(usual) ?? []), ...further]);
  };
  // What did not end may only have waited.
  add(unfinished.slice(0, MOST_UNFINISHED), [{ world: HURRIED_WORLD, parts: [] }]);
  add(probes, worlds);
  if (forScripts.length > 0) add(scripts.slice(0, MOST_SCRIPTS), forScripts);
  add(ended.filter(hasReachedOut).slice(0, MOST_OFFLINE), [{ world: OFFLINE_WORLD, parts: [] }]);
  return chosen;
}

/** Whether the sinkhole had something to answer. */
function hasReachedOut({ run, result }: ObservedRun): boolean {
  return result.traffic !== null && run.events.some(({ kind }) => kind === 'connect' || kind === 'dns');
}
