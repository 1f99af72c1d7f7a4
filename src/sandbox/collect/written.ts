import { inflateSync } from 'node:zlib';
import { objectIn } from '../recorder/json-line.ts';

/** A file that a run left in a writable place, as it was when the run ended. Nothing of it is ever executed. */
interface WrittenFile {
  /** Absolute, as it was inside: `/tmp/stage2.sh`. */
  readonly path: string;
  /** Its content, or the beginning of it. */
  readonly content: Uint8Array;
  /** Bytes of the whole file. */
  readonly size: number;
  readonly executable: boolean;
}

/** What a run left behind. */
export interface Written {
  /** By folder and path. */
  readonly files: readonly WrittenFile[];
  /** Regular files that were not taken along: too many, or too large for what was left of the room. */
  readonly leftOut: number;
  /** False when the run ended in a way that took its files along. */
  readonly isCollected: boolean;
  /** The command was ended for lack of time, by its parent inside. */
  readonly isOutOfTime: boolean;
  /** `DEVICE:INODE` of those files that were there before the command and that the one who collects opened, as often as it did. */
  readonly opened: readonly string[];
}

/** Files of a run that are taken along, bytes of each, and bytes of all of them as they travel (packed, in base 64). */
export const MOST_FILES = 200;
export const MOST_FILE_BYTES = 512 * 1024;
export const MOST_BYTES = 768 * 1024;

/**
 * Takes what {@link ../guest/collect.py} sent out of a run's standard output.
 * @param folders the watched folders, in the order the program was given them
 * @returns what was written, and the output without these lines
 */
export function takeWritten(
  stdout: string,
  nonce: string,
  folders: readonly string[],
): { readonly written: Written; readonly rest: string } {
  const files: WrittenFile[] = [];
  const rest: string[] = [];
  let leftOut = 0;
  let isCollected = false;
  let isOutOfTime = false;
  const opened: string[] = [];
  for (const line of stdout.split('\n')) {
    if (!line.startsWith(nonce)) {
      rest.push(line);
      continue;
    }
    // The line break before each record is not the program's.
    if (rest.at(-1) === '') rest.pop();
    const record = objectIn(line.slice(nonce.length));
    if (record?.['t'] === 'limit') isOutOfTime = true;
    else if (record?.['t'] === 'collected') {
      isCollected = true;
      leftOut += typeof record['leftOut'] === 'number' ? record['leftOut'] : 0;
      if (Array.isArray(record['opened']))
        opened.push(...record['opened'].filter((id) => typeof id === 'string'));
    } else if (record !== null) {
      const file = fileOf(record, folders);
      if (file === null || files.length >= MOST_FILES) leftOut += 1;
      else files.push(file);
    }
  }
  return { written: { files, leftOut, isCollected, isOutOfTime, opened }, rest: rest.join('\n') };
}

function fileOf(record: Readonly<Record<string, unknown>>, folders: readonly string[]): WrittenFile | null {
  const { folder, path, size, executable, data } = record;
  const base = typeof folder === 'number' ? folders[folder] : undefined;
  if (base === undefined || typeof path !== 'string' || typeof data !== 'string') return null;
  const parts = path.split('/');
  if (path === '' || parts.some((part) => part === '' || part === '.' || part === '..')) return null;
  try {
    const content = inflateSync(Buffer.from(data, 'base64'), { maxOutputLength: MOST_FILE_BYTES });
    return {
      path: `${base}/${path}`,
      content,
      size: typeof size === 'number' ? size : content.length,
      executable: executable === true,
    };
  } catch {
    // Cut off by the limit on output.
    return null;
  }
}
