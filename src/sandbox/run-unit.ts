import { oneLine, SbxError } from '../errors.ts';
import type { Gap } from '../model/outcome.ts';
import type { StageContext } from '../model/stage.ts';
import type { Target, Unit } from '../model/target.ts';
import type { SecondAnalysis } from './collect/second-analysis.ts';
import { analyseRevealed } from './collect/second-analysis.ts';
import { revealedBy, uncollected } from './collect/revealed.ts';
import { clockGaps, clockNotes } from './gaps/clock.ts';
import { gapsOf } from './gaps/gaps.ts';
import { imageGaps } from './gaps/image.ts';
import { networkGaps } from './gaps/network.ts';
import { limitsOf } from './limits.ts';
import type { Laboratory } from './laboratory.ts';
import type { ObservedRun } from './observed-run.ts';
import { observe } from './observe/observe.ts';
import { Fallbacks } from './plan/fallbacks.ts';
import { installRuns } from './plan/python-install.ts';
import type { planUnit } from './plan/plan.ts';
import type { PlannedRun } from './plan/run.ts';
import { isProbe } from './plan/run.ts';
import { tellEverySecond } from './progress.ts';
import { faketimeLibrary } from './clock/faketime.ts';
import { textsOfServers } from './findings/server.ts';
import type { Tour } from './worlds/tour.ts';
import { tourWorlds } from './worlds/tour-worlds.ts';
import { USUAL_WORLD } from './world.ts';
import { HURRIED_WORLD } from './worlds/worlds.ts';

/** Wall time for all scripts of a unit, for one of them, and for its environments in all worlds, in milliseconds. */
const SCRIPTS_MS = 20_000;
const SCRIPT_MS = 10_000;
const PROBE_MS = 20_000;
/** What a heavy library may take to be imported beside that, once. */
const IMPORT_MS = 10_000;
/** How much of that the probe may take in the usual world: each of the others needs a part of what it took. */
const USUAL_SHARE = 0.65;
/** Less than this is not worth starting a run for. */
const SHORTEST_MS = 1_000;

/** What running a unit showed. */
export interface UnitResult {
  readonly unit: Unit;
  /** In the usual world first, then in others. */
  readonly observed: readonly ObservedRun[];
  /** What it does in one world and not in another. */
  readonly differences: Tour['differences'];
  /** Why not every other world was visited to the end, or null. */
  readonly tourCut: string | null;
  /** True: not every script that failed was tried with other arguments. */
  readonly isFallbackCut: boolean;
  readonly gaps: readonly Gap[];
  /** What of many of a kind was chosen to be run. */
  readonly notes: readonly string[];
  /** What the static stage makes of what the runs wrote. */
  readonly second: SecondAnalysis;
  /** Why the sandbox itself could not be set up, or null. */
  readonly failure: string | null;
}

