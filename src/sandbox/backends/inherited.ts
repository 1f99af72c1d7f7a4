import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The flag that closes a descriptor when a program starts (`O_CLOEXEC` on Linux). */
const CLOSE_ON_EXEC = 0o2000000;

/**
 * Descriptors above standard error that whoever started sbx left open and every child would inherit: a way from the sandbox to a file
 * or socket of the host.
 */
function inheritedDescriptors(): number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((descriptor) => descriptor > 2 && isInherited(descriptor));
}

function isInherited(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    // Closed since it was listed.
    return false;
  }
}

/**
 * A command line that first closes what sbx itself inherited. Most callers leave nothing open, and the command stays as it is.
 * @param own how many descriptors from 3 on the command is meant to have
 */
export function withoutInherited(command: readonly string[], own: number): readonly string[] {
  const unwanted = inheritedDescriptors().filter((descriptor) => descriptor >= 3 + own);
  if (unwanted.length === 0) return command;
  // The plain shell of some systems knows descriptors of one digit only.
  const shell = existsSync('/bin/bash') ? '/bin/bash' : '/bin/sh';
  const closing = unwanted.map((descriptor) => `${descriptor}>&-`).join(' ');
  const plain = shell === '/bin/bash' ? ['--noprofile', '--norc'] : [];
  return [shell, ...plain, '-c', `exec ${closing}; exec "$@"`, 'sbx-close', ...command];
}
