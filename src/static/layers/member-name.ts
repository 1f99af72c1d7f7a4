import { MAX_NAME_LENGTH } from './bounds.ts';

/** Folders up to this deep keep their names. */
const MAX_PARTS = 64;

/**
 * The name that a member is analysed under: relative, without `..`, of bounded length. Its content counts whatever its name.
 * @returns what is wrong with the name as it stands (zip slip, CWE-22, and its like); null for an honest one
 */
export function memberName(raw: string): { readonly name: string; readonly problem: string | null } {
  // What stops at a NUL character sees only what stands before it.
  const [visible = '', ...behindNul] = raw.slice(0, 0x1_0000).split('\0');
  const slashes = visible.replaceAll('\\', '/');
  const parts = slashes.replace(/^[A-Za-z]:/, '').split('/');
  const kept = parts.filter((part) => part !== '' && part !== '.' && part !== '..').slice(-MAX_PARTS);
  const name = kept.join('/').slice(-MAX_NAME_LENGTH);
  const problem =
    behindNul.length > 0
      ? 'holds a NUL character'
      : slashes.startsWith('/') || /^[A-Za-z]:/.test(slashes)
        ? 'is an absolute path'
        : parts.includes('..')
          ? 'leads out of the archive'
          : null;
  return { name: name === '' ? '(no name)' : name, problem };
}