/** Runs a unit's plan until its time is used up, then what is worth it in other worlds. */
export async function runUnit(
  unit: Unit,
  plan: ReturnType<typeof planUnit>,
  target: Target,
  laboratory: Laboratory,
  context: StageContext,
): Promise<UnitResult> {
  const limits = limitsOf(context.manifest?.manifest ?? null);
  const observed: ObservedRun[] = [];
  const gaps: Gap[] = plan.leftOut.map((what) => ({ unit: unit.path, reason: `not run: ${what}` }));
  let failure: string | null = null;
  const all = [...installRuns(unit, target, (laboratory.prepared?.build ?? null) !== null), ...plan.runs];
  const { reduced } = laboratory.backend;
  const runs = all.filter(({ program }) => reduced?.programs.includes(program) ?? true);
  for (const { label } of all.filter((each) => !runs.includes(each))) {
    const reason = `not run, since ${reduced!.because}: \`${label.join(' ')}\``;
    gaps.push({ unit: unit.path, reason });
  }
  const hasProbe = plan.runs.some(isProbe);
  const { isTimeGiven } = laboratory;
  const usualMs = hasProbe ? PROBE_MS : SCRIPTS_MS;
  // Who gives a run more time than a unit usually has wants it to be used.
  let leftMs = isTimeGiven ? Math.max(limits.wallMs, hasProbe ? 0 : SCRIPTS_MS) : usualMs;
  const fallbacks = new Fallbacks(runs);
  let isFallbackCut = false;
  for (let index = 0; index < runs.length + fallbacks.runs.length; index++) {
    context.signal.throwIfAborted();
    const planned = runs[index] ?? fallbacks.runs[index - runs.length]!;
    if (leftMs < SHORTEST_MS) {
      isFallbackCut = index >= runs.length;
      if (isFallbackCut) break;
      const count = runs.length - index;
      const reason = `not run: ${count} of ${runs.length} runs, from \`${planned.label.join(' ')}\` on, for lack of time`;
      gaps.push({ unit: unit.path, reason });
      break;
    }
    const importMs = isProbe(planned) && !isTimeGiven ? IMPORT_MS : 0;
    const wallMs = Math.min(limits.wallMs, leftMs, mostMsOf(planned, leftMs, isTimeGiven)) + importMs;
    const runLimits = { ...limits, wallMs, cpuSeconds: Math.ceil(wallMs / 1000) };
    const what = `running ${planned.label.join(' ')} in ${laboratory.backend.id}`;
    const stopTelling = tellEverySecond(what, wallMs, context.progress);
    try {
      const setting = { world: USUAL_WORLD, depth: 'full', importMs } as const;
      const each = await observe(planned, unit.path, runLimits, laboratory, context.signal, setting);
      observed.push(each);
      leftMs -= each.run.durationMs - Math.min(importMs, importingMs(each));
      fallbacks.note(planned, hasHadItsWay(each));
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof SbxError) || error.kind !== 'sandbox') throw error;
      failure = oneLine(error);
      gaps.push({ unit: unit.path, reason: failure });
      break;
    } finally {
      stopTelling();
    }
  }
  const tour =
    failure === null && reduced === undefined
      ? await tourWorlds(unit, observed, limits, leftMs, laboratory, context)
      : { observed: [], differences: [], cut: null };
  const everywhere = [...observed, ...tour.observed];
  const second = await analyseRevealed(
    unit,
    [...textsOfServers(observed), ...revealedBy(everywhere)],
    target,
    context,
  );
  const { prepared, packages, image } = laboratory;
  const targetPath = image === null ? target.path : `${target.path} --image ${image.reference}`;
  const ended = inTheEnd(observed, tour.observed);
  const movesClocks = image === null && faketimeLibrary() !== null;
  gaps.push(...imageGaps(unit, ended, image), ...clockGaps(unit, tour.observed, movesClocks));
  gaps.push(...gapsOf(unit, ended, { prepared, packages, targetPath }));
  gaps.push(...uncollected(unit, ended), ...networkGaps(unit, ended, laboratory));
  return {
    unit,
    observed: everywhere,
    differences: tour.differences,
    tourCut: tour.cut,
    isFallbackCut,
    gaps: [...gaps, ...second.gaps],
    notes: [...plan.notes, ...clockNotes(tour.observed, movesClocks)],
    second,
    failure,
  };
}

function importingMs({ guest }: ObservedRun): number {
  return guest.phases.reduce((sum, { name, ms }) => sum + (name === 'import' ? ms : 0), 0);
}

/** Wall time of one run, of what is left for all. */
function mostMsOf(planned: PlannedRun, leftMs: number, isTimeGiven: boolean): number {
  if (['hook', 'server'].includes(planned.program) && planned.isAgents !== true) return leftMs;
  if (isProbe(planned)) return isTimeGiven ? leftMs : Math.round(leftMs * USUAL_SHARE);
  // What only waits has to have time left to be run without waiting.
  return isTimeGiven ? Math.max(SCRIPT_MS, Math.round(leftMs / 2)) : SCRIPT_MS;
}

/** Whether other arguments promise nothing more: it ended well, was ended, or wants for a package. */
function hasHadItsWay({ run, result, guest, conversation }: ObservedRun): boolean {
  return (
    (conversation === null ? run.exit === 0 : conversation.tools !== null) ||
    result.limitsHit.length > 0 ||
    guest.failures.some(({ module }) => module !== null)
  );
}

/**
 * The runs, and instead of those that only waited the ones in which they did not, where these came to an end. A server that answered when
 * it was started otherwise has answered.
 */
function inTheEnd(observed: readonly ObservedRun[], further: readonly ObservedRun[]): readonly ObservedRun[] {
  const answering = new Set(
    observed.flatMap(({ planned, conversation }) =>
      (conversation?.tools ?? null) === null ? [] : [planned.path],
    ),
  );
  const lasting = observed.filter(
    ({ planned, conversation }) =>
      conversation === null || conversation.tools !== null || !answering.has(planned.path),
  );
  return lasting.map((run) => {
    if (!run.result.limitsHit.includes('wall-time')) return run;
    const isHurried = ({ planned, world, result }: ObservedRun): boolean =>
      planned === run.planned && world === HURRIED_WORLD && result.limitsHit.length === 0;
    return further.find(isHurried) ?? run;
  });
}
