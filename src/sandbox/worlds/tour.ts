import type { ObservedEvent } from '../../model/observation.ts';
import type { ObservedRun } from '../observed-run.ts';
import type { World } from '../world.ts';
import { USUAL_WORLD } from '../world.ts';
import { deedsOf, isWeighty, missingFrom, namesIn } from './compare.ts';
import type { FurtherWorld } from './worlds.ts';

/** Something that a program does in one world and not in another. */
export interface Difference {
  /** The world that it does it in, or refrains from it in. */
  readonly world: World;
  /** `only`: it does it there and not in the usual world; `never`: it does it in the usual world and not there. */
  readonly where: 'only' | 'never';
  readonly event: ObservedEvent;
  readonly planned: ObservedRun['planned'];
}

/** The runs in further worlds, and what was different. */
export interface Tour {
  readonly observed: readonly ObservedRun[];
  readonly differences: readonly Difference[];
}

/** Runs the program in a world, shortly; null when there is no time for it. */
export type Visit = (world: World) => Promise<ObservedRun | null>;

const MOST_DIFFERENCES = 20;

/**
 * Takes a program through further worlds and compares what it did there with what it did in the usual one. Where something differs, the usual
 * world is visited once more, as shortly as the others: what differs between two visits of one world is noise, and what the long first
 * visit alone had time for is none of the world's doing.
 */
export async function tourOf(
  usual: ObservedRun,
  worlds: readonly FurtherWorld[],
  visit: Visit,
): Promise<Tour> {
  const observed: ObservedRun[] = [];
  const differences: Difference[] = [];
  const names = namesIn([USUAL_WORLD, ...worlds.flatMap(({ world, parts }) => [world, ...parts])]);
  const first = deedsOf(usual.run.events, names);
  // What did not end takes all of its time again, and shows no more.
  let second: ReadonlyMap<string, ObservedEvent> | null = usual.result.limitsHit.length > 0 ? first : null;
  // What one world showed is not told of the next one again.
  const told = new Map<string, ObservedEvent>();
  for (const { world, parts } of worlds) {
    const there = await visit(world);
    if (there === null) break;
    observed.push(there);
    const deeds = deedsOf(there.run.events, names);
    if (
      missingFrom(deeds, first).size === 0 &&
      (world.network === 'none' || !hasWeighty(missingFrom(first, deeds)))
    )
      continue;
    if (second === null) {
      const again = await visit(USUAL_WORLD);
      if (again === null) break;
      second = deedsOf(again.run.events, names);
    }
    const only = missingFrom(deeds, first, second, told);
    // Without a network, nothing comes of what one would do with an answer.
    const never =
      there.guest.isComplete && world.network !== 'none'
        ? missingFrom(intersection(first, second), deeds)
        : new Map<string, ObservedEvent>();
    const blamed =
      only.size > 0 || hasWeighty(never) ? await blame(parts, names, only, never, visit, observed) : null;
    for (const [key, event] of only) told.set(key, event);
    for (const event of only.values())
      differences.push({ world: blamed ?? world, where: 'only', event, planned: usual.planned });
    for (const event of never.values())
      if (isWeighty(event))
        differences.push({ world: blamed ?? world, where: 'never', event, planned: usual.planned });
  }
  return { observed, differences: differences.slice(0, MOST_DIFFERENCES) };
}

/** The simplest world that shows some of the same difference, or null when it takes all of them together. */
async function blame(
  parts: readonly World[],
  names: RegExp,
  only: ReadonlyMap<string, ObservedEvent>,
  never: ReadonlyMap<string, ObservedEvent>,
  visit: Visit,
  observed: ObservedRun[],
): Promise<World | null> {
  for (const part of parts) {
    const there = await visit(part);
    if (there === null) return null;
    observed.push(there);
    const deeds = deedsOf(there.run.events, names);
    const isSame = [...only.keys()].some((key) => deeds.has(key));
    if (isSame || (only.size === 0 && [...never.keys()].every((key) => !deeds.has(key)))) return part;
  }
  return null;
}

function hasWeighty(deeds: ReadonlyMap<string, ObservedEvent>): boolean {
  return [...deeds.values()].some(isWeighty);
}

function intersection(
  one: ReadonlyMap<string, ObservedEvent>,
  other: ReadonlyMap<string, ObservedEvent>,
): ReadonlyMap<string, ObservedEvent> {
  return new Map([...one].filter(([key]) => other.has(key)));
}
