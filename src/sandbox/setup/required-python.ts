import * as pep440 from '@renovatebot/pep440';
import { parse as parseToml } from 'smol-toml';
import { execa } from 'execa';
import { cacheFolder } from '../../cache-folder.ts';
import type { Target } from '../../model/target.ts';
import { beginningOf } from '../plan/text.ts';
import type { Interpreter } from './interpreter.ts';
import { findInterpreter } from './interpreter.ts';

/** Fetches builds of Python; need not be here. */
const UV = 'uv';

const SPECIFIER = /^[\s\d.,<>=!~*]{1,100}$/;
/** Minor versions of Python 3 that are asked for by name, newest of the common ones first. */
const MINORS = [13, 12, 11, 10, 14, 9];

/** The versions of Python that a target asks for (`>=3.11,<3.13`), or null when it does not say. */
export function requiredPython(target: Target): string | null {
  for (const { path } of target.units) {
    const prefix = path === '.' ? '' : `${path}/`;
    for (const file of target.files) {
      if (!file.path.startsWith(prefix)) continue;
      const name = file.path.slice(prefix.length);
      const found =
        name === 'pyproject.toml'
          ? ofProject(beginningOf(file))
          : name === 'setup.cfg'
            ? /^python_requires\s*=\s*(.+)$/m.exec(beginningOf(file))?.[1]
            : name === 'PKG-INFO' || /^[^/]+\.dist-info\/METADATA$/.test(name)
              ? /^Requires-Python:\s*(.+)$/m.exec(beginningOf(file))?.[1]
              : undefined;
      const specifier = found?.trim();
      if (specifier !== undefined && SPECIFIER.test(specifier)) return specifier;
    }
  }
  return null;
}

function ofProject(text: string): string | undefined {
  try {
    const { project } = parseToml(text) as { project?: { 'requires-python'?: unknown } };
    const specifier = project?.['requires-python'];
    return typeof specifier === 'string' ? specifier : undefined;
  } catch {
    // The static stage says that it cannot be read.
    return undefined;
  }
}

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
 * Finds an interpreter that fits: the usual one, another of the system's, one that uv has or can fetch. Where none can be had, the usual
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
  for (const minor of MINORS) {
    const other = await findInterpreter(`python3.${minor}`, signal).catch(() => null);
    signal.throwIfAborted();
    if (other !== null && fits(other, specifier)) return { interpreter: other, mismatch: null };
  }
  const managed = await fromUv(specifier, signal, progress);
  if (typeof managed !== 'string') return { interpreter: managed, mismatch: null };
  const mismatch = `the target asks for Python ${specifier}; here is ${usual.version}, and ${managed}`;
  return { interpreter: usual, mismatch };
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
