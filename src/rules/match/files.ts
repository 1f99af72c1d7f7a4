import { globTest } from '../glob.ts';

/** A test on a file by globs on its name, or on its whole path where the glob has a `/`; without globs every file passes. */
export function fileFilter(globs: readonly string[] | undefined): (path: string) => boolean {
  if (globs === undefined) return () => true;
  const names = globs.filter((glob) => !glob.includes('/'));
  const paths = globs.filter((glob) => glob.includes('/'));
  const byName = globTest(names, true);
  const byPath = globTest(paths, true);
  return (path) => byName(path.slice(path.lastIndexOf('/') + 1)) || byPath(path);
}
