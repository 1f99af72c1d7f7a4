import { posix } from 'node:path';
import type { Scope } from '../../model/evidence.ts';
import { textOf } from '../fold/constant.ts';
import type { CallFact } from './facts.ts';

const INTERPRETER = /^(?:node|nodejs|bun|deno|tsx|ts-node|python[\d.]*|py|bash|sh|zsh|dash|source|\.)$/;
const SCRIPT = /\.(?:[cm]?[jt]s|py|sh|bash)$/;
/** Scopes that nobody asks for: what a hook starts has them too. */
const HOOK_SCOPES: ReadonlySet<Scope> = new Set(['install-hook', 'agent-hook']);

/** A file that a hook starts, as the hook writes it, and when. */
export interface StartedFile {
  readonly file: string;
  readonly scope: Scope;
}

/** The file that a command starts: an interpreter's first operand, or the command itself when it is a path; null when it starts none. */
function startedBy(call: CallFact): string | null {
  if (call.language !== 'shell') return null;
  if (!INTERPRETER.test(call.name)) return SCRIPT.test(call.name) ? call.name : null;
  const words = call.args.positional.map((value) => textOf(value.constant));
  return words.find((word) => word !== null && SCRIPT.test(word)) ?? null;
}

/** The file that a hook's command starts; null for any other call. */
export function startedByHook(call: CallFact): StartedFile | null {
  if (call.function !== null || !HOOK_SCOPES.has(call.outerScope)) return null;
  const file = startedBy(call);
  return file === null ? null : { file, scope: call.outerScope };
}

/** The places where a file may lie that a command names: from the folder of the file with the command, the one above it, the target's. */
export function startedPaths(path: string, file: string): readonly string[] {
  const word = file.replace(/^(?:\$\{?\w+\}?|\*)\//, '');
  const folder = posix.dirname(path);
  return [folder, posix.join(folder, '..'), '.'].map((each) => posix.join(each, word));
}
