import type { Fragment, FragmentRole, Language } from '../../../model/program.ts';
import { fragmentsOfCommand, fragmentsOfInvocation, fragmentsOfWords, wordsOf } from './command-fragments.ts';
import { childrenOf, textOf, valueAt } from './document.ts';
import type { ConfigEntry, ConfigNode } from './document.ts';

/** Languages of steps by what their `shell` begins with. */
const SHELLS: readonly (readonly [RegExp, Language])[] = [
  [/^python/u, 'python'],
  [/^(?:node|bun)/u, 'javascript'],
  [/^(?:pwsh|powershell)/u, 'powershell'],
  [/^cmd/u, 'batch'],
];

/** A step of a GitHub workflow: `run` in the language of `shell`, and the program handed to `actions/github-script`. */
export function fragmentsOfStep(step: ConfigNode, role: FragmentRole, text: string): Fragment[] {
  const shell = textOf(valueAt(step, 'shell')) ?? 'bash';
  const language = SHELLS.find(([name]) => name.test(shell))?.[1] ?? 'shell';
  const run = fragmentsOfCommand(valueAt(step, 'run'), role, text, language);
  if (!(textOf(valueAt(step, 'uses')) ?? '').startsWith('actions/github-script')) return run;
  return [...run, ...fragmentsOfCommand(valueAt(step, 'with', 'script'), role, text, 'javascript')];
}

/** A task of an editor, with what it does instead on some systems. */
export function fragmentsOfTask(task: ConfigNode, role: FragmentRole, text: string): Fragment[] {
  const variants = ['windows', 'linux', 'osx'].flatMap((system) => valueAt(task, system) ?? []);
  return [task, ...variants].flatMap((each) => fragmentsOfInvocation(each, role, text));
}

/** What an editor launches: a program with its arguments, by the interpreter that its ending or the configuration says. */
export function fragmentsOfLaunch(launch: ConfigNode, role: FragmentRole): Fragment[] {
  const program = valueAt(launch, 'program') ?? valueAt(launch, 'runtimeExecutable');
  const name = textOf(program);
  if (program === undefined || name === null) return [];
  const runtime = name.endsWith('.py') ? ['python3'] : /\.[cm]?[jt]s$/u.test(name) ? ['node'] : [];
  const given = [...wordsOf(valueAt(launch, 'runtimeArgs')), ...wordsOf(valueAt(launch, 'args'))];
  return fragmentsOfWords([...runtime, name, ...given], role, program.span);
}

/** A hook of pre-commit: its command, and the words that are added to it. */
export function fragmentsOfCommitHook(hook: ConfigNode, role: FragmentRole, text: string): Fragment[] {
  const entry = valueAt(hook, 'entry');
  // These two hold a pattern and a message.
  if (/^(?:pygrep|fail)$/u.test(textOf(valueAt(hook, 'language')) ?? '')) return [];
  const args = wordsOf(valueAt(hook, 'args'));
  const command = textOf(entry);
  if (entry?.kind !== 'scalar' || command === null || args.length === 0 || /["'\n|&;$`]/u.test(command))
    return fragmentsOfCommand(entry, role, text);
  return fragmentsOfWords([...command.trim().split(/\s+/u), ...args], role, entry.span);
}

/** A service of compose: its command is what its entry point is given, when both are lists of words. */
export function fragmentsOfService(service: ConfigNode, role: FragmentRole): Fragment[] {
  const entryPoint = valueAt(service, 'entrypoint');
  const words = wordsOf(entryPoint);
  const given = wordsOf(valueAt(service, 'command'));
  if (entryPoint === undefined || given.length === 0 || !words.some((word) => /[./]/u.test(word))) return [];
  return fragmentsOfWords([...words, ...given], role, entryPoint.span);
}

/** A file that an interpreter is told to load, or a list of them. */
export function loadedBy(interpreter: string): (node: ConfigNode, role: FragmentRole) => Fragment[] {
  return (node, role) =>
    (node.kind === 'list' ? childrenOf(node).map(({ value }) => value) : [node]).flatMap((each) => {
      const words = (textOf(each) ?? '').split(/\s+/u).filter(Boolean);
      return words.length === 0 ? [] : fragmentsOfWords([interpreter, ...words], role, each.span);
    });
}

/** A setting of git: an alias or a helper is a command when it begins with `!`; of others the text is one. */
export function fragmentsOfGitSetting(node: ConfigNode, role: FragmentRole): Fragment[] {
  const value = textOf(node)?.replace(/^"(.*)"$/u, '$1');
  if (value === undefined || !/^!|[\s/]/u.test(value)) return [];
  const origin = { kind: 'fixed', span: node.span } as const;
  return [{ language: 'shell', text: value.replace(/^!/u, ''), role, layer: null, origin }];
}

/** Settings of an editor whose value names terminals: `terminal.integrated.profiles.linux`. */
const TERMINALS = /^terminal\.(?:integrated\.(?:profiles|automationProfile)|external)\.\w+$/u;

/** What an editor opens as a terminal: a program with its arguments. */
export function fragmentsOfTerminals(settings: ConfigNode, role: FragmentRole): Fragment[] {
  return childrenOf(settings)
    .filter(({ key }) => TERMINALS.test(key))
    .flatMap(({ key, value }) =>
      key.includes('automation') ? [value] : childrenOf(value).map((each) => each.value),
    )
    .flatMap((terminal) => {
      const path = valueAt(terminal, 'path');
      const program = textOf(path?.kind === 'list' ? path.items[0] : path);
      const args = wordsOf(valueAt(terminal, 'args'));
      return program === null || args.length === 0
        ? []
        : fragmentsOfWords([program, ...args], role, terminal.span);
    });
}

/** `<!(command)` and `<!@(command)` in a text of gyp. */
const EXPANSION = /<!@?\(([^)]{1,2000})\)/gu;

/** A description of a native build (gyp): commands in its texts and its actions run while it is read and built. */
export function fragmentsOfGyp(root: ConfigNode, role: FragmentRole): Fragment[] {
  const fragments: Fragment[] = [];
  const pending: ConfigEntry[] = [{ key: '', value: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { key, value } = next;
    const { span } = value;
    if (key === 'action' && value.kind === 'list')
      fragments.push(...fragmentsOfWords(wordsOf(value), role, span));
    for (const [, command] of (textOf(value) ?? '').matchAll(EXPANSION))
      fragments.push({
        language: 'shell',
        text: command!,
        role,
        layer: null,
        origin: { kind: 'fixed', span },
      });
    for (const child of childrenOf(value).toReversed()) pending.push(child);
  }
  return fragments;
}
