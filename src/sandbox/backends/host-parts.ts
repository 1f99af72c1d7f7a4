/** Folders of programs and libraries; on most hosts all but the first are links into it. */
export const SYSTEM = ['usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'] as const;

/** What programs need of the host's `/etc`. */
export const ETC_SHOWN = [
  '/etc/ld.so.cache',
  '/etc/alternatives',
  '/etc/localtime',
  '/etc/ssl/certs',
  '/etc/mime.types',
] as const;
