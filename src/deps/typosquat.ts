import { readFileSync } from 'node:fs';
import { isOneEdit } from '../edit-distance.ts';
import type { AuditedEcosystem } from './advisories/version-scheme.ts';

/** Shorter names have too many honest neighbours. */
const MIN_LENGTH = 5;

let popular: Readonly<Record<AuditedEcosystem, readonly string[]>> | null = null;

/** Well-known names, kept by hand: what people mean when they mistype in this field. */
function popularNames(ecosystem: AuditedEcosystem): readonly string[] {
  popular ??= JSON.parse(readFileSync(new URL('./data/popular.json', import.meta.url), 'utf8')) as Readonly<
    Record<AuditedEcosystem, readonly string[]>
  >;
  return popular[ecosystem];
}

/**
 * The well-known package that a name is one edit away from (a letter too many, missing, changed, or two swapped); null when there is none
 * or the name is well known itself. A difference in digits alone (`boto3`) is how honest successors are named.
 */
export function mistypedName(ecosystem: AuditedEcosystem, name: string): string | null {
  const names = popularNames(ecosystem);
  if (name.length < MIN_LENGTH || name.startsWith('@') || names.includes(name)) return null;
  return (
    names.find(
      (candidate) =>
        candidate.length >= MIN_LENGTH &&
        withoutDigits(candidate) !== withoutDigits(name) &&
        isOneEdit(name, candidate),
    ) ?? null
  );
}

function withoutDigits(name: string): string {
  return name.replace(/\d/g, '');
}
