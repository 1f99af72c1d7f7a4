import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { isNestedTooDeeply } from '../nesting.ts';
import { plainEntries } from '../plain-yaml.ts';
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
  const plain = plainEntries(front);
  const plainly = (name: string): string | undefined => plain?.find(({ key }) => key === name)?.value;
  if (plain !== null && plainly('permissions') === undefined) {
    const listed = TOOL_KEYS.map(plainly).find((value) => value !== undefined);
    const tools = listed === undefined ? null : toolsNamedIn(listed);
    return declaredBy(tools, null);
  }
  try {
    // The library is loaded for front matter that is more than plain lines.
    const yaml = createRequire(import.meta.url)('yaml') as typeof Yaml;
    const document = yaml.parseDocument(front);
    const { contents } = document;
    if (!yaml.isMap(contents)) return NOTHING_DECLARED;
    const tools = toolsIn(yaml, contents);
    const permissions = contents.has('permissions')
      ? permissionsIn(
          (document.toJS({ maxAliasCount: MAX_ALIASES }) as Record<string, unknown>)['permissions'],
        )
      : null;
    return declaredBy(tools, permissions);
  } catch {
    return NOTHING_DECLARED;
  }
}

function declaredBy(
  tools: readonly string[] | null,
  permissions: ReturnType<typeof permissionsIn> | null,
): Declared {
  return {
    claims: [...(tools ?? []).flatMap((tool) => claimOfTool(tool) ?? []), ...(permissions?.claims ?? [])],
    listsPermissions: permissions?.isClosed === true,
    listsTools: tools !== null,
  };
}

/** Where the tools are listed; the first that is there counts. */
const TOOL_KEYS = ['allowed-tools', 'allowed_tools', 'tools'];

/** `allowed-tools` is a list, or a string separated by commas or blanks outside parentheses; null when there is none. */
function toolsIn(yaml: typeof Yaml, contents: Yaml.YAMLMap): readonly string[] | null {
  const values: readonly unknown[] = TOOL_KEYS.map((key) => contents.get(key, true));
  const value = values.find((each) => each !== undefined && each !== null);
  if (yaml.isSeq(value)) return value.items.map((item) => (yaml.isScalar(item) ? String(item.value) : ''));
  return yaml.isScalar(value) ? toolsNamedIn(String(value.value)) : null;
}

function toolsNamedIn(text: string): readonly string[] {
  return text.match(/[\w-]+(?:\([^)]{0,500}\))?/g) ?? [];
}
