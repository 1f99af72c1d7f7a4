import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { YAMLMap } from 'yaml';
import { isNestedTooDeeply } from '../nesting.ts';
import type { Declared } from './claims.ts';
import { claimOfTool, NOTHING_DECLARED } from './claims.ts';
import { permissionsIn } from './permissions.ts';

/** Front matter longer than this is no description of a skill. */
const MAX_LENGTH = 64 * 1024;
/** Aliases that repeat more than this many nodes are a bomb (CWE-776). */
const MAX_ALIASES = 100;

/**
 * What a skill's SKILL.md claims in its front matter: the tools it may use, the permissions it needs. Bounded; broken front matter claims
 * nothing (the static stage reports it).
 * @param text the whole file
 */
export function claimsOfSkill(text: string): Declared {
  const front = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(
    text.slice(0, MAX_LENGTH),
  )?.[1];
  if (front === undefined || isNestedTooDeeply(front)) return NOTHING_DECLARED;
  try {
    const document = parseDocument(front);
    const { contents } = document;
    if (!isMap(contents)) return NOTHING_DECLARED;
    const tools = toolsIn(contents);
    const permissions = contents.has('permissions')
      ? permissionsIn(
          (document.toJS({ maxAliasCount: MAX_ALIASES }) as Record<string, unknown>)['permissions'],
        )
      : null;
    return {
      claims: [...(tools ?? []).flatMap((tool) => claimOfTool(tool) ?? []), ...(permissions?.claims ?? [])],
      listsPermissions: permissions?.isClosed === true,
      listsTools: tools !== null,
    };
  } catch {
    return NOTHING_DECLARED;
  }
}

/** `allowed-tools` is a list, or a string separated by commas or blanks outside parentheses; null when there is none. */
function toolsIn(contents: YAMLMap): readonly string[] | null {
  const value: unknown =
    contents.get('allowed-tools', true) ?? contents.get('allowed_tools', true) ?? contents.get('tools', true);
  if (isSeq(value)) return value.items.map((item) => (isScalar(item) ? String(item.value) : ''));
  return isScalar(value) ? (String(value.value).match(/[\w-]+(?:\([^)]{0,500}\))?/g) ?? []) : null;
}
