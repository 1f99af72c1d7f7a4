import { readFileSync } from 'node:fs';
import { isOneEdit } from '../edit-distance.ts';
import type { AuditedEcosystem } from './advisories/version-scheme.ts';

/** Shorter names have too many honest neighbours. */
const MIN_LENGTH = 5;

/** No popular name is half as long; the names of a hostile list may be of any length. */
const MAX_LENGTH = 100;

/** Names of one ecosystem, kept by hand. */
interface KnownNames {
  /** What people mean when they mistype in this field. */
  readonly popular: ReadonlySet<string>;
  /** The same by what is left of each without one letter, and whole: names that are one edit apart have one of these in common. */
  readonly byRemains: ReadonlyMap<string, readonly string[]>;
  /** Packages that many use and that happen to be called much like a popular one. */
  readonly neighbours: ReadonlySet<string>;
}

const known = new Map<AuditedEcosystem, KnownNames>();

function knownNames(ecosystem: AuditedEcosystem): KnownNames {
  let names = known.get(ecosystem);
  if (names === undefined) {
    const popular = readList('popular', ecosystem);
    const byRemains = new Map<string, string[]>();
    for (const name of popular.filter(({ length }) => length >= MIN_LENGTH))
      for (const rest of remainsOf(name)) byRemains.set(rest, [...(byRemains.get(rest) ?? []), name]);
    const neighbours = new Set(readList('honest-neighbours', ecosystem));
    names = { popular: new Set(popular), byRemains, neighbours };
    known.set(ecosystem, names);
  }
  return names;
}

/** A name, and what is left of it without one letter, each once. */
function remainsOf(name: string): ReadonlySet<string> {
  const remains = new Set([name]);
  for (let at = 0; at < name.length; at += 1) remains.add(name.slice(0, at) + name.slice(at + 1));
  return remains;
}

function readList(list: string, ecosystem: AuditedEcosystem): readonly string[] {
  const names = JSON.parse(readFileSync(new URL(`./data/${list}.json`, import.meta.url), 'utf8')) as Readonly<
    Record<AuditedEcosystem, readonly string[]>
  >;
  return names[ecosystem];
}

/**
 * The well-known package that a name is one edit away from (a letter too many, missing, changed, or two swapped), the first of several;
 * null when there is none or the name is well known itself. A difference in digits alone (`boto3`) is how honest successors are named.
 */
export function mistypedName(ecosystem: AuditedEcosystem, name: string): string | null {
  if (name.length < MIN_LENGTH || name.startsWith('@')) return null;
  const { popular, byRemains, neighbours } = knownNames(ecosystem);
  if (popular.has(name) || neighbours.has(name) || name.length > MAX_LENGTH) return null;
  const meant: string[] = [];
  for (const rest of remainsOf(name))
    for (const candidate of byRemains.get(rest) ?? [])
      if (isOneEdit(name, candidate) && withoutDigits(candidate) !== withoutDigits(name))
        meant.push(candidate);
  return meant.sort()[0] ?? null;
}

function withoutDigits(name: string): string {
  return name.replace(/\d/g, '');
}
