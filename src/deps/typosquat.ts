import { readFileSync } from 'node:fs';
import { isOneEdit } from '../edit-distance.ts';
import type { AuditedEcosystem } from './advisories/version-scheme.ts';
import { push } from './grouped.ts';

/** Shorter names have too many honest neighbours; of names that are only known to be downloaded much, one letter more. */
const MIN_LENGTH = 5;
const MIN_TOP_LENGTH = 6;

/** No popular name is half as long; the names of a hostile list may be of any length. */
const MAX_LENGTH = 100;

/** Names of one ecosystem. */
interface KnownNames {
  /** What people mean when they mistype: names of this field, kept by hand, then what is downloaded most. By length and by either end. */
  readonly meant: ReadonlyMap<number, readonly string[]>;
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
  const meant = new Map<number, string[]>();
  for (const name of ranks.keys()) {
    push(meant, beginningOf(name, name.length), name);
    push(meant, endOf(name, name.length), name);
  }
  const byHand = new Set(popular);
  const isOwn = (name: string): boolean =>
    byHand.has(name) || neighbours.has(name) || top.includes(`\n${name}\n`);
  return { meant, ranks, isOwn };
}

/**
 * Keys of a name, for neighbours of a length: two names that are one edit apart agree in the first two letters or in the last two, when both
 * have {@link MIN_LENGTH}. Letters outside of ASCII share keys with others; what has a key is compared anyway.
 */
function beginningOf(name: string, length: number): number {
  return keyOf(length, name.charCodeAt(0), name.charCodeAt(1)) * 2;
}

function endOf(name: string, length: number): number {
  return keyOf(length, name.charCodeAt(name.length - 2), name.charCodeAt(name.length - 1)) * 2 + 1;
}

function keyOf(length: number, first: number, second: number): number {
  return (length << 14) | ((first & 0x7f) << 7) | (second & 0x7f);
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
  const consider = (candidates: readonly string[] = []): void => {
    for (const candidate of candidates.filter((each) => isOneEdit(name, each)))
      if (
        withoutDigits(candidate) !== withoutDigits(name) &&
        (best === null || ranks.get(candidate)! < ranks.get(best)!)
      )
        best = candidate;
  };
  for (let length = name.length - 1; length <= name.length + 1; length += 1) {
    consider(meant.get(beginningOf(name, length)));
    consider(meant.get(endOf(name, length)));
  }
  // Asked last: nearly no name comes as far as this.
  return best === null || isOwn(name) ? null : best;
}

function withoutDigits(name: string): string {
  return name.replace(/\d/g, '');
}
