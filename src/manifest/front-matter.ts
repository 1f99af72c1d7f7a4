import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { isNestedTooDeeply } from '../nesting.ts';
import type { Claim } from './claims.ts';
import { claimOfTool } from './claims.ts';

/** Front matter longer than this is no description of a skill. */
const MAX_LENGTH = 64 * 1024;

/**
 * What a skill's SKILL.md claims in its front matter: the tools it may use. Bounded; broken front matter claims nothing (the static
 * stage reports it).
 * @param text the whole file
 */
export function claimsOfSkill(text: string): readonly Claim[] {
  const front = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(
    text.slice(0, MAX_LENGTH),
  )?.[1];
  if (front === undefined || isNestedTooDeeply(front)) return [];
  return toolsIn(front).flatMap((tool) => claimOfTool(tool) ?? []);
}

/** `allowed-tools` is a list, or a string separated by commas or blanks outside parentheses. */
function toolsIn(front: string): readonly string[] {
  try {
    const { contents } = parseDocument(front);
    if (!isMap(contents)) return [];
    const value: unknown =
      contents.get('allowed-tools', true) ??
      contents.get('allowed_tools', true) ??
      contents.get('tools', true);
    if (isSeq(value)) return value.items.map((item) => (isScalar(item) ? String(item.value) : ''));
    return isScalar(value) ? (String(value.value).match(/[\w-]+(?:\([^)]{0,500}\))?/g) ?? []) : [];
  } catch {
    return [];
  }
}
