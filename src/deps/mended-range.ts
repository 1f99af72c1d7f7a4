import type { AuditedEcosystem } from './advisories/version-scheme.ts';
import { VERSION_SCHEMES } from './advisories/version-scheme.ts';

/** Parts of a range that only say where it begins: the fix takes their place. */
const BEGINNING = /^(?:>=?)\s*[^\s,]+$/;

/**
 * What to write instead of a pin or a range, so that it begins with the version that mends it. A pin stays a pin. A range keeps how it is open
 * (`^1.0.0` becomes `^1.2.3`) and whatever else it says that allows the fix: `>=1,<3` becomes `>=1.2.3,<3`, and `>=1,<2` with a fix in 2.1
 * becomes `>=2.1`.
 * @param from the version, the range, or `*`
 */
export function mendedRange(ecosystem: AuditedEcosystem, from: string, to: string): string {
  return ecosystem === 'npm' ? mendedNpm(from.trim(), to) : mendedPypi(from.trim(), to);
}

function mendedPypi(from: string, to: string): string {
  if (/^[\w!]/.test(from)) return to;
  // Poetry's ways to be open.
  const [open] = /^[\^~](?!=)/.exec(from) ?? [];
  if (open !== undefined) return `${open}${to}`;
  const kept = keptParts('PyPI', from.split(','), to);
  return [`>=${to}`, ...kept].join(',');
}

function mendedNpm(from: string, to: string): string {
  const [open] = /^[\^~]/.exec(from) ?? [];
  if (open !== undefined) return `${open}${to}`;
  // `1.x` is open in its minor versions, `1.2.x` in its patches; a bare number stands for the same.
  const stretch = /^[v=]?\d+(\.(?:\d+|[xX*]))?(?:\.[xX*])?$/.exec(from);
  if (stretch !== null) return `${/^\.\d/.test(stretch[1] ?? '') ? '~' : '^'}${to}`;
  if (/^[\dv=]/.test(from) && !/[\s|]/.test(from)) return to;
  // Of alternatives and spans from one version to another nothing is kept.
  const isPlain = !/\|\||\s-\s/.test(from);
  const kept = isPlain ? keptParts('npm', from.replace(/([<>=~^])\s+/g, '$1').split(/\s+/), to) : [];
  return [`>=${to}`, ...kept].join(' ');
}

function keptParts(ecosystem: AuditedEcosystem, parts: readonly string[], to: string): string[] {
  const scheme = VERSION_SCHEMES[ecosystem];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '*' && !BEGINNING.test(part))
    .filter((part) => scheme.range(part)?.allows(to) === true);
}
