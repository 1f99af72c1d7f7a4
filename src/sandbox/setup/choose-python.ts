import * as pep440 from '@renovatebot/pep440';
import { execa } from 'execa';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../cache-folder.ts';
import type { Interpreter } from './interpreter.ts';
import { findInterpreter } from './interpreter.ts';

/** Fetches builds of Python; need not be here. */
const UV = 'uv';

/** Minor versions of Python 3 that are asked for by name, newest of the common ones first. */
const MINORS = [13, 12, 11, 10, 14, 9];

/** Whether an interpreter is one that the target asks for. */
export function fits(interpreter: Interpreter, specifier: string | null): boolean {
  if (specifier === null) return true;
  try {
    // Patch releases do not matter: `>=3.11.4` is met by a 3.11 of today.
    return (
      pep440.satisfies(`${interpreter.version}.99`, specifier) ||
      pep440.satisfies(`${interpreter.version}.0`, specifier)
    );
  } catch {
    return true;
  }
}

/** The interpreter for a target, and what is amiss with it. */
export interface ChosenPython {
  readonly interpreter: Interpreter;
  /** Why it is not one that the target asks for; null when it is. */
  readonly mismatch: string | null;
}

/**
 * Finds an interpreter that fits: the usual one, another on PATH, one of pyenv's, one that uv has or can fetch. Where none can be had, the usual
 * one, with the reason.
 * @param given the operator's `--python`, which is taken as it is
 */
export async function interpreterFor(
  specifier: string | null,
  given: string | null,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<ChosenPython> {
  const usual = await findInterpreter(given, signal);
  if (given !== null || specifier === null || fits(usual, specifier))
    return { interpreter: usual, mismatch: null };
  for (const command of [...MINORS.map((minor) => `python3.${minor}`), ...(await keptByPyenv())]) {
    const other = await findInterpreter(command, signal).catch(() => null);
    signal.throwIfAborted();
    if (other !== null && fits(other, specifier)) return { interpreter: other, mismatch: null };
  }
  const managed = await fromUv(specifier, signal, progress);
  if (typeof managed !== 'string') return { interpreter: managed, mismatch: null };
  const mismatch = `the target asks for Python ${specifier}; here is ${usual.version}, and ${managed}`;
  return { interpreter: usual, mismatch };
}

/** The interpreters that pyenv built; its commands on PATH start those alone that its owner switched to. */
async function keptByPyenv(): Promise<readonly string[]> {
  const folder = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const names = await readdir(folder).catch(() => []);
  const wanted = MINORS.map((minor) => names.filter((name) => name.startsWith(`3.${minor}.`)).sort());
  return wanted.flat().map((name) => join(folder, name, 'bin', 'python3'));
}

/** An interpreter that uv keeps in the cache; or why there is none. */
async function fromUv(
  specifier: string,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<Interpreter | string> {
  const folder = cacheFolder('python', 'managed');
  const uv = async (args: readonly string[]): Promise<{ output: string | null; isMissing: boolean }> => {
    const answer = await execa(UV, ['--no-config', '--no-progress', ...args], {
      cwd: '/',
      stdin: 'ignore',
      reject: false,
      timeout: 120_000,
      cancelSignal: signal,
      env: { UV_PYTHON_INSTALL_DIR: folder, NO_COLOR: '1' },
    });
    signal.throwIfAborted();
    const output = answer.exitCode === 0 ? answer.stdout.trim() : null;
    return { output, isMissing: answer.code === 'ENOENT' };
  };
  const find = async (): Promise<Interpreter | null> => {
    const path =
      (await uv(['python', 'find', '--no-project', '--no-python-downloads', specifier])).output ?? '';
    const found = path === '' ? null : await findInterpreter(path, signal).catch(() => null);
    return found !== null && fits(found, specifier) ? found : null;
  };
  const present = await find();
  if (present !== null) return present;
  progress(`fetching a Python that is ${specifier}`);
  const fetched = await uv(['python', 'install', '--no-bin', specifier]);
  if (fetched.isMissing) return 'uv, which could fetch one, is not installed';
  return (await find()) ?? 'uv could not fetch one: its builds come from a host that does not answer';
}
