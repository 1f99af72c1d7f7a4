import type { Evidence, Guard } from '../../model/evidence.ts';
import type { World } from '../world.ts';
import { USUAL_WORLD } from '../world.ts';

/** Worlds made for conditions that stand in the code; more would take more time than they tell. */
const MOST_GUARDED = 3;
const DAY_MS = 86_400_000;

const OTHER_MACHINE = { hostName: 'workstation-7', userName: 'alex' };
const CI_VARIABLES = { CI: 'true', GITHUB_ACTIONS: 'true', GITLAB_CI: 'true', BUILD_NUMBER: '17' };

/** A world, and the simpler ones that it is made of: which of them matters is asked only when something differs. */
export interface FurtherWorld {
  readonly world: World;
  readonly parts: readonly World[];
}

/**
 * The worlds that a program is tried in beside the usual one, most telling first. One of them differs in several things at once, since most
 * programs look at none of them. Variables of CI are a world of their own: what hides from CI would hide in the others too.
 * @param evidence of the unit's code; its conditions say which hosts, accounts, variables and dates somebody waits for
 */
export function furtherWorlds(evidence: readonly Evidence[], now: Date): readonly FurtherWorld[] {
  const [soon, later] = [NEXT_YEARS, LATER_YEARS].map((years) => ({
    startsAtMs: newYear(now, years),
    speed: 1,
  }));
  const machine: World = { ...USUAL_WORLD, ...OTHER_MACHINE, name: 'on another machine' };
  const date: World = { ...USUAL_WORLD, clock: later!, name: 'at another date' };
  const all: World = {
    ...machine,
    clock: later!,
    waits: 'skipped',
    name: 'on another machine at another date without waiting',
  };
  const inCi: World = { ...USUAL_WORLD, variables: CI_VARIABLES, name: 'as if in CI' };
  const next: World = { ...USUAL_WORLD, clock: soon!, name: 'at the turn of the year' };
  const both: World = { ...inCi, clock: soon!, name: 'as if in CI at the turn of the year' };
  return [
    ...guardedWorlds(evidence).map((world) => ({ world, parts: [] })),
    { world: all, parts: [machine, date, HURRIED_WORLD] },
    { world: both, parts: [inCi, next] },
  ];
}

/** For what waits longer than a run may take. */
export const HURRIED_WORLD: World = { ...USUAL_WORLD, waits: 'skipped', name: 'without waiting' };

/** A near date, and one beyond most that somebody waits for. */
const NEXT_YEARS = 1;
const LATER_YEARS = 4;

/** New Year's Day so many years ahead: another year, month and day of the week, and a day on which things are set to happen. */
function newYear(now: Date, years: number): number {
  return Date.UTC(now.getUTCFullYear() + years, 0, 1, 0, 20);
}

/** A world for each condition in the code that names what it waits for. */
function guardedWorlds(evidence: readonly Evidence[]): readonly World[] {
  const worlds = new Map<string, World>();
  for (const { guard } of evidence) {
    const world = guard === null ? null : worldFor(guard);
    if (world !== null && worlds.size < MOST_GUARDED) worlds.set(world.name, world);
  }
  return [...worlds.values()];
}

const STRING = /["']([A-Za-z0-9][A-Za-z0-9._-]{0,62})["']/;
const VARIABLE =
  /(?:environ(?:\.get\(|\[)|getenv\(|process\.env(?:\.|\[))\s*["']?([A-Za-z_][A-Za-z0-9_]{0,60})["']?/;
const DAY = /\b(20\d\d)\s*[,-]\s*0?(\d{1,2})\s*[,-]\s*0?(\d{1,2})\b/;

function worldFor({ kind, text }: Guard): World | null {
  const literal = STRING.exec(text)?.[1];
  if (kind === 'host' && literal !== undefined)
    return { ...USUAL_WORLD, hostName: literal, name: `on a machine called ${literal}` };
  if (kind === 'user' && literal !== undefined && /^[a-z_][a-z0-9_-]{0,30}$/.test(literal))
    return { ...USUAL_WORLD, userName: literal, name: `as a user called ${literal}` };
  if (kind === 'environment') return variableWorld(text);
  if (kind !== 'date') return null;
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined) return null;
  const startsAtMs = Date.UTC(Number(year), Number(month) - 1, Number(day)) + DAY_MS;
  return Number.isFinite(startsAtMs)
    ? { ...USUAL_WORLD, clock: { startsAtMs, speed: 1 }, name: `on the day after ${year}-${month}-${day}` }
    : null;
}

function variableWorld(text: string): World | null {
  const name = VARIABLE.exec(text)?.[1];
  if (name === undefined || /^(?:PATH|HOME|LD_|PYTHON|NODE_OPTIONS|SBX_)/.test(name)) return null;
  const value = /[=!]=\s*["']([^"'\n]{1,60})["']/.exec(text)?.[1] ?? '1';
  return { ...USUAL_WORLD, variables: { [name]: value }, name: `with the variable ${name} set` };
}
