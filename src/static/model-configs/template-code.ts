import type { JinjaPart, JinjaToken } from './jinja.ts';

/** Names by which code in a template gets from a value to Python: to modules, to built-in functions, to what other programs run. */
const TO_PYTHON =
  /__(?:globals|builtins|subclasses|mro|bases?|import|getattribute|reduce(?:_ex)?|code|closure|loader|spec|self|weakref)__|_TemplateReference__context|\b(?:func_globals|gi_frame|gi_code|cr_frame|ag_frame|f_globals|f_builtins|f_back|tb_frame)\b/;
/** Calls that start a program or code, as a member of anything. */
const STARTERS: ReadonlySet<string> = new Set([
  'popen',
  'system',
  'check_output',
  'Popen',
  'exec_module',
  'load_module',
  'import_module',
  '__import__',
]);

/** True for a name behind a dot that is called. */
function isMemberCall(tokens: readonly JinjaToken[], index: number): boolean {
  return tokens[index - 1]?.value === '.' && tokens[index + 1]?.value === '(';
}

/** What a filter takes as the name of an attribute is a text that is written there, or not. */
function hasMadeName(tokens: readonly JinjaToken[], index: number): boolean {
  if (tokens[index]?.value !== 'attr' || tokens[index - 1]?.value !== '|' || tokens[index + 1]?.value !== '(')
    return false;
  return !(tokens[index + 2]?.kind === 'text' && tokens[index + 3]?.value === ')');
}

/** So many letters of names that are put together are looked at (UTF-16 units). */
const MAX_NAME = 200;

/** Texts and variables with `~` or `+` between, from a place on: what they make together, and how many words that takes. */
function putTogether(
  tokens: readonly JinjaToken[],
  from: number,
  variables: ReadonlyMap<string, string>,
): { readonly made: string; readonly next: number } | null {
  const valueAt = (at: number): string | undefined => {
    const token = tokens[at];
    return token?.kind === 'text'
      ? token.value
      : token?.kind === 'name'
        ? variables.get(token.value)
        : undefined;
  };
  let made = valueAt(from);
  if (made === undefined) return null;
  let next = from + 1;
  for (; tokens[next]?.value === '~' || tokens[next]?.value === '+'; next += 2) {
    const more = valueAt(next + 1);
    if (more === undefined) break;
    if (made.length < MAX_NAME) made += more;
  }
  return { made: made.slice(0, MAX_NAME), next };
}

/** The first internal name that texts in variables make when they are put together; null when there is none. Linear. */
function nameOfVariables(parts: readonly JinjaPart[]): string | null {
  const variables = new Map<string, string>();
  for (const { kind, tokens } of parts) {
    for (let at = 0; at < tokens.length; at++) {
      const found = putTogether(tokens, at, variables);
      if (found === null) continue;
      const way = TO_PYTHON.exec(found.made);
      if (way !== null) return way[0];
      const name = tokens[at - 2];
      const isSet = kind === 'statement' && tokens[at - 1]?.value === '=' && name?.kind === 'name';
      if (isSet) variables.set(name.value, found.made);
      at = found.next - 1;
    }
  }
  return null;
}

/**
 * By what code in a template leaves the template; null when it does not. Names may be put together from several texts, or written
 * backwards.
 * @param isChat of a template for conversations, which has no use for any internal name
 */
export function wayToPython(parts: readonly JinjaPart[], isChat: boolean): string | null {
  const texts: string[] = [];
  let internal: string | null = null;
  for (const { tokens } of parts) {
    for (const [index, { kind, value }] of tokens.entries()) {
      if (kind === 'text') texts.push(value);
      const way = kind === 'sign' ? null : TO_PYTHON.exec(value);
      if (way !== null) return way[0];
      if (kind === 'text') {
        const backwards = TO_PYTHON.exec([...value.slice(0, 200)].reverse().join(''));
        if (backwards !== null) return backwards[0];
        continue;
      }
      if (kind !== 'name') continue;
      if (STARTERS.has(value) && isMemberCall(tokens, index)) return value;
      if (isChat && value.startsWith('_') && tokens[index - 1]?.value === '.') internal ??= value;
      if (isChat && hasMadeName(tokens, index)) internal ??= 'attr with a name that is put together';
    }
  }
  return TO_PYTHON.exec(texts.join(''))?.[0] ?? nameOfVariables(parts) ?? internal;
}
