import type { Fragment, Setting } from '../../../model/program.ts';
import { interpreterOf } from '../interpreters.ts';
import type { Reading } from './makefile.ts';

/** `name := …`, `export NAME := …`, `set shell := …`. */
const ASSIGNMENT = /^(?:export[\t ]+|(set)[\t ]+)?([\w-]+)[\t ]*:=[\t ]*(.*)$/u;
/** A whole text in quotes, in which nothing is put. */
const PLAIN_TEXT = /^(?:'([^']*)'|"([^"\\]*)")$/u;
/** Functions whose arguments are no part of a command. */
const HARMLESS = /\b(?:env(?:_var(?:_or_default)?)?|shell|require|which|path_exists|error)\([^()]*\)/gu;
/** Commands that are run for what they print: `` `git log` ``, `shell('git log')`. */
const EVALUATED = /`{1,3}([^`]{1,4000})`{1,3}|\bshell\(\s*(?:'([^']{1,4000})'|"([^"]{1,4000})")/gu;
const PLACE = /\{\{(?!\{)([^{}]{0,400})\}\}/gu;
const SHEBANG = /^#!\s*(?:\S*\/)?(?:env(?:\s+-\S+)*\s+)?(?:\S*\/)?(\S+)/u;
const POWERSHELL = /^(?:pwsh|powershell)$/iu;

/** What a justfile says, and why a part of it is not read; null when all of it is. */
export interface JustReading extends Reading {
  readonly problem: string | null;
}

interface Recipe {
  readonly lines: { readonly text: string; readonly line: number; readonly column: number }[];
  /** The interpreter that `[script("…")]` names. */
  readonly interpreter: string | null;
}

/**
 * Reads a justfile: variables are settings; recipes and what is evaluated between backquotes are code. Each line of a recipe is run by
 * a shell of its own, unless the recipe begins with `#!`: then the whole of it is one program. `{{name}}` is put in before anything is run.
 */
