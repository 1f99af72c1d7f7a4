import { readdirSync, readFileSync } from 'node:fs';
import * as pep440 from '@renovatebot/pep440';
import { cacheFolder } from '../../cache-folder.ts';
import { SbxError } from '../../errors.ts';
import { isSameName } from './distribution.ts';
import type { Interpreter } from './interpreter.ts';
import type { Site, TargetRecord } from './store.ts';
import { readSite, siteKey } from './store.ts';

/** Why something is not there while its index cannot be asked. */
export const OUT_OF_REACH = 'not in the cache, and the package index is out of reach';

/** True for the error of an index that does not answer. */
export function isOutOfReach(error: unknown): boolean {
  return error instanceof SbxError && error.code === 'index-unreachable';
}

/**
 * What the cache has of a list of requirements: of all sites made for such an interpreter the one that meets most of them. It is asked
 * for again as soon as the index answers.
 * @param base what every sandbox has anyway
 */
export function whatTheCacheHas(
  lines: readonly string[],
  interpreter: Interpreter,
  base: Site,
): TargetRecord & { readonly isPartial: true } {
  const met = (packages: readonly string[]): number => lines.filter((line) => isMet(line, packages)).length;
  let best: { readonly key: string; readonly packages: readonly string[] } | null = null;
  for (const site of sitesFor(interpreter)) if (met(site.packages) > met(best?.packages ?? [])) best = site;
  const present = [...base.packages, ...(best?.packages ?? [])];
  const missing = lines.filter((line) => !isMet(line, present));
  return {
    key: best?.key ?? null,
    leftOut: missing.map((name) => ({ name, reason: OUT_OF_REACH })),
    isPartial: true,
  };
}

/** Whether one of `name==version` is what a requirement (`name<specifiers>`) asks for. */
function isMet(line: string, packages: readonly string[]): boolean {
  const [, name = '', specifier = ''] = /^([\w.-]*\w)(.*)$/.exec(line) ?? [];
  return packages.some((each) => {
    const [other = '', version = ''] = each.split('==');
    if (!isSameName(name, other)) return false;
    try {
      return specifier === '' || pep440.satisfies(version, specifier);
    } catch {
      // A specifier that cannot be read is met by nothing that was found for another.
      return false;
    }
  });
}

function sitesFor(interpreter: Interpreter): readonly { key: string; packages: readonly string[] }[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(cacheFolder('python')).sort();
  } catch {
    // No cache yet.
  }
  return names.flatMap((key) => {
    try {
      const lock = readFileSync(cacheFolder('python', key, 'lock.txt'), 'utf8');
      const site = siteKey(lock, interpreter) === key ? readSite(key) : null;
      return site === null ? [] : [{ key, packages: site.packages }];
    } catch {
      // Something else that lies there.
      return [];
    }
  });
}
