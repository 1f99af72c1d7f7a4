import { readFileSync } from 'node:fs';
import { isOneEdit } from '../edit-distance.ts';
import type { AuditedEcosystem } from './advisories/version-scheme.ts';
import { push } from './grouped.ts';

/** Shorter names have too many honest neighbours; of names that are only known to be downloaded much, one letter more. */
const MIN_LENGTH = 5;
const MIN_TOP_LENGTH = 6;

/** No popular name is half as long; the names of a hostile list may be of any length. */
const MAX_LENGTH = 100;

/** Letters at the beginning or the end in which two names agree that are one edit apart, when both have {@link MIN_LENGTH}. */
const END_LETTERS = 2;

/** Names of one ecosystem. */
interface KnownNames {
  /** What people mean when they mistype: names of this field, kept by hand, then what is downloaded most. By length and by either end. */
  readonly meant: ReadonlyMap<string, readonly string[]>;
  /** Of names that are meant, how much; the lowest counts most. */
  readonly ranks: ReadonlyMap<string, number>;
  /** Whether a name is a package of its own that happens to be called much like a popular one. */
  readonly isOwn: (name: string) => boolean;
}

const known = new Map<AuditedEcosystem, KnownNames>();

function knownNames(ecosystem: AuditedEcosystem): KnownNames {
  let names = known.get(ecosystem);
  if (names === undefined) known.set(ecosystem, (names = load(ecosystem)));
  return names;
}

function load(ecosystem: AuditedEcosystem): KnownNames {
  const popular = readList('popular', ecosystem);
  const neighbours = new Set(readList('honest-neighbours', ecosystem));
  const top = `\n${readFileSync(new URL(`./data/top-${ecosystem}.txt`, import.meta.url), 'latin1')}`;
  const most = top.slice(1, top.indexOf('\n\n')).split('\n');
  const ranks = new Map<string, number>();
  for (const name of [...popular, ...most.filter(({ length }) => length >= MIN_TOP_LENGTH)])
    if (name.length >= MIN_LENGTH && !ranks.has(name)) ranks.set(name, ranks.size);
  const meant = new Map<string, string[]>();
  for (const name of ranks.keys()) for (const end of endsOf(name, name.length)) push(meant, end, name);
  const byHand = new Set(popular);
  const isOwn = (name: string): boolean =>
    byHand.has(name) || neighbours.has(name) || top.includes(`\n${name}\n`);
  return { meant, ranks, isOwn };
}

/** Keys of a name, for neighbours of a length. */
function endsOf(name: string, length: number): readonly string[] {
  return [`${String(length)}${name.slice(0, END_LETTERS)}`, `${String(length)}-${name.slice(-END_LETTERS)}`];
}

function readList(list: string, ecosystem: AuditedEcosystem): readonly string[] {
  const names = JSON.parse(readFileSync(new URL(`./data/${list}.json`, import.meta.url), 'utf8')) as Readonly<
    Record<AuditedEcosystem, readonly string[]>
  >;
  return names[ecosystem];
}

/**
 * The well-known package that a name is one edit away from (a letter too many, missing, changed, or two swapped), the best known of several;
 * null when there is none or the name is well known itself. A difference in digits alone (`boto3`) is how honest successors are named.
 */
export function mistypedName(ecosystem: AuditedEcosystem, name: string): string | null {
  if (name.length < MIN_LENGTH || name.length > MAX_LENGTH || name.startsWith('@')) return null;
  const { meant, ranks, isOwn } = knownNames(ecosystem);
  let best: string | null = null;
  for (const length of [name.length - 1, name.length, name.length + 1])
    for (const end of endsOf(name, length))
      for (const candidate of meant.get(end) ?? [])
        if (
          isOneEdit(name, candidate) &&
          withoutDigits(candidate) !== withoutDigits(name) &&
          (best === null || ranks.get(candidate)! < ranks.get(best)!)
        )
          best = candidate;
  // Asked last: nearly no name comes as far as this.
  return best === null || isOwn(name) ? null : best;
}

function withoutDigits(name: string): string {
  return name.replace(/\d/g, '');
}
