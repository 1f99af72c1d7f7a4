import { isOneEdit } from '../edit-distance.ts';
import type { Finding } from '../model/finding.ts';
import { startOf } from '../model/location.ts';
import type { Unit } from '../model/target.ts';
import { judgeFinding } from './judge-finding.ts';
import { LIBRARIES, OTHER_WORDS, SERVICES, WORDS } from './known-words.ts';
import { JUDGE_RULES } from './rules.ts';

/** Kinds of units that people pick from a list by their name. */
const PICKED: ReadonlySet<Unit['kind']> = new Set(['skill', 'agent-plugin', 'mcp-server']);

/** Shorter words have too many honest neighbours. */
const MIN_LENGTH = 5;
/** Words shorter than this have so many that only two letters swapped count. */
const MIN_LENGTH_FOR_CHANGES = 6;
const KNOWN: ReadonlySet<string> = new Set([...SERVICES, ...LIBRARIES, ...WORDS]);
/** Words that belong to nobody, and before which makers put a letter of their own: "iMessage", "eDocument". */
const COMMON: ReadonlySet<string> = new Set(WORDS);
const LONG_ENOUGH = [...KNOWN].filter((word) => word.length >= MIN_LENGTH);
/** Endings by which one word takes another form. */
const INFLECTED = /(?:s|es|ed|er|or|ing|d|r|y|al|ly)$/;
/**
 * Units whose name is a known one with a letter too many, missing, changed or swapped: what somebody who mistypes the known name, or
 * skims a list, gets instead.
 */
export function imitatedNamesOf(units: readonly Unit[]): readonly Finding[] {
  return units.flatMap((unit) => {
    if (!PICKED.has(unit.kind)) return [];
    const meant = imitatedIn(unit.name);
    if (meant === null) return [];
    const path = unit.files.find((file) => /(?:^|\/)skill\.md$/i.test(file)) ?? unit.files[0] ?? unit.path;
    const claim = {
      source: 'claim',
      capability: 'agent.control',
      detail: unit.name,
      unit: unit.path,
      scope: null,
      guard: null,
      confidence: 'medium',
      location: startOf(path),
      event: null,
    } as const;
    return [
      judgeFinding(claim, JUDGE_RULES['name-imitates'], {
        message: `It calls itself "${unit.name}", one letter from "${meant}"`,
      }),
    ];
  });
}

/** The known word that a part of a name is one edit from; null: none. */
function imitatedIn(name: string): string | null {
  for (const part of name
    .toLowerCase()
    .slice(0, 200)
    .split(/[^a-z]+/)) {
    const meant = OTHER_WORDS.has(part) ? null : wordMeantBy(part);
    if (meant !== null) return meant;
  }
  return null;
}

/** The known word that a word is one edit from, whether or not it is a word itself; null: none, or it is a known one. */
export function wordMeantBy(word: string): string | null {
  if (word.length < MIN_LENGTH || KNOWN.has(word)) return null;
  return LONG_ENOUGH.find((known) => isMistyped(word, known)) ?? null;
}

/** Not another form of the same word: a plural, "analyze" beside "analyzer", the British spelling. */
function isMistyped(part: string, word: string): boolean {
  if (!isOneEdit(part, word) || word.startsWith(part)) return false;
  if (INFLECTED.test(part) && part.startsWith(word.slice(0, -1))) return false;
  if (part.replace(/([iy])s/g, '$1z') === word) return false;
  if (/^[ei]/.test(part) && part.slice(1) === word && COMMON.has(word)) return false;
  if (word.length >= MIN_LENGTH_FOR_CHANGES) return true;
  return part.length === word.length && [...part].sort().join('') === [...word].sort().join('');
}
