import type { ObservedEvent, Observations } from '../model/observation.ts';
import { escapeLine } from '../reporters/escape.ts';

/** Things of one sort that are named; what is beyond is counted. */
const MOST_NAMED = 6;
const LONGEST_NAME = 70;

type Runs = Observations['runs'];

/** What all runs together did, a line each for programs, files, the network and planted secrets: what a person wants to know first. */
export function storyOf(runs: Runs, backend: string): readonly string[] {
  if (runs.length === 0) return [];
  const events = runs.flatMap((run) => run.events);
  const details = (...kinds: readonly ObservedEvent['kind'][]): readonly string[] =>
    events.filter(({ kind }) => kinds.includes(kind)).map(({ detail }) => detail);
  const decoys = events.filter(({ kind }) => kind === 'decoy');
  const read = decoys
    .filter(({ decoy, detail }) => decoy === null || decoy === detail)
    .map(({ detail }) => detail);
  const seconds = runs.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  const count = runs.length === 1 ? 'one run' : `${runs.length} runs`;
  const lines = [
    line('programs', [['started', programsIn(details('exec', 'exec.fileless'))]]),
    line('files', [
      ['wrote', details('file.write', 'file.mode')],
      ['deleted', details('file.delete')],
      ['read', details('file.open').filter((name) => !name.startsWith('env:'))],
    ]),
    line('network', [
      ['tried to reach', details('connect', 'dns')],
      ['listened on', details('listen')],
    ]),
    line('decoys', [
      ['read', tokensTogether(read)],
      ['given away in', givenAway(decoys)],
    ]),
  ];
  return [`in all, in ${count} (${seconds.toFixed(1)} s in ${backend}):`, ...lines];
}

/** Where planted secrets turned up; what held many of them says how many. */
function givenAway(decoys: readonly ObservedEvent[]): readonly string[] {
  const places = new Map<string, Set<string>>();
  for (const { decoy, detail } of decoys)
    if (decoy !== null && decoy !== detail) places.set(detail, (places.get(detail) ?? new Set()).add(decoy));
  return [...places].map(([detail, secrets]) => {
    return `${detail} (${secrets.size < FEW_TOKENS ? [...secrets].sort().join(', ') : `${secrets.size} secrets`})`;
  });
}

/** The planted tokens of the environment as one, where so many were read that it was handed on as a whole. */
function tokensTogether(names: readonly string[]): readonly string[] {
  const tokens = [...new Set(names.filter(isToken))];
  return tokens.length < FEW_TOKENS
    ? names
    : [...names.filter((name) => !isToken(name)), `${tokens.length} tokens of the environment`];
}

/** Fewer are named one by one. */
export const FEW_TOKENS = 4;

/** Names of variables look like no path. */
export function isToken(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

function line(title: string, parts: readonly (readonly [verb: string, names: readonly string[]])[]): string {
  const told = parts.flatMap(([verb, names]) => (names.length === 0 ? [] : [`${verb} ${named(names)}`]));
  return `  ${title.padEnd(9)} ${told.length === 0 ? 'none' : told.join('; ')}`;
}

function named(names: readonly string[]): string {
  const all = [...new Set(names)].sort();
  const shown = all.slice(0, MOST_NAMED).map((name) => {
    const text = escapeLine(name.replace(/\s+/g, ' '));
    return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
  });
  return shown.join(', ') + (all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '');
}

/** The programs alone: `/usr/bin/git -C x status` → `git`. */
function programsIn(commands: readonly string[]): readonly string[] {
  return commands.map((command) => {
    const [first = command] = command.trim().split(/\s/, 1);
    return first.slice(first.lastIndexOf('/') + 1) || first;
  });
}
