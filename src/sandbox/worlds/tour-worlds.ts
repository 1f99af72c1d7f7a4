import { oneLine, SbxError } from '../../errors.ts';
import type { StageContext } from '../../model/stage.ts';
import type { Unit } from '../../model/target.ts';
import type { Limits } from '../backend.ts';
import { observe } from '../observe/observe.ts';
import type { Laboratory } from '../laboratory.ts';
import type { ObservedRun } from '../observed-run.ts';
import { visitWorlds } from './visits.ts';

/** The same again where something else is said of machine, date and surroundings. What fails there was seen in the usual world. */
export async function tourWorlds(
  unit: Unit,
  observed: readonly ObservedRun[],
  limits: Limits,
  leftMs: number,
  laboratory: Laboratory,
  { earlier, progress, signal }: StageContext,
): ReturnType<typeof visitWorlds> {
  const evidence = earlier.flatMap((outcome) => outcome.evidence).filter((each) => each.unit === unit.path);
  return visitWorlds(observed, evidence, leftMs, async (planned, world, mostMs) => {
    signal.throwIfAborted();
    const wallMs = Math.min(limits.wallMs, mostMs);
    progress(`running ${planned.label.join(' ')} ${world.name}`);
    const visitLimits = { ...limits, wallMs, cpuSeconds: Math.ceil(wallMs / 1000) };
    try {
      return await observe(planned, unit.path, visitLimits, laboratory, signal, { world, depth: 'short' });
    } catch (error) {
      // A sandbox that cannot show this world is no fault of what was seen in the usual one.
      if (error instanceof SbxError && error.kind === 'sandbox') return `since ${oneLine(error)}`;
      throw error;
    }
  });
}
