import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
} from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Collector } from './collector.ts';
import { comparePaths, megabytes } from './collector.ts';
import type { OpenLimits } from './limits.ts';
import { systemReason } from './system-reason.ts';

/** Of git's own folder only what git would run or obey is read; the rest is compressed history. */
const GIT_PARTS_READ = new Set(['hooks', 'config', 'info']);

/**
 * Reads every regular file below a folder, sorted, without following a link.
 * @param root absolute path of the folder
 * @throws the signal's reason when aborted
 */
export async function walkDirectory(
  root: string,
  collector: Collector,
  limits: OpenLimits,
  signal: AbortSignal,
): Promise<void> {
  const pending: { path: string; depth: number }[] = [{ path: '', depth: 0 }];
  for (let next = pending.pop(); next !== undefined && !collector.full; next = pending.pop()) {
    signal.throwIfAborted();
    const { path: folder, depth } = next;
    const entries = listFolder(join(root, folder), folder, collector);
    const folders: { path: string; depth: number }[] = [];
    for (const entry of entries) {
      if (collector.full) break;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path.includes('\uFFFD')) collector.leaveOut(path, 'the name is not valid UTF-8: not read', true);
      else if (entry.isDirectory()) {
        if (depth + 1 > limits.maxDepth)
          collector.leaveOut(path, `deeper than ${limits.maxDepth} folders: not read`, true);
        else if (isGitStorage(path, entry.name))
          collector.leaveOut(path, 'storage of git: history is not analysed', false);
        else folders.push({ path, depth: depth + 1 });
      } else if (entry.isSymbolicLink()) noteLink(root, path, collector);
      else if (entry.isFile()) await readInto(join(root, path), path, collector, limits, signal);
      else collector.leaveOut(path, 'not a regular file (pipe, socket or device): not opened', false);
    }
    // Depth first in sorted order: the last pushed is the next taken.
    pending.push(...folders.reverse());
  }
}

/** Reads one file into the collector: whole when it fits, by digest only when it is too large. */
export async function readInto(
  absolutePath: string,
  path: string,
  collector: Collector,
  limits: OpenLimits,
  signal: AbortSignal,
): Promise<void> {
  let descriptor: number;
  try {
    // O_NOFOLLOW and O_NONBLOCK: what was a file when it was listed may be a link or a pipe by now.
    descriptor = openSync(absolutePath, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    collector.leaveOut(path, `cannot be read: ${systemReason(error)}`, true);
    return;
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) {
      collector.leaveOut(path, 'not a regular file: not read', true);
      return;
    }
    const executable = (stat.mode & 0o111) !== 0;
    if (!collector.accepts(path, stat.size)) return;
    if (stat.size > limits.maxFileBytes) {
      const digest = stat.size > limits.maxHashedBytes ? null : await digestOf(absolutePath, signal);
      const reason = `larger than ${megabytes(limits.maxFileBytes)} (${megabytes(stat.size)}): not analysed`;
      collector.addUnread(path, stat.size, digest, executable, reason);
      return;
    }
    collector.add(path, readWhole(descriptor, stat.size), executable);
  } catch (error) {
    signal.throwIfAborted();
    collector.leaveOut(path, `cannot be read: ${systemReason(error)}`, true);
  } finally {
    closeSync(descriptor);
  }
}

function listFolder(absolutePath: string, path: string, collector: Collector): Dirent[] {
  try {
    return readdirSync(absolutePath, { withFileTypes: true }).sort((a, b) => comparePaths(a.name, b.name));
  } catch (error) {
    collector.leaveOut(path === '' ? '.' : path, `the folder cannot be read: ${systemReason(error)}`, true);
    return [];
  }
}

function isGitStorage(path: string, name: string): boolean {
  const parts = path.split('/');
  return parts.at(-2) === '.git' && !GIT_PARTS_READ.has(name);
}

function noteLink(root: string, path: string, collector: Collector): void {
  let goal = '?';
  try {
    goal = readlinkSync(join(root, path));
    lstatSync(join(root, path));
  } catch {
    // The link is gone or unreadable; that it was there is still worth saying.
  }
  collector.leaveOut(path, `symbolic link to ${goal}: not followed`, false);
}

function readWhole(descriptor: number, size: number): Uint8Array {
  const content = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(descriptor, content, filled, size - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return filled === size ? content : content.subarray(0, filled);
}

async function digestOf(absolutePath: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const stream = createReadStream(absolutePath, {
    flags: constants.O_RDONLY | constants.O_NOFOLLOW,
    highWaterMark: 1024 * 1024,
    signal,
  } as unknown as Parameters<typeof createReadStream>[1]);
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
