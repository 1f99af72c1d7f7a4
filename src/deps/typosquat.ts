import { readFileSync } from 'node:fs';
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

/** True when the restricted Damerau-Levenshtein distance is exactly one. */
export function isOneEdit(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const isChanged = short.slice(at + 1) === long.slice(at + 1);
  const isSwapped =
    short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
  return isChanged || isSwapped;
}
