import type { Fragment, FragmentRole, Language, Span } from '../../../model/program.ts';
import { interpreterOf } from '../interpreters.ts';
import { childrenOf, textOf, valueAt } from './document.ts';
import type { ConfigNode, ConfigScalar } from './document.ts';

/** Words as one shell command that means exactly these words. */
function shellCommand(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}

/** A command given word by word: the command itself, and the program inside it for `sh -c`, `python -c`, `node -e`. */
export function fragmentsOfWords(words: readonly string[], role: FragmentRole, span: Span): Fragment[] {
  if (words.length === 0) return [];
  const fixed = { role, layer: null, origin: { kind: 'fixed', span } } as const;
  const fragments: Fragment[] = [{ language: 'shell', text: shellCommand(words), ...fixed }];
  for (const [index, word] of words.entries()) {
    const base = word.slice(word.lastIndexOf('/') + 1);
    const interpreter = interpreterOf(base);
    if (interpreter === null) continue;
    const option = words.findIndex((each, at) => at > index && interpreter.option.test(each));
    const program = option === -1 ? undefined : words[option + 1];
    if (program !== undefined) fragments.push({ language: interpreter.language, text: program, ...fixed });
    break;
  }
  return fragments;
}

/** The lines of a block scalar are lines of the file; any other text is reported where it stands as a whole. */
function fragmentOfScalar(
  scalar: ConfigScalar,
  value: string,
  language: Language,
  role: FragmentRole,
  text: string,
): Fragment {
  if (scalar.block === null) {
    return { language, text: value, role, layer: null, origin: { kind: 'fixed', span: scalar.span } };
  }
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < scalar.block; at = text.indexOf('\n', at + 1)) line++;
  return { language, text: value, role, layer: null, origin: { kind: 'lines', line, column: 1 } };
}

/** A command as configuration files write it: a text for the shell, a list of words, or a map with several of those. */
export function fragmentsOfCommand(
  node: ConfigNode | undefined,
  role: FragmentRole,
  text: string,
  language: Language = 'shell',
): Fragment[] {
  if (node === undefined) return [];
  if (node.kind === 'scalar') {
    const value = textOf(node);
    return value === null || value.trim() === '' ? [] : [fragmentOfScalar(node, value, language, role, text)];
  }
  if (node.kind === 'list') return fragmentsOfWords(wordsOf(node), role, node.span);
  return node.entries.flatMap(({ value }) =>
    value.kind === 'map' ? [] : fragmentsOfCommand(value, role, text, language),
  );
}

/** A list of commands, or one; lists within the list are more of the same. */
export function fragmentsOfCommands(node: ConfigNode, role: FragmentRole, text: string): Fragment[] {
  const pending: ConfigNode[] = [node];
  const fragments: Fragment[] = [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'list') for (const item of next.items.toReversed()) pending.push(item);
    else if (next.kind === 'scalar') fragments.push(...fragmentsOfCommand(next, role, text));
  }
  return fragments;
}

/** `{command, args}`: one command, reported at the command. */
export function fragmentsOfInvocation(node: ConfigNode, role: FragmentRole, text: string): Fragment[] {
  const command = valueAt(node, 'command');
  const args = wordsOf(valueAt(node, 'args'));
  if (command?.kind !== 'scalar' || args.length === 0) return fragmentsOfCommand(command, role, text);
  const value = textOf(command);
  if (value === null) return [];
  // Some readers split the command at blanks, some hand it to a shell.
  return fragmentsOfWords([...value.trim().split(/\s+/u), ...args], role, command.span);
}

/** The texts of a list as words; empty for anything else. */
export function wordsOf(node: ConfigNode | undefined): string[] {
  if (node === undefined) return [];
  return childrenOf(node).flatMap(({ value }) =>
    value.kind === 'scalar' && value.value !== null ? [String(value.value)] : [],
  );
}
