import { existsSync, lstatSync, readlinkSync } from 'node:fs';

/** Folders of programs and libraries, in the host's root; on most hosts all but the first are links into it. */
export const SYSTEM = ['usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'] as const;

/** What programs need of the host's `/etc`. */
export const ETC_SHOWN = [
  '/etc/ld.so.cache',
  '/etc/alternatives',
  '/etc/localtime',
  '/etc/ssl/certs',
  '/etc/mime.types',
] as const;

/** Those of {@link SYSTEM} that are folders on this host. */
export function systemFolders(): readonly string[] {
  return SYSTEM.filter((name) => existsSync(`/${name}`) && !isLink(name));
}

/** Those of {@link SYSTEM} that are links on this host, and where they lead. */
export function systemLinks(): readonly (readonly [name: string, target: string])[] {
  return SYSTEM.filter(isLink).map((name) => [name, readlinkSync(`/${name}`)]);
}

function isLink(name: string): boolean {
  return lstatSync(`/${name}`, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
