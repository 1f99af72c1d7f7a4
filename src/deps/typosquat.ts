import { readFileSync } from 'node:fs';
import { isOneEdit } from '../edit-distance.ts';
import type { AuditedEcosystem } from './advisories/version-scheme.ts';

/** Shorter names have too many honest neighbours. */
const MIN_LENGTH = 5;

/** Names of one ecosystem, kept by hand. */
interface KnownNames {
  /** What people mean when they mistype in this field. */
  readonly popular: ReadonlySet<string>;
  /** The same by length: what is one edit away is longer or shorter by one at the most. */
  readonly byLength: ReadonlyMap<number, readonly string[]>;
  /** Packages that many use and that happen to be called much like a popular one. */
  readonly neighbours: ReadonlySet<string>;
}

const known = new Map<AuditedEcosystem, KnownNames>();

function knownNames(ecosystem: AuditedEcosystem): KnownNames {
  let names = known.get(ecosystem);
  if (names === undefined) {
    const popular = readList('popular', ecosystem);
    const byLength = new Map<number, string[]>();
    for (const name of popular) byLength.set(name.length, [...(byLength.get(name.length) ?? []), name]);
    const neighbours = new Set(readList('honest-neighbours', ecosystem));
    names = { popular: new Set(popular), byLength, neighbours };
    known.set(ecosystem, names);
  }
  return names;
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
  const { popular, byLength, neighbours } = knownNames(ecosystem);
  if (popular.has(name) || neighbours.has(name)) return null;
  const meant = [-1, 0, 1].flatMap((more) =>
    name.length + more < MIN_LENGTH
      ? []
      : (byLength.get(name.length + more) ?? []).filter(
          (candidate) => isOneEdit(name, candidate) && withoutDigits(candidate) !== withoutDigits(name),
        ),
  );
  return meant.sort()[0] ?? null;
}

function withoutDigits(name: string): string {
  return name.replace(/\d/g, '');
}
