import { existsSync, lstatSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { configError, messageOf, usageError } from '../errors.ts';
import type { Report } from '../model/report.ts';
import { FORMATS, render } from '../reporters/formats.ts';
import type { Format, RenderOptions } from '../reporters/formats.ts';
import type { CommandContext } from './command.ts';

/** Where a report goes in one format; `file` null is standard output. */
export interface Output {
  readonly format: Format;
  readonly file: string | null;
}

/**
 * Understands `--output`: `FILE` takes the format of `--format`, `FORMAT=FILE` its own. Without any, standard output.
 * @throws SbxError of kind `usage` for a folder that does not exist, before any work is done
 */
export function parseOutputs(values: readonly string[], format: Format): readonly Output[] {
  if (values.length === 0) return [{ format, file: null }];
  return values.map((value) => {
    const prefix = FORMATS.find((name) => value.startsWith(`${name}=`));
    const file = prefix === undefined ? value : value.slice(prefix.length + 1);
    if (file === '')
      throw usageError('output-empty', `--output ${value} names no file`, 'Write --output FORMAT=FILE.');
    checkWritable(file);
    return { format: prefix ?? format, file };
  });
}

/** Renders the report once per output and writes it; a file appears whole or not at all. */
export async function writeReport(
  report: Report,
  outputs: readonly Output[],
  options: RenderOptions,
  context: CommandContext,
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = await render(
      report,
      format,
      file === null ? options : { ...options, color: false, columns: undefined },
    );
    if (file === null) context.stdout(text);
    else writeWhole(file, text);
  }
}

/** What the system keeps in these folders is written to where it is: `/dev/stdout` is a link, `/dev/null` a device. */
const OF_THE_SYSTEM = /^\/(?:dev|proc)\//;

/** True for a device, a pipe or a socket: a file that is moved to its place would take it away from everybody. */
function isNoFile(file: string): boolean {
  if (OF_THE_SYSTEM.test(resolve(file))) return existsSync(file);
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isSymbolicLink();
}

/** Writes a file beside its place and moves it there; what is no file is written to. */
export function writeWhole(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.tmp`;
  try {
    if (isNoFile(file)) {
      writeFileSync(file, text);
      return;
    }
    writeFileSync(fresh, text);
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw configError(
      'output-unwritable',
      `${file} cannot be written: ${messageOf(error)}`,
      undefined,
      error,
    );
  }
}

/**
 * Sees to it that a file can be written there.
 * @throws SbxError of kind `usage` when its folder is missing or it is a folder itself
 */
export function checkWritable(file: string): void {
  const folder = dirname(resolve(file));
  if (!existsSync(folder))
    throw usageError('output-folder', `${folder} does not exist`, 'Create it, or write elsewhere.');
  if (existsSync(file) && statSync(file).isDirectory())
    throw usageError('output-is-folder', `${file} is a folder`);
}
