import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Texts of the files below a folder by path. */
export function textsBelow(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** The lines of a text, counted from 1, between the part that it begins like another with and the one that it ends like it with. */
export function changedRegion(before: string, after: string): { first: number; last: number; added: number } {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const known = new Set(old);
  // A passage that was only taken away has its place between two lines: the one after it.
  return {
    first: head + 1,
    last: Math.max(head + 1, now.length - tail),
    added: now.filter((line) => line.trim() !== '' && !known.has(line)).length,
  };
}
