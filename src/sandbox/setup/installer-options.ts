import type { Interpreter } from './interpreter.ts';

/** Of pip's `install`. */
export const PIP_OPTIONS = [
  '--disable-pip-version-check',
  '--no-input',
  '--quiet',
  '--retries',
  '1',
  '--timeout',
  '20',
];

/** Reads the machine and the C library out of an interpreter's ABI (`cpython-312-x86_64-linux-gnu`). */
function platformOf({ abi }: Interpreter): { readonly machine: string; readonly isMusl: boolean } {
  return { machine: /-(\w+)-linux-/.exec(abi)?.[1] ?? process.arch, isMusl: abi.endsWith('-musl') };
}

/** `--no-config` keeps uv from reading a project's or a folder's settings; no Python is ever downloaded behind the user's back. */
export function uvOptions(interpreter: Interpreter): readonly string[] {
  const common = ['--no-config', '--no-python-downloads', '--quiet'];
  if (interpreter.isInImage !== true) return [...common, '--python', interpreter.path];
  const { machine, isMusl } = platformOf(interpreter);
  const platform = `${machine}-unknown-linux-${isMusl ? 'musl' : 'gnu'}`;
  return [...common, '--python-version', interpreter.version, '--python-platform', platform];
}
