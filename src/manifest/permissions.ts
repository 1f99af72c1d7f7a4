import { CAPABILITIES } from '../model/capability.ts';
import type { Claim } from './claims.ts';
import { capabilitiesOfPermission } from './permission-words.ts';

/** A list of permissions as it stands in front matter or a JSON manifest. */
export interface Permissions {
  readonly claims: readonly Claim[];
  /** Every entry of the list was understood, so that what it leaves out is left out. */
  readonly isClosed: boolean;
}

const MAX_ENTRIES = 200;

/**
 * Reads a list of permissions: `[read, network]`, `{network: false, shell: true}`, `{network: [api.example.com]}`, `none`.
 * @param value as parsed from YAML or JSON
 * @returns null when it is no such list
 */
export function permissionsIn(value: unknown): Permissions | null {
  const entries = entriesOf(value);
  if (entries === null || entries.length > MAX_ENTRIES) return null;
  const claims: Claim[] = [];
  let isClosed = true;
  for (const { name, details } of entries) {
    const capabilities = capabilitiesOfPermission(name);
    if (capabilities === 'nothing') continue;
    if (capabilities === null) isClosed = false;
    else
      for (const capability of capabilities === 'all' ? CAPABILITIES : capabilities)
        for (const detail of details) claims.push({ capability, detail });
  }
  return { claims, isClosed };
}

interface Entry {
  readonly name: string;
  /** Patterns; `**` for anything. */
  readonly details: readonly string[];
}

const ANYTHING = ['**'];

function entriesOf(value: unknown): readonly Entry[] | null {
  if (typeof value === 'string') {
    const names = value.split(/[\s,]+/).filter((name) => name !== '');
    return names.length === 0 ? null : names.map((name) => ({ name, details: ANYTHING }));
  }
  if (Array.isArray(value)) {
    if (!value.every((name) => typeof name === 'string')) return null;
    return (value as string[]).map((name) => ({ name, details: ANYTHING }));
  }
  if (typeof value !== 'object' || value === null) return null;
  return Object.entries(value).flatMap(([name, given]): readonly Entry[] => {
    if (given === false || given === null || given === 'none' || given === 'false') return [];
    if (given === true) return [{ name, details: ANYTHING }];
    if (typeof given === 'string') {
      // `filesystem: read` says more about the name; anything else is a pattern.
      const isWord = capabilitiesOfPermission(given) !== null;
      return [{ name: isWord ? `${name}:${given}` : name, details: isWord ? ANYTHING : [given] }];
    }
    if (Array.isArray(given)) {
      const texts = given.filter((each): each is string => typeof each === 'string');
      if (texts.length === 0) return [];
      return texts.every((each) => capabilitiesOfPermission(each) !== null)
        ? texts.map((each) => ({ name: `${name}:${each}`, details: ANYTHING }))
        : [{ name, details: texts }];
    }
    return [{ name, details: ANYTHING }];
  });
}
