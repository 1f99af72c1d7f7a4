import type { HandedVariable } from '../../../model/program.ts';
import { childrenOf, textOf } from './document.ts';
import type { ConfigNode } from './document.ts';

/** Keys under which configuration files give variables to what they run. */
const KEYS = /^(?:env|environment|environmentVariables|containerEnv|remoteEnv|vars)$/u;

const NAME = /^[A-Za-z_]\w*$/u;

/** A file gives so many variables, at most, that are followed. */
const MAX_VARIABLES = 100;

/** Values that may be paths of files; what is in the others the text itself tells. */
function isPath(value: string): boolean {
  return value.length < 300 && /^[^\s:]*[/~.][^\s:]*$/u.test(value);
}

/** `NAME=value`, as a list of variables holds them. */
function assignmentIn(text: string): HandedVariable | null {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/su.exec(text) ?? [];
  return name === undefined || value === undefined ? null : { name, value };
}

function variablesOf(node: ConfigNode): readonly HandedVariable[] {
  return childrenOf(node).flatMap(({ key, value }) => {
    const text = textOf(value);
    if (text === null) return [];
    if (node.kind === 'list') return assignmentIn(text) ?? [];
    return NAME.test(key) ? { name: key, value: text } : [];
  });
}

/** `ENV NAME=value OTHER=value`, `ENV NAME value` of a Dockerfile, as far as they hold paths. */
export function variablesOfEnv(line: string): readonly HandedVariable[] {
  const words = line.split(/\s+/).slice(0, MAX_VARIABLES);
  const [name = '', ...rest] = words;
  const found = name.includes('=')
    ? words.flatMap((word) => assignmentIn(word.replaceAll('"', '')) ?? [])
    : [{ name, value: rest.join(' ') }];
  return found.filter((each) => NAME.test(each.name) && isPath(each.value));
}

/**
 * Variables that a configuration file gives to the programs that it has run and that hold paths, wherever in the file: which command
 * gets which is not told apart.
 */
export function handedVariables(root: ConfigNode): readonly HandedVariable[] {
  const found: HandedVariable[] = [];
  const pending: ConfigNode[] = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const { key, value } of childrenOf(next)) {
      if (value.kind === 'scalar') continue;
      if (KEYS.test(key)) found.push(...variablesOf(value).filter((each) => isPath(each.value)));
      if (found.length >= MAX_VARIABLES) return found.slice(0, MAX_VARIABLES);
      pending.push(value);
    }
  }
  return found;
}
