import type { SourceLabel } from '../../../model/api-model.ts';
import type { Scope } from '../../../model/evidence.ts';
import type { CallFact } from '../facts.ts';
import { knownText } from '../values/value.ts';

const INTERPRETER = /^(?:node|nodejs|bun|deno|tsx|ts-node|python[\d.]*|py|bash|sh|zsh|dash|ruby|source|\.)$/;
/** Programs that run the command that comes after these words of theirs: `uv run x.py`, `npx tsx x.ts`. */
const RUNNER = /^(?:uv|uvx|npx|bunx|pnpm|yarn|poetry|pipenv|pdm|hatch|rye|conda|mise|direnv)$/;
const SCRIPT = /\.(?:[cm]?[jt]sx?|py|rb|sh|bash)$/;
/** A path with folders, as far as it is known: what is started need not say by its name what it is. */
const PATH = /^(?!\/(?:usr|bin|sbin|dev|proc)\/)[\w.~$*{}-]*(?:\/[\w.@+${}*-]+)+$/;
const NAME = /^[\w.-]+$/;
/** Scopes that nobody asks for: what a hook starts has them too. */
const HOOK_SCOPES: ReadonlySet<Scope> = new Set(['install-hook', 'agent-hook']);

/** A file that something starts, as written, and when. */
export interface StartedFile {
  readonly file: string;
  /** The scope of its outermost code; null: as its name says. */
  readonly scope: Scope | null;
  /** The function in it that is called, `*` for any; absent: it is started as a whole. */
  readonly function?: string;
  /** What it is handed that only shows when its code is at hand. */
  readonly hands?: readonly SourceLabel[];
}

/** The last part of a path. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * The file that a command line starts: an interpreter's first operand, the command itself when it is a path, a module by name.
 * @param words the command's name and the words after it; null for one that is not known
 * @returns the file as written, and where the words begin that the program is given, from 0 for the one after the command's name;
 *   null when no file is started
 */
export function startedWords(
  words: readonly (string | null)[],
): { readonly file: string; readonly at: number } | null {
  const [command = null, ...rest] = words;
  if (command === null) return null;
  const isInterpreter = INTERPRETER.test(nameOf(command));
  if (!isInterpreter && !RUNNER.test(command))
    return SCRIPT.test(command) || PATH.test(command) ? { file: command, at: 0 } : null;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? null;
    if (word === '-m' && isInterpreter) {
      const module = rest[at + 1] ?? null;
      return module === null || !/^[\w.]+$/.test(module)
        ? null
        : { file: `${module.replaceAll('.', '/')}.py`, at: at + 2 };
    }
    // Code in an option, not in a file.
    if (isInterpreter && word !== null && /^-[a-z]*[cep]$|^--(?:eval|print)$/.test(word)) return null;
    if (word === null || word.startsWith('-')) continue;
    const isScript = SCRIPT.test(word) || PATH.test(word) || (at === 0 && isInterpreter && NAME.test(word));
    if (isScript) return { file: word, at: at + 1 };
  }
  return null;
}

/** The file that a command starts; null when it starts none. */
function startedBy(call: CallFact): string | null {
  if (call.language !== 'shell') return null;
  const words = call.args.positional.map((value) => knownText(value));
  return startedWords([call.name, ...words])?.file ?? null;
}

/** True for a call that starts a file. */
export function startsFile(call: CallFact): boolean {
  return startedBy(call) !== null;
}

/** Editors look for these in one place only; one that lies elsewhere is there to be copied, and starts nothing by itself. */
const CONTAINER_TEMPLATE = /(?:^|\/)devcontainer\.json$/;
const CONTAINER_FOLDER = /(?:^|\/)\.devcontainer\//;

/** When a hook's command runs what it starts; null for any other call. */
export function hookScope(call: CallFact): Scope | null {
  const { path } = call.layer.source;
  if (CONTAINER_TEMPLATE.test(path) && !CONTAINER_FOLDER.test(path)) return null;
  return call.function === null && HOOK_SCOPES.has(call.outerScope) ? call.outerScope : null;
}
