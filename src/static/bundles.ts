import type { FileTask } from './file-task.ts';

/**
 * Files are looked at together up to this many bytes: enough for nearly every skill, server or environment as a whole, and little
 * enough that threads end at about the same time.
 */
export const BUNDLE_BYTES = 192 * 1024;

/** What a file without text counts: it is only glanced at. */
const BINARY_BYTES = 256;
/** A zero byte up to here makes a file one without text. */
const SNIFFED_BYTES = 1_024;

/** Files of one unit that are analysed together. */
export interface Bundle {
  readonly files: readonly FileTask[];
  /** How much there is to be read, roughly. */
  readonly bytes: number;
}

function weightOf({ content }: FileTask): number {
  return content.subarray(0, SNIFFED_BYTES).includes(0)
    ? Math.min(content.length, BINARY_BYTES)
    : content.length;
}

/** Files together, whatever they weigh. */
export function bundleOf(files: readonly FileTask[]): Bundle {
  return { files, bytes: files.reduce((sum, file) => sum + weightOf(file), 0) };
}

/** The part of a path at a depth when it is a folder; empty for a file that lies here. */
function folderAt(path: string, depth: number): string {
  const parts = path.split('/', depth + 2);
  return parts.length > depth + 1 ? parts[depth]! : '';
}

/** The files of one folder, with those of each folder in it together. */
function byFolder(files: readonly FileTask[], depth: number): readonly (readonly FileTask[])[] {
  const here: FileTask[] = [];
  const folders = new Map<string, FileTask[]>();
  for (const file of files) {
    const name = folderAt(file.path, depth);
    const list = name === '' ? here : (folders.get(name) ?? []);
    list.push(file);
    if (name !== '') folders.set(name, list);
  }
  return [...here.map((file) => [file]), ...folders.values()];
}

/** Puts neighbours together as long as they stay within the bound. */
function merged(groups: readonly Bundle[]): readonly Bundle[] {
  const bundles: Bundle[] = [];
  for (const group of groups) {
    const last = bundles.at(-1);
    if (last !== undefined && last.bytes + group.bytes <= BUNDLE_BYTES)
      bundles[bundles.length - 1] = {
        files: [...last.files, ...group.files],
        bytes: last.bytes + group.bytes,
      };
    else bundles.push(group);
  }
  return bundles;
}

function split(files: readonly FileTask[], depth: number): readonly Bundle[] {
  const whole = bundleOf(files);
  if (whole.bytes <= BUNDLE_BYTES || files.length === 1) return [whole];
  return merged(
    byFolder(files, depth).flatMap((group) =>
      group.length === 1 ? [bundleOf(group)] : split(group, depth + 1),
    ),
  );
}

/**
 * Which files are analysed together: those of a unit when it is small, else those that lie together in its folders.
 * Every file is in one bundle.
 */
export function bundlesOf(tasks: readonly FileTask[]): readonly Bundle[] {
  const units = new Map<string, FileTask[]>();
  for (const task of tasks) {
    const list = units.get(task.unit);
    if (list === undefined) units.set(task.unit, [task]);
    else list.push(task);
  }
  return [...units.values()].flatMap((files) => split(files, 0));
}
