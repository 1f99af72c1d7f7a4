import { globRegex } from '../classes.ts';

/** A test on a file by globs on its name, or on its whole path where the glob has a `/`; without globs every file passes. */
export function fileFilter(globs: readonly string[] | undefined): (path: string) => boolean {
  if (globs === undefined) return () => true;
  const names = globs.filter((glob) => !glob.includes('/'));
  const paths = globs.filter((glob) => glob.includes('/'));
  const byName = names.length === 0 ? null : globRegex(names, true);
  const byPath = paths.length === 0 ? null : globRegex(paths, true);
  return (path) =>
    byName?.test(path.slice(path.lastIndexOf('/') + 1)) === true || byPath?.test(path) === true;
}
