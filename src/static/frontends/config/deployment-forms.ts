import type { Fragment, FragmentRole } from '../../../model/program.ts';
import { fragmentsOfCommand, fragmentsOfWords, wordsOf } from './command-fragments.ts';
import { childrenOf, textOf, valueAt } from './document.ts';
import type { ConfigNode } from './document.ts';

/** A container of a cluster: what it is started with, and what it is asked whether it is well. */
export function fragmentsOfContainer(container: ConfigNode, role: FragmentRole): Fragment[] {
  const commands = [
    ['command'],
    ['lifecycle', 'postStart', 'exec', 'command'],
    ['lifecycle', 'preStop', 'exec', 'command'],
    ['livenessProbe', 'exec', 'command'],
  ];
  return commands.flatMap((path) => {
    const command = valueAt(container, ...path);
    if (command?.kind !== 'list') return [];
    const given = path.length === 1 ? wordsOf(valueAt(container, 'args')) : [];
    return fragmentsOfWords([...wordsOf(command), ...given], role, command.span);
  });
}

/** Modules of Ansible that hand a command on, with and without their collection. */
const COMMAND_MODULE = /^(?:ansible\.builtin\.)?(?:shell|command|raw)$/u;

/** A task of Ansible, or a block of several. */
export function fragmentsOfPlay(task: ConfigNode, role: FragmentRole, text: string): Fragment[] {
  const fragments: Fragment[] = [];
  const pending: ConfigNode[] = [task];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind !== 'map') continue;
    for (const { key, value } of childrenOf(next)) {
      if (/^(?:block|rescue|always)$/u.test(key))
        for (const one of childrenOf(value)) pending.push(one.value);
      if (!COMMAND_MODULE.test(key)) continue;
      const command = value.kind === 'map' ? (valueAt(value, 'cmd') ?? valueAt(value, 'argv')) : value;
      fragments.push(...fragmentsOfCommand(command, role, text));
    }
  }
  return fragments;
}

/** A step of Google's Cloud Build: a script, or an entry point with its arguments. */
export function fragmentsOfBuildStep(step: ConfigNode, role: FragmentRole, text: string): Fragment[] {
  const script = fragmentsOfCommand(valueAt(step, 'script'), role, text);
  const entryPoint = valueAt(step, 'entrypoint');
  const program = textOf(entryPoint);
  if (entryPoint === undefined || program === null) return script;
  return [
    ...script,
    ...fragmentsOfWords([program, ...wordsOf(valueAt(step, 'args'))], role, entryPoint.span),
  ];
}
