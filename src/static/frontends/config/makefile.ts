import type { Fragment, Setting, Span } from '../../../model/program.ts';
import { MakeVariables } from './make-variables.ts';

/** What a line-based file says: settings with their places and the code that it runs. */
export interface Reading {
  readonly settings: readonly Setting[];
  readonly fragments: readonly Fragment[];
}

const VARIABLE = /^[\t ]*(?:export[\t ]+|override[\t ]+)*([\w.-]+)[\t ]*(\?|\+|:{1,3}|!)?=[\t ]*(.*)$/u;
const RULE = /^([^\s#=:][^=:#]{0,2000}):(?!=)([^=].*)?$/u;
const DEFINE = /^[\t ]*define[\t ]+([\w.-]+)/u;
const SHELL_FUNCTION = /\$\(shell[\t ]+/gu;

/**
 * Reads a makefile: variables are settings, recipes and `$(shell …)` are shell code. Each line of a recipe is a fragment of its own, as
 * make gives each to a shell of its own; lines that end in `\` belong together. `$$` is a dollar sign to the shell, the `@`, `-` and `+`
 * before a command are make's, and so are variables: their values stand in the line before the shell reads it.
 */
export function readMakefile(text: string): Reading {
  const settings: Setting[] = [];
  const commands: Command[] = [];
  const variables = new MakeVariables();
  const lines = text.split('\n');
  let at = 0;
  let isInRule = false;
  let isInDefinition = false;
  let defined: { readonly name: string; readonly lines: string[] } = { name: '', lines: [] };
  let recipePrefix = '\t';
  for (let index = 0; index < lines.length; index++) {
    const first = index;
    const start = at;
    const joined: string[] = [];
    for (;;) {
      const line = (lines[index] ?? '').replace(/\r$/u, '');
      at += (lines[index] ?? '').length + 1;
      joined.push(line);
      if (!line.endsWith('\\') || index + 1 >= lines.length) break;
      index++;
    }
    const line = joined.join('\n');
    const span: Span = { start, end: start + line.length };
    const command = (written: string, column: number): void => {
      commands.push({ written, line: first + 1, column, span });
    };
    if (/^[\t ]*(?:define|endef)\b/u.test(line)) {
      isInDefinition = !/^[\t ]*endef/u.test(line);
      if (isInDefinition) defined = { name: DEFINE.exec(line)?.[1] ?? '', lines: [] };
      else variables.set(defined.name, defined.lines.join('\n'), '');
      continue;
    }
    if (isInDefinition || (isInRule && line.startsWith(recipePrefix))) {
      const skipped = line.startsWith(recipePrefix) ? recipePrefix.length : 0;
      const prefix = skipped + (/^[\t @+-]*/u.exec(line.slice(skipped))?.[0].length ?? 0);
      command(line.slice(prefix), prefix + 1);
      if (isInDefinition) defined.lines.push(line.slice(prefix));
      continue;
    }
    const logical = line.replaceAll('\\\n', ' ');
    const variable = VARIABLE.exec(logical);
    const rule = variable === null ? RULE.exec(logical) : null;
    if (variable !== null) {
      settings.push({
        path: [variable[1]!],
        value: variable[3]!.trim(),
        span,
      });
      variables.set(variable[1]!, variable[3]!.trim(), variable[2] ?? '');
      if (variable[1] === '.RECIPEPREFIX') recipePrefix = variable[3]!.charAt(0) || '\t';
      // `NAME != command` keeps what the command prints.
      if (variable[2] === '!') command(variable[3]!, 1);
    } else if (rule !== null) {
      isInRule = true;
      // `target: ; command` is a recipe on the rule's own line.
      const inline = rule[2]?.indexOf(';') ?? -1;
      if (inline !== -1) command(rule[2]!.slice(inline + 1), 1);
    }
    let end = 0;
    for (const { index: call } of logical.matchAll(SHELL_FUNCTION)) {
      if (call < end) continue;
      const inside = untilClosed(logical, call + 2);
      end = call + inside.length;
      command(inside.replace(/^shell[\t ]+/u, ''), 1);
    }
  }
  // Recipes run when the whole file has been read: what is set further down counts.
  return { settings, fragments: commands.flatMap((each) => shellLine(each, variables) ?? []) };
}

/** Text that make gives to a shell. */
interface Command {
  readonly written: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The whole line, which findings stand at when variables have changed what stands where. */
  readonly span: Span;
}

function shellLine({ written, line, column, span }: Command, variables: MakeVariables): Fragment | null {
  const expanded = variables.expanded(written);
  const text = shellText(expanded);
  if (text.trim() === '') return null;
  return {
    language: 'shell',
    text,
    role: 'build',
    layer: null,
    origin: expanded === written ? { kind: 'lines', line, column } : { kind: 'fixed', span },
  };
}

/** What the shell sees: `$$` is a dollar sign, `$(NAME)` make's own variable, written as the shell would. */
function shellText(recipe: string): string {
  return recipe.replace(/\$\$|\$\(([\w.-]+)\)/gu, (whole, name: string | undefined) =>
    name === undefined ? (whole === '$$' ? '$' : whole) : `\${${name.replace(/[^\w]/gu, '_')}}`,
  );
}

/** The text from `from` up to the bracket that closes the one before it. */
function untilClosed(text: string, from: number): string {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return text.slice(from, at);
  }
  return text.slice(from);
}
