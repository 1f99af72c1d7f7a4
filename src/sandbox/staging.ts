import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SbxError } from '../errors.ts';
import type { TargetFile } from '../model/target.ts';
import { removeAtTheEnd } from './backends/folder-guardian.ts';

const NAME = /^sbx-(\d+)-(\d+)-(\d+)-[0-9a-f]{12}$/;

/** When a process began, in clock ticks since boot (`/proc/PID/stat`, field 22): tells it from a later one with the same id. */
function startOf(pid: number | 'self'): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** The number of this process's PID namespace; ids of another namespace mean other processes. */
function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

/** A name that says which process owns a thing: `sbx-<PID namespace>-<PID>-<start>-<random>`. Also valid as a container name. */
export function ownedName(): string {
  const random = randomBytes(6).toString('hex');
  return `sbx-${pidNamespace()}-${process.pid}-${startOf('self') ?? '0'}-${random}`;
}

/** True when a name was made by {@link ownedName} in this PID namespace and its process is gone. */
export function isOrphan(name: string): boolean {
  const match = NAME.exec(name);
  if (match === null || match[1] !== pidNamespace()) return false;
  return startOf(Number(match[2])) !== match[3];
}

/**
 * A fresh folder of our own below the system's temporary folder, with a name that is not guessed: others may pass through it to
 * what they were told of, and cannot list it. Whoever makes it removes it when done; should sbx end before that, even by SIGKILL,
 * it goes too.
 */
export async function privateFolder(name: string = ownedName()): Promise<string> {
  const folder = join(tmpdir(), name);
  removeAtTheEnd(folder);
  await mkdir(folder, { mode: 0o711 });
  // The umask may have taken the passage bits away.
  await chmod(folder, 0o711);
  return folder;
}

/** Removes the private folders of processes that died without doing so. Never throws: what cannot be removed is left. */
export async function sweepFolders(): Promise<void> {
  if (process.platform !== 'linux') return;
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter(isOrphan)) {
    const path = join(tmpdir(), name);
    const status = await lstat(path).catch(() => null);
    // Another user can make a folder of such a name; theirs is not ours to remove.
    if (status === null || !status.isDirectory() || status.uid !== process.getuid?.()) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/**
 * Writes files of a target, from memory, where a sandboxed process of another user can read them.
 * @param folder absolute path; made when absent, with mode 0755 like every folder below
 * @returns the number of files written; those without content are left out
 * @throws SbxError of kind `sandbox` when the disk refuses, or for a path that would leave the folder
 */
export async function stageFiles(files: readonly TargetFile[], folder: string): Promise<number> {
  let written = 0;
  const made = new Set<string>();
  try {
    await makeFolders(folder, dirname(folder), made);
    for (const file of files) {
      if (file.content === null) continue;
      const parts = file.path.split('/');
      if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0'))) {
        throw new Error(`not a path below the target: ${JSON.stringify(file.path)}`);
      }
      const path = join(folder, ...parts);
      await makeFolders(dirname(path), folder, made);
      const mode = file.executable ? 0o755 : 0o644;
      // `wx` refuses an existing name, so nothing is ever written through a link.
      await writeFile(path, file.content, { mode, flag: 'wx' });
      await chmod(path, mode);
      written += 1;
    }
  } catch (cause) {
    throw new SbxError('sandbox', 'staging-failed', `Cannot lay out the target's files: ${String(cause)}`, {
      help: `Check the free space in ${tmpdir()}.`,
      cause,
    });
  }
  return written;
}

/** Makes `path` and what is missing between it and `base`, readable by everybody. */
async function makeFolders(path: string, base: string, made: Set<string>): Promise<void> {
  const missing: string[] = [];
  for (let current = path; current !== base && !made.has(current); current = dirname(current)) {
    missing.push(current);
    if (current === dirname(current)) break;
  }
  for (const current of missing.reverse()) {
    const isNew = await mkdir(current, { mode: 0o755 }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    if (isNew) await chmod(current, 0o755);
    made.add(current);
  }
}
