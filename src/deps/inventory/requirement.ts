import type { DependencyScope, Pin } from '../../model/dependency.ts';
import type { Declaration } from './declaration.ts';

/** The name under which PyPI knows a package (PEP 503). */
export function normalizePypiName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** A version requirement, told apart by how much it leaves open. */
export interface PinnedTo {
  readonly pin: Pin;
  readonly version: string | null;
  readonly range: string | null;
}

/** Tells an exact pin (`==1.2`, `===1.2`) from a range, and a range from nothing at all (PEP 440 specifiers). */
export function pinOfSpecifier(specifier: string): PinnedTo {
  const spec = specifier.trim();
  if (spec === '' || spec === '*') return { pin: 'none', version: null, range: null };
  const exact = /^===?\s*([^\s,*=<>!~;]+)$/.exec(spec)?.[1];
  if (exact !== undefined) return { pin: 'exact', version: exact, range: null };
  return { pin: 'range', version: null, range: spec.replace(/\s+/g, '') };
}

/** A requirement that names something other than a version of the index. */
export function pinOfAddress(address: string): PinnedTo {
  const isLocal = /^(?:file:|\.{0,2}\/|[a-z]:\\)/i.test(address) || !/^[a-z][a-z0-9+.-]*:/i.test(address);
  return { pin: isLocal ? 'path' : 'url', version: null, range: address };
}

const NAME = /^([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)\s*/i;
const SPECIFIER = /^\(?\s*((?:===|==|~=|!=|<=|>=|<|>)[^;()]*)\)?\s*$/;

/**
 * Reads one PEP 508 requirement: `name[extra] >=1,<2 ; marker` or `name @ url ; marker`. A marker changes nothing: what may be
 * installed somewhere counts.
 * @returns null when it is no requirement
 */
export function parseRequirement(text: string, scope: DependencyScope, line: number): Declaration | null {
  const name = NAME.exec(text.trim());
  if (name?.[1] === undefined) return null;
  let rest = text.trim().slice(name[0].length);
  const extras = /^\[[^\]]*\]\s*/.exec(rest);
  if (extras !== null) rest = rest.slice(extras[0].length);
  const pin = parsePin(rest.trim());
  if (pin === null) return null;
  const parts = { ...extrasOf(extras?.[0]), ...markerOf(rest) };
  return { ecosystem: 'PyPI', name: normalizePypiName(name[1]), ...pin, scope, line, ...parts };
}

function extrasOf(text: string | undefined): Pick<Declaration, 'extras'> {
  const extras = (text ?? '').replace(/[[\]\s]/g, '').split(',');
  return extras.some((extra) => extra !== '') ? { extras: extras.filter((extra) => extra !== '') } : {};
}

/** A marker after a URL is set off by white space; elsewhere nothing else has a `;`. */
function markerOf(rest: string): Pick<Declaration, 'marker'> {
  const marker = (rest.startsWith('@') ? /\s;(.*)$/s : /;(.*)$/s).exec(rest)?.[1]?.trim() ?? '';
  return marker === '' ? {} : { marker };
}

function parsePin(rest: string): PinnedTo | null {
  if (rest.startsWith('@')) {
    // A marker after a URL is set off by white space, because `;` is a legal character of a URL (PEP 508).
    const address =
      rest
        .slice(1)
        .trim()
        .split(/\s+;|\s+#/, 1)[0] ?? '';
    return address === '' ? null : pinOfAddress(address.trim());
  }
  const specifier = (rest.split(';', 1)[0] ?? '').trim();
  if (specifier === '') return pinOfSpecifier('');
  const match = SPECIFIER.exec(specifier);
  return match?.[1] === undefined ? null : pinOfSpecifier(match[1]);
}
