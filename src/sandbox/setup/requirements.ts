import type { Package } from '../../model/dependency.ts';
import { isSameName } from './distribution.ts';

/** A target's declared Python packages, as a list that sbx wrote: names and specifiers, nothing that an installer would obey. */
export interface Requirements {
  /** `name` or `name<specifiers>`, sorted, unique. */
  readonly lines: readonly string[];
  /** What cannot be asked of a package index, and why. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** PEP 508 names and PEP 440 specifiers; nothing else passes, so no URL, path, option or marker reaches an installer. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/;
const SPECIFIER = /^(?:~=|===?|!=|<=|>=|<|>)\s*[A-Za-z0-9][A-Za-z0-9.!+_*-]{0,63}$/;

const MOST = 200;

/**
 * Picks what the target needs to run out of its inventory. Development, build and optional dependencies are not needed (an extra can
 * be gigabytes), and what prose merely mentions was not declared.
 * @param chosen optional dependencies that the operator wants all the same, by name
 */
export function requirementsOf(packages: readonly Package[], chosen: readonly string[] = []): Requirements {
  const lines = new Set<string>();
  const leftOut = new Map<string, string>();
  for (const { ecosystem, name, version, range, pin, scope } of packages) {
    const isChosen = scope === 'optional' && chosen.some((each) => isSameName(each, name));
    if (ecosystem !== 'PyPI' || (scope !== 'runtime' && !isChosen)) continue;
    const shown = name.slice(0, 100);
    if (pin === 'url' || pin === 'path') leftOut.set(shown, `declared by ${pin}, which is never fetched`);
    else if (!NAME.test(name)) leftOut.set(shown, 'not a package name');
    else {
      const specifiers = version !== null && pin === 'exact' ? [`==${version}`] : partsOf(range);
      if (!specifiers.every((part) => SPECIFIER.test(part)))
        leftOut.set(shown, 'its version specifier cannot be read');
      else if (lines.size >= MOST) leftOut.set(shown, `only the first ${MOST} packages are prepared`);
      else lines.add(`${name}${specifiers.join(',')}`);
    }
  }
  return {
    lines: [...lines].sort(),
    leftOut: [...leftOut].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, reason]) => ({ name, reason })),
  };
}

function partsOf(range: string | null): readonly string[] {
  if (range === null) return [];
  return range
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '*');
}
