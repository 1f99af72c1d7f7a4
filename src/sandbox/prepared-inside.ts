import { posix } from 'node:path';
import type { Mount } from './backend.ts';
import type { Interpreter } from './setup/interpreter.ts';
import type { PreparedEnvironment } from './setup/prepared.ts';

/** Where what `sbx setup` prepared is inside. */
export const PREPARED = {
  interpreter: '/opt/sbx/interpreter',
  /** pip and build backends. */
  build: '/opt/sbx/build',
  /** Where Node looks last, from wherever a program lies. */
  nodePackages: '/node_modules',
} as const;

/** Folders that show the prepared Python and Node packages inside. An interpreter in `/usr` is in every sandbox already. */
export function preparedMounts(prepared: PreparedEnvironment | null): readonly Mount[] {
  if (prepared === null) return [];
  return [
    ...prepared.sites.map((source, index) => ({ source, target: sitePath(index) })),
    ...(prepared.build === null ? [] : [{ source: prepared.build, target: PREPARED.build }]),
    ...(prepared.node === null ? [] : [{ source: prepared.node.folder, target: PREPARED.nodePackages }]),
    ...(isThere(prepared.interpreter)
      ? []
      : [{ source: prepared.interpreter.prefix, target: PREPARED.interpreter }]),
  ];
}

/** What comes first in PATH inside, so that `python3` means the prepared interpreter to scripts, too. */
export function preparedPath(prepared: PreparedEnvironment | null): readonly string[] {
  return prepared === null || isThere(prepared.interpreter) ? [] : [posix.dirname(interpreterPath(prepared))];
}

/** What the prepared interpreter needs in the environment to start. */
export function preparedVariables(prepared: PreparedEnvironment | null): Readonly<Record<string, string>> {
  if (prepared === null || isThere(prepared.interpreter)) return {};
  const { prefix, library = null } = prepared.interpreter;
  if (library === null) return {};
  return {
    LD_LIBRARY_PATH: posix.join(PREPARED.interpreter, posix.relative(prefix, posix.dirname(library))),
  };
}

/** Where the interpreter is inside. */
export function interpreterPath(prepared: PreparedEnvironment | null): string {
  if (prepared === null) return 'python3';
  const { path, prefix } = prepared.interpreter;
  return isThere(prepared.interpreter)
    ? path
    : posix.join(PREPARED.interpreter, posix.relative(prefix, path));
}

/** Where the prepared Python packages are inside, those that win first. */
export function siteFolders(prepared: PreparedEnvironment | null): readonly string[] {
  return (prepared?.sites ?? []).map((_, index) => sitePath(index));
}

/** Whether the sandbox has it without being shown it: one of an image, or of `/usr`. */
function isThere({ prefix, isInImage = false }: Interpreter): boolean {
  return isInImage || prefix === '/usr' || prefix.startsWith('/usr/');
}

function sitePath(index: number): string {
  return `/opt/sbx/site/${index}`;
}
