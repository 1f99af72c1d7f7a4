import { SbxError } from '../../errors.ts';
import type { SandboxCommand, WritableCopy } from '../backend.ts';

/** Exit status, and first words on standard error, of a start script that could not do its work. */
const START_FAILED = 125;
const START_MARK = 'sbx-start: ';

/**
 * Runs inside, before the command: fills the writable folders from their read-only originals, then becomes the command.
 * A shell says 127 for a program that is not there and 126 for one that cannot be run, the same in every backend.
 */
const SCRIPT = `
copies=$1
shift
while [ "$copies" -gt 0 ]; do
  cp -RPp -- "$1/." "$2/" || { echo "${START_MARK}cannot fill $2" >&2; exit ${START_FAILED}; }
  shift 2
  copies=$((copies - 1))
done
exec "$@"
`;

/** Where the original of a writable copy is shown inside. */
export function originalPath(index: number): string {
  return `/run/sbx/original/${index}`;
}

/** The command line that runs inside: {@link SCRIPT}, the copies, the command. */
export function startCommand(
  command: readonly string[],
  copies: readonly WritableCopy[],
  original: (index: number) => string = originalPath,
): string[] {
  const pairs = copies.flatMap((copy, index) => [original(index), copy.target]);
  return ['/bin/sh', '-c', SCRIPT, 'sbx-start', String(copies.length), ...pairs, ...command];
}

/** What the command sees when the caller says nothing else. */
export function insideEnvironment(
  command: SandboxCommand,
  extraPath: readonly string[],
): Record<string, string> {
  return {
    PATH: [...extraPath, '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    HOME: '/home/user',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
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
    `The sandbox could not be filled: ${text.trim().slice(0, 300)}`,
    {
      help: 'Raise the disk limit, or check that the files can be read.',
    },
  );
}
