import { randomBytes } from 'node:crypto';
import type { Limits } from '../backend.ts';
import type { GuestCommand } from '../inside.ts';
import { INSIDE } from '../inside.ts';
import { MOST_BYTES, MOST_FILE_BYTES, MOST_FILES } from './written.ts';

/** Folders that every sandbox lets a program write to. */
const WRITABLE = ['/tmp', '/dev/shm', INSIDE.home] as const;

/** What the parent inside gets for ending things and handing files out, after the command's own time, in milliseconds. */
const GRACE_MS = 2_000;

/** A command that is started by a parent inside which hands out the files it left. */
export interface Collecting {
  readonly guest: GuestCommand;
  readonly limits: Limits;
  readonly nonce: string;
  readonly folders: readonly string[];
}

interface CollectingOptions {
  /** Further writable folders. */
  readonly extra?: readonly string[];
  /** True: what the command does before it names a phase is the sandbox's own doing, and told of nobody. */
  readonly startsAside?: boolean;
}

/**
 * Puts the collecting parent around a command. It ends the command when its time is up, before the sandbox itself is ended, so that
 * the files of what never ends are seen too.
 * @param python the interpreter inside; null where no program can start another: the command then runs as it is
 * @param isCertain false for an image, which may have no Python: the command then runs without the parent
 */
export function collecting(
  guest: GuestCommand,
  limits: Limits,
  python: string | null,
  isCertain: boolean,
  { extra = [], startsAside = false }: CollectingOptions = {},
): Collecting {
  const nonce = `sbx-${randomBytes(12).toString('hex')}:`;
  const folders = [...WRITABLE, ...extra];
  if (python === null) return { guest, limits, nonce, folders };
  const settings = JSON.stringify({
    nonce,
    seconds: limits.wallMs / 1000,
    mostFiles: MOST_FILES,
    mostFileBytes: MOST_FILE_BYTES,
    mostBytes: MOST_BYTES,
    startsAside,
  });
  const program = [python, '-I', '-S', '-B', `${INSIDE.guest}/collect.py`, ...folders, '--'];
  const command = isCertain
    ? [...program, ...guest.command]
    : ['/bin/sh', '-c', PERHAPS, 'sbx-start', String(program.length), ...program, ...guest.command];
  return {
    guest: { ...guest, command, stdin: `${settings}\n${guest.stdin}` },
    limits: {
      ...limits,
      wallMs: limits.wallMs + GRACE_MS,
      outputBytes: limits.outputBytes + MOST_BYTES + MOST_FILES * 1024,
    },
    nonce,
    folders,
  };
}

/** Starts the parent where its interpreter is; else takes its settings from standard input and becomes the command. */
const PERHAPS = `
words=$1
shift
command -v "$1" >/dev/null 2>&1 && exec "$@"
IFS= read -r settings
shift "$words"
exec "$@"
`;
