import { semver } from '../semver.ts';
import type { PinnedTo } from './requirement.ts';

/** What a value in package.json asks for; `name` is another package when the specifier is an alias (`npm:other@1`). */
export interface NpmRequest extends PinnedTo {
  readonly name: string;
}

/** Tells an npm specifier apart: version, range, tag, alias, URL, git, or a path of the same tree (npm documentation, "package spec"). */
export function parseNpmSpecifier(name: string, specifier: string): NpmRequest {
  const spec = specifier.trim();
  const alias = /^npm:((?:@[^/@]+\/)?[^@]+)(?:@(.*))?$/.exec(spec);
  if (alias?.[1] !== undefined) return { ...parseNpmSpecifier(alias[1], alias[2] ?? ''), name: alias[1] };
  if (/^(?:file|link|workspace|portal):|^\.{0,2}\/|^~\//.test(spec))
    return { name, pin: 'path', version: null, range: spec };
  // The version stands in the catalog of the workspace, which is read where it is.
  if (spec.startsWith('catalog:')) return { name, pin: 'none', version: null, range: null };
  const exact = /^[v=\s]*(\d+\.\d+\.\d+\S*)$/.exec(spec)?.[1];
  if (exact !== undefined && semver().valid(exact, { loose: true }) !== null)
    return { name, pin: 'exact', version: exact, range: null };
  if (['', '*', 'x', 'latest'].includes(spec)) return { name, pin: 'none', version: null, range: null };
  if (spec.length < 256 && semver().validRange(spec, { loose: true }) !== null)
    return { name, pin: 'range', version: null, range: spec };
  // What is left is a URL, `owner/repository` of a code host, or a tag such as `next`, which can be moved at any time.
  const isAddress = /[/:]/.test(spec);
  return isAddress
    ? { name, pin: 'url', version: null, range: spec }
    : { name, pin: 'none', version: null, range: spec };
}

/** The lockfiles' way: a resolved version, or where it was taken from when that was not the registry. */
export function pinOfLocked(version: string | null): PinnedTo {
  if (version === null || version === '') return { pin: 'none', version: null, range: null };
  const request = parseNpmSpecifier('', version);
  return request.pin === 'range' || request.pin === 'none'
    ? { pin: 'exact', version, range: null }
    : { pin: request.pin, version: request.version, range: request.range };
}
