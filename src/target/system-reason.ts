import { messageOf } from '../errors.ts';

const REASON_OF_CODE: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'the links go round in a circle',
  ENAMETOOLONG: 'the name is too long',
};

/** What the system said, in words and without the absolute path that its own message names. */
export function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return (
    (code === undefined ? undefined : REASON_OF_CODE[code]) ?? messageOf(error).replace(/, \w+ '.*'$/, '')
  );
}