export function readJustfile(text: string): JustReading {
  const settings: Setting[] = [];
  const variables = new Map<string, string>();
  const recipes: Recipe[] = [];
  const fragments: Fragment[] = [];
  const problems = new Set<string>();
  let shell = 'sh';
  let onWindows: string | null = null;
  let recipe: Recipe | null = null;
  let interpreter: string | null = null;
  let at = 0;
  const lines = text.split('\n');
  for (const [index, raw] of lines.entries()) {
    const start = at;
    at += raw.length + 1;
    const line = raw.replace(/\r$/u, '');
    const indent = /^[\t ]*/u.exec(line)![0].length;
    if (line.trim() === '') {
      recipe?.lines.push({ text: '', line: index + 1, column: 1 });
      continue;
    }
    if (indent > 0 && recipe !== null) {
      // What a program is indented by further than its first line belongs to it.
      const from = isWholeProgram(recipe)
        ? Math.min(indent, (recipe.lines[0]?.column ?? indent + 1) - 1)
        : indent;
      recipe.lines.push({ text: line.slice(from), line: index + 1, column: from + 1 });
      continue;
    }
    // Attributes, assignments, heads of recipes; whatever stands between backquotes in them is run.
    for (const [, ticks, single, double] of line.replace(/^[\t ]*#.*$/u, '').matchAll(EVALUATED)) {
      const span = { start, end: start + line.length };
      const evaluated = ticks ?? single ?? double ?? '';
      fragments.push({
        language: 'shell',
        text: evaluated,
        role: 'build',
        layer: null,
        origin: { kind: 'fixed', span },
      });
    }
    interpreter = /^\[[^\]]*\bscript\(\s*['"]([^'"]+)['"]/u.exec(line)?.[1] ?? interpreter;
    const assigned = ASSIGNMENT.exec(line);
    if (assigned !== null) {
      const [, isSetting, name = '', value = ''] = assigned;
      const known = valueOf(value, variables);
      if (isSetting === undefined && known !== null) variables.set(name, known);
      if (isSetting === undefined && known === null && hidesText(value))
        problems.add(`the value of ${name.slice(0, 40)} is put together`);
      if (isSetting !== undefined && name === 'shell') shell = firstWord(value) ?? 'sh';
      if (isSetting !== undefined && name === 'windows-shell') onWindows = firstWord(value);
      settings.push({
        path: isSetting === undefined ? [name] : ['set', name],
        value,
        span: { start, end: start + line.length },
      });
      recipe = null;
    } else if (!line.startsWith('#') && /^@?[A-Za-z_][\w-]*[^:]{0,2000}:/u.test(line)) {
      recipe = { lines: [], interpreter };
      recipes.push(recipe);
      interpreter = null;
    }
  }
  if (/'''|"""|```/u.test(text)) problems.add('texts over several lines');
  for (const each of recipes) {
    fragments.push(...codeOf(each, shell, variables, problems));
    if (onWindows !== null && !isWholeProgram(each))
      fragments.push(...codeOf(each, onWindows, variables, problems));
  }
  const [problem = null] = problems;
  return { settings, fragments, problem };
}

/** The text that an assignment gives: texts in quotes and variables that are known, one after another; null for anything else. */
function valueOf(value: string, variables: ReadonlyMap<string, string>): string | null {
  let whole = '';
  for (const part of value.replace(/[\t ]#[^'"]*$/u, '').split(/[\t ]+\+[\t ]+/u)) {
    const plain = PLAIN_TEXT.exec(part.trim());
    const known = plain === null ? variables.get(part.trim()) : (plain[1] ?? plain[2] ?? '');
    if (known === undefined) return null;
    whole += known;
  }
  return whole.length > 4_000 ? null : whole;
}

/** True for a value that is made of texts in a way that is not followed here. */
function hidesText(value: string): boolean {
  return /['"]/u.test(value.replace(HARMLESS, ''));
}

/** The first text in quotes, without its folders. */
function firstWord(list: string): string | null {
  return /['"]([^'"]*)['"]/u.exec(list)?.[1]?.replace(/^.*[\\/]/u, '') ?? null;
}

function isWholeProgram({ lines, interpreter }: Recipe): boolean {
  return interpreter !== null || lines[0]?.text.startsWith('#!') === true;
}

/** The code of a recipe: one program, or a line at a time. */
function codeOf(
  { lines, interpreter }: Recipe,
  shell: string,
  variables: ReadonlyMap<string, string>,
  problems: Set<string>,
): readonly Fragment[] {
  const [first] = lines;
  if (first === undefined) return [];
  const named = SHEBANG.exec(first.text)?.[1] ?? interpreter;
  const program = (named ?? shell).replace(/\.exe$/iu, '');
  const language = POWERSHELL.test(program) ? 'powershell' : (interpreterOf(program)?.language ?? null);
  if (language === null) {
    problems.add(`no frontend for the interpreter ${program.slice(0, 40)}`);
    return [];
  }
  const made = (text: string, line: number, column: number): Fragment => ({
    language,
    text: text.replace(
      PLACE,
      (_place, name: string) => variables.get(name.trim()) ?? unknownIn(language, name),
    ),
    role: 'build',
    layer: null,
    origin: { kind: 'lines', line, column },
  });
  if (named !== null) return [made(lines.map(({ text }) => text).join('\n'), first.line, first.column)];
  const commands: Fragment[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const { text, line, column } = lines[index]!;
    const joined = [text];
    while (joined.at(-1)!.endsWith('\\') && index + 1 < lines.length) joined.push(lines[++index]!.text);
    const marks = /^[@?-]{0,3}[\t ]*/u.exec(joined[0]!)![0].length;
    const command = joined.join('\n').slice(marks);
    if (command.trim() !== '' && !command.startsWith('#')) commands.push(made(command, line, column + marks));
  }
  return commands;
}

/** A value that nobody knows here, as the language writes one. */
function unknownIn(language: Fragment['language'], name: string): string {
  const word = name.replace(/\W+/gu, '_').slice(0, 40);
  return language === 'shell' ? `\${just_${word}}` : `just_${word}`;
}
