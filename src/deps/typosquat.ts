import { readFileSync } from 'node:fs';
import { isOneEdit } from '../edit-distance.ts';
import type { AuditedEcosystem } from './advisories/version-scheme.ts';

/** Shorter names have too many honest neighbours. */
const MIN_LENGTH = 5;

/**
 * Lists of names, both kept by hand. `popular`: what people mean when they mistype in this field. `honest-neighbours`: packages that many
 * use and that happen to be called much like one of those.
 */
type NameList = 'popular' | 'honest-neighbours';

const lists = new Map<NameList, Readonly<Record<AuditedEcosystem, readonly string[]>>>();

function namesOf(list: NameList, ecosystem: AuditedEcosystem): readonly string[] {
  let names = lists.get(list);
  if (names === undefined) {
    names = JSON.parse(readFileSync(new URL(`./data/${list}.json`, import.meta.url), 'utf8')) as Readonly<
      Record<AuditedEcosystem, readonly string[]>
    >;
    lists.set(list, names);
  }
  return names[ecosystem];
}

/**
 * The well-known package that a name is one edit away from (a letter too many, missing, changed, or two swapped); null when there is none
 * or the name is well known itself. A difference in digits alone (`boto3`) is how honest successors are named.
 */
export function mistypedName(ecosystem: AuditedEcosystem, name: string): string | null {
  const names = namesOf('popular', ecosystem);
  if (name.length < MIN_LENGTH || name.startsWith('@') || names.includes(name)) return null;
  if (namesOf('honest-neighbours', ecosystem).includes(name)) return null;
  return (
    names.find(
      (candidate) =>
        candidate.length >= MIN_LENGTH &&
        isOneEdit(name, candidate) &&
        withoutDigits(candidate) !== withoutDigits(name),
    ) ?? null
  );
}

function withoutDigits(name: string): string {
  return name.replace(/\d/g, '');
}
