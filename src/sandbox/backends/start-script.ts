import { randomBytes } from 'node:crypto';
import { SbxError } from '../../errors.ts';
import type { Mount, SandboxCommand, WritableCopy } from '../backend.ts';
import { clockVariables } from '../clock/faketime.ts';
import { PHASE_MARK } from '../recorder/phase-mark.ts';

/** Exit status, and first words on standard error, of a start script that could not do its work: no command may know how to say them. */
const START_FAILED = 125;
export const START_MARK = `sbx-start-${randomBytes(9).toString('hex')}: `;

/**
 * Runs inside, before the command: fills the writable folders from their read-only originals, then becomes the command. Who watches a
 * folder from outside finds it as the working folder of the one who waits at its pipe.
 * Opening a file that is not there tells the system-call recorder that what follows is the command's doing.
 * A shell says 127 for a program that is not there and 126 for one that cannot be run, the same in every backend.
 */
const SCRIPT = `
umask 022
copies=$1 enter=
shift
while [ "$copies" -gt 0 ]; do
  [ -r "$1" ] && [ -x "$1" ] || { echo "${START_MARK}cannot read $1" >&2; exit ${START_FAILED}; }
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    [ -e "$entry" ] || [ -L "$entry" ] || continue
    cp -RPp -- "$entry" "$2/" || { echo "${START_MARK}cannot fill $2" >&2; exit ${START_FAILED}; }
  done
  [ -z "$3" ] || enter=$2/$3
  [ -p "$4" ] && (cd -- "$2" && read -r word <"$4") 2>/dev/null
  shift 4
  copies=$((copies - 1))
done
[ -z "$enter" ] || cd -- "$enter" || { echo "${START_MARK}cannot enter $enter" >&2; exit ${START_FAILED}; }
{ true <${PHASE_MARK}run; } 2>/dev/null
`;
/**
 * In a container a shell stays as the first process: the kernel ignores most signals that a first process sends to itself. It is a shell
 * of its own, since the command can read what its first process was started with.
 */
const ENDINGS = {
  becomes: 'exec "$@"\n',
  waits: `exec /bin/sh -c '"$@"\nexit $?' sbx-wait "$@"\n`,
} as const;

/** Where the original of a writable copy is shown inside. */
export function originalPath(index: number): string {
  return `/run/sbx/original/${index}`;
}

/** The originals of writable copies, as they are shown inside. */
export function originalMounts(copies: readonly WritableCopy[]): readonly Mount[] {
  return copies.map(({ source }, index) => ({ source, target: originalPath(index) }));
}

/**
 * The command line that runs inside: {@link SCRIPT}, the copies, the command.
 * @param ending whether the shell becomes the command or waits for it
 */
export function startCommand(
  command: readonly string[],
  copies: readonly WritableCopy[],
  ending: keyof typeof ENDINGS = 'becomes',
  original: (index: number) => string = originalPath,
): string[] {
  const pairs = copies.flatMap((copy, index) => [
    original(index),
    copy.target,
    copy.enter ?? '',
    copy.gate ?? '',
  ]);
  return [
    '/bin/sh',
    '-c',
    SCRIPT + ENDINGS[ending],
    'sbx-start',
    String(copies.length),
    ...pairs,
    ...command,
  ];
}

/** What the command sees when the caller says nothing else. */
export function insideEnvironment(
  command: SandboxCommand,
  extraPath: readonly string[],
): Record<string, string> {
  return {
    // An image names its own.
    ...(command.image === null
      ? { PATH: [...(command.path ?? []), ...extraPath, '/usr/local/bin', '/usr/bin', '/bin'].join(':') }
      : {}),
    HOME: '/home/user',
    USER: command.world.userName,
    LOGNAME: command.world.userName,
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    // Standard input may be a socket, and bash then reads ~/.bashrc as if for a remote user, unless it runs below another shell.
    SHLVL: '1',
    ...command.world.variables,
    ...(command.image === null ? clockVariables(command.world.clock) : {}),
    ...command.environment,
  };
}

/**
 * Refuses a result that the start script, not the command, brought about.
 * @throws SbxError of kind `sandbox`
 */
export function rejectFailedStart(exit: number | null, stderr: Uint8Array): void {
  if (exit !== START_FAILED) return;
  const text = Buffer.from(stderr).toString('utf8');
  if (!text.includes(START_MARK)) return;
  throw new SbxError(
    'sandbox',
    'start-failed',
    `The sandbox could not be filled: ${text.replaceAll(START_MARK, '').trim().slice(0, 300)}`,
    {
      help: 'Raise the disk limit, or check that the files can be read.',
    },
  );
}
