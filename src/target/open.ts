import { lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { targetError } from '../errors.ts';
import type { Target, Unit } from '../model/target.ts';
import { archiveFormatOf, readArchive } from './archive.ts';
import { Collector } from './collector.ts';
import type { OpenLimits } from './limits.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { systemReason } from './system-reason.ts';
import { unitsOf } from './units.ts';
import { readInto, walkDirectory } from './walk.ts';

/**
 * Opens a directory, a file or an archive: reads every byte once, executes nothing, follows no link (but the target itself may be
 * named through one). What cannot be read is in `opaque`.
 * @param path as the user wrote it
 * @throws SbxError of kind `target` when there is no such path or it is neither file nor folder; the signal's reason when aborted
 */
export async function openTarget(
  path: string,
  signal: AbortSignal,
  limits: OpenLimits = DEFAULT_LIMITS,
): Promise<Target> {
  const absolutePath = resolve(path);
  const stat = statOf(absolutePath, path);
  const collector = new Collector(limits);
  const format = stat.isFile() ? archiveFormatOf(absolutePath) : null;
  if (stat.isDirectory()) await walkDirectory(realpathSync(absolutePath), collector, limits, signal);
  else if (!stat.isFile()) throw targetError('target-not-a-file', `${path} is neither a file nor a folder`);
  else if (format !== null) await readArchive(absolutePath, format, collector, limits, signal);
  else await readInto(realpathSync(absolutePath), basename(absolutePath), collector, limits, signal);
  const { files, opaque, digest } = collector.result();
  const kind = stat.isDirectory() ? 'directory' : format === null ? 'file' : 'archive';
  let units: readonly Unit[] | undefined;
  return {
    path,
    kind,
    absolutePath,
    digest,
    files,
    opaque,
    // Telling what they are takes a look into every file of code, which a kept result spares.
    get units() {
      return (units ??= unitsOf(files, basename(absolutePath)));
    },
  };
}

function statOf(absolutePath: string, path: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(absolutePath);
  } catch (error) {
    const isDangling = isLink(absolutePath);
    const message = isDangling ? `${path} is a link that leads nowhere` : `${path}: ${systemReason(error)}`;
    throw targetError('target-not-found', message, 'Give a folder, a file or an archive that exists.', error);
  }
}

function isLink(absolutePath: string): boolean {
  try {
    return lstatSync(absolutePath).isSymbolicLink();
  } catch {
    return false;
  }
}
