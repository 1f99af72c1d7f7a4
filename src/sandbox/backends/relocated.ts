import { realpathSync } from 'node:fs';
import { mkdir, chmod, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SbxError } from '../../errors.ts';
import type { Mount, SandboxCommand, SandboxResult, WritableCopy } from '../backend.ts';
import { rewritePaths, type Relocation } from './rewrite-paths.ts';

/** The host's own path of something to show inside. @throws SbxError of kind `sandbox` when it is not there */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new SbxError('sandbox', 'sandbox-setup', `Cannot show ${path} inside: it is not there`, { cause });
  }
}

/** Where things are for a sandbox that cannot map paths: a folder of links, named as the command expects them. */
export interface View {
  /** From what the command is told to what is there. */
  readonly relocations: readonly Relocation[];
  /** What the links lead to. */
  readonly sources: readonly string[];
}

/**
 * Lays out a view.
 * @param folder an empty folder of the run, which everybody may pass through
 * @param writable folders of the run for what the command may write, by the path that it is told
 */
export async function layOutView(
  folder: string,
  mounts: readonly Mount[],
  writable: readonly Relocation[],
): Promise<View> {
  const relocations: Relocation[] = [...writable];
  const sources: string[] = [];
  for (const { source, target } of mounts) {
    const real = realPath(source);
    const place = join(folder, target);
    await makeFolders(dirname(place), folder);
    await symlink(real, place);
    sources.push(real);
    relocations.push({ from: target, to: place });
    // A program that lies beside others is found by its folder, as PATH names it.
    const parent = dirname(target);
    if (parent.startsWith('/opt/') && !relocations.some(({ from }) => from === parent))
      relocations.push({ from: parent, to: dirname(place) });
  }
  return { relocations, sources };
}

async function makeFolders(path: string, base: string): Promise<void> {
  if (path === base) return;
  await makeFolders(dirname(path), base);
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
}

/** A command whose words, variables and working folder name what is there. Standard input and text inside files stay as they are. */
export function relocate(command: SandboxCommand, relocations: readonly Relocation[]): SandboxCommand {
  const rewrite = (text: string): string => rewritePaths(text, relocations);
  return {
    ...command,
    command: command.command.map(rewrite),
    workingDirectory: rewrite(command.workingDirectory),
    environment: rewriteValues(command.environment, relocations),
    copies: command.copies.map((copy) => relocateCopy(copy, rewrite)),
  };
}

/** The same copy with paths that name what is there. */
export function relocateCopy(copy: WritableCopy, rewrite: (path: string) => string): WritableCopy {
  const { target, gate } = copy;
  return { ...copy, target: rewrite(target), ...(gate === undefined ? {} : { gate: rewrite(gate) }) };
}

/** The same names with values that name what is there. */
export function rewriteValues(
  variables: Readonly<Record<string, string>>,
  relocations: readonly Relocation[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, rewritePaths(value, relocations)]),
  );
}

/** A result that speaks of the paths that the command was told, not of the run's folder. */
export function restorePaths(result: SandboxResult, relocations: readonly Relocation[]): SandboxResult {
  const back = relocations
    .map(({ from, to }) => ({ from: to, to: from }))
    .sort((one, other) => other.from.length - one.from.length);
  const restore = (text: string): string =>
    back.reduce((restored, { from, to }) => restored.replaceAll(from, to), text);
  // Byte by byte, so that what is not text stays as it was.
  const inBytes = (bytes: Uint8Array): Uint8Array =>
    Buffer.from(restore(Buffer.from(bytes).toString('latin1')), 'latin1');
  return {
    ...result,
    stdout: inBytes(result.stdout),
    stderr: inBytes(result.stderr),
    events: result.events.map((event) => ({ ...event, detail: restore(event.detail) })),
  };
}
