import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { configError, messageOf } from '../../errors.ts';

/** A Python of the host's that can be shown to a sandbox. */
export interface Interpreter {
  /** The real binary, absolute, with shims and links resolved. */
  readonly path: string;
  /** The folder that holds the interpreter and its standard library (`sys.base_prefix`). */
  readonly prefix: string;
  /** `3.11`. */
  readonly version: string;
  /** What a compiled wheel must fit: `cpython-311-x86_64-linux-gnu`. */
  readonly abi: string;
  /** The packages of the virtual environment that it was started from; null for an interpreter of its own. */
  readonly site: string | null;
  /**
   * The shared library below `prefix` that the interpreter lives in; absent or null: it has none. Many builds name its place by an
   * absolute path, which is another inside.
   */
  readonly library?: string | null;
  /** True: it is in a container image, so that it cannot be started or shown from here. */
  readonly isInImage?: boolean;
}

/** Every sandbox shows `/usr`; an interpreter from elsewhere has to be mounted and may lie in a folder that others cannot enter. */
const PREFERRED = '/usr/bin/python3';

/** A program for Python 3 that prints what {@link Interpreter} holds of the one that runs it, as JSON on one line. */
export const INTERPRETER_QUESTION = `
import json, os, sys, sysconfig
prefix = os.path.realpath(sys.base_prefix)
shared = sysconfig.get_config_var("INSTSONAME") if sysconfig.get_config_var("Py_ENABLE_SHARED") else None
places = [os.path.join(prefix, folder, shared or "") for folder in ("lib", "lib64")]
print(json.dumps({
    "path": os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable),
    "prefix": prefix,
    "version": "%d.%d" % sys.version_info[:2],
    "site": None if sys.prefix == sys.base_prefix else sysconfig.get_paths()["purelib"],
    "library": next((place for place in places if shared and os.path.isfile(place)), None),
    "abi": sysconfig.get_config_var("SOABI") or sys.implementation.cache_tag,
}))
`;

const OLDEST = [3, 9] as const;

/**
 * Finds the interpreter that the sandbox is to run: the given one, else the system's, else `python3` on PATH. Version managers'
 * shims are followed to the binary behind them by asking it. Nothing of a target is near: isolated mode, started in `/`.
 * @param given the operator's `--python`, or null
 * @throws SbxError of kind `config` when it does not start, is too old, or there is none
 */
export async function findInterpreter(given: string | null, signal?: AbortSignal): Promise<Interpreter> {
  const command = given ?? (existsSync(PREFERRED) ? PREFERRED : 'python3');
  let answer: string;
  try {
    const { stdout } = await execa(command, ['-I', '-c', INTERPRETER_QUESTION], {
      cwd: '/',
      stdin: 'ignore',
      timeout: 20_000,
      ...(signal === undefined ? {} : { cancelSignal: signal }),
    });
    answer = stdout;
  } catch (cause) {
    signal?.throwIfAborted();
    const help = 'Install python3 (3.9 or later), or name one with --python PATH.';
    throw configError('python-not-found', `cannot start ${command}: ${messageOf(cause)}`, help, cause);
  }
  const interpreter = JSON.parse(answer) as Interpreter;
  if (isTooOld(interpreter)) {
    throw configError(
      'python-too-old',
      `${interpreter.path} is Python ${interpreter.version}; the sandbox needs ${OLDEST.join('.')} or later`,
      'Name a newer one with --python PATH.',
    );
  }
  return interpreter;
}

/** True for a Python that the programs of the sandbox do not run with. */
export function isTooOld({ version }: Interpreter): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}
