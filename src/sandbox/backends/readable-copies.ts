import { chmod, copyFile, link, lstat, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SbxError } from '../../errors.ts';
import type { Mount } from '../backend.ts';
import { realPath } from './relocated.ts';

/** Files and folders that are put elsewhere for one mount at most. */
const MOST_ENTRIES = 200_000;

/**
 * The same mounts, each from where an ordinary user can reach it. As root, what lies below a folder that only root may enter is put
 * below `folder`: by hard links, which cost next to nothing, or copied where it lies on another disk. Its own mode stays, so that what
 * only root may read stays closed.
 */
export async function readableCopies(mounts: readonly Mount[], folder: string): Promise<readonly Mount[]> {
  if (process.getuid?.() !== 0) return mounts;
  const readable: Mount[] = [];
  for (const [index, mount] of mounts.entries()) {
    const source = realPath(mount.source);
    if (await isReachable(source)) {
      readable.push({ ...mount, source });
      continue;
    }
    const place = join(folder, String(index), basename(source));
    await mkdir(dirname(place), { recursive: true });
    for (const each of [folder, dirname(place)]) await chmod(each, 0o755);
    await putThere(source, place);
    readable.push({ ...mount, source: place });
  }
  return readable;
}

/** True when everybody may pass through all folders above a path. */
async function isReachable(path: string): Promise<boolean> {
  for (let above = dirname(path); above !== '/'; above = dirname(above)) {
    if (((await stat(above)).mode & 0o001) === 0) return false;
  }
  return true;
}

async function putThere(source: string, place: string): Promise<void> {
  const waiting: (readonly [from: string, to: string])[] = [[source, place]];
  let entries = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [from, to] = next;
    entries += 1;
    if (entries > MOST_ENTRIES) {
      throw new SbxError('sandbox', 'sandbox-setup', `Too many files below ${source} to show them inside`, {
        help: 'Move it to a folder that everybody may enter, or take another --backend.',
      });
    }
    const status = await lstat(from);
    if (status.isDirectory()) {
      await mkdir(to);
      waiting.push(
        ...(await readdir(from)).map((name): [string, string] => [join(from, name), join(to, name)]),
      );
      await chmod(to, status.mode & 0o777);
    } else if (status.isSymbolicLink()) {
      await symlink(await readlink(from), to);
    } else if (status.isFile()) {
      await link(from, to).catch(() => copyFile(from, to));
    }
  }
}
