import { createHash } from 'node:crypto';
import type { Opaque, TargetFile } from '../model/target.ts';
import { sha256 } from '../sha256.ts';
import type { OpenLimits } from './limits.ts';

/** Gathers the files of a target from wherever they come, holds them to the limits, and keeps account of what was left out. */
export class Collector {
  private readonly limits: OpenLimits;
  private readonly files = new Map<string, TargetFile>();
  private readonly opaque: Opaque[] = [];
  private totalBytes = 0;
  private isFull = false;

  constructor(limits: OpenLimits) {
    this.limits = limits;
  }

  /** True when the next file of this size may still be read; says in the account why not otherwise. */
  accepts(path: string, size: number): boolean {
    if (this.files.size >= this.limits.maxFiles) {
      if (!this.isFull) {
        this.isFull = true;
        this.leaveOut(
          path,
          `more than ${this.limits.maxFiles} files: this one and all after it were not read`,
          true,
        );
      }
      return false;
    }
    if (this.totalBytes + Math.min(size, this.limits.maxFileBytes) > this.limits.maxTotalBytes) {
      this.leaveOut(
        path,
        `the target is larger than ${megabytes(this.limits.maxTotalBytes)}: not read`,
        true,
      );
      return false;
    }
    return true;
  }

  /** True once {@link accepts} has refused a file for their number: a walk may stop. */
  get full(): boolean {
    return this.isFull;
  }

  /** Takes a file that was read whole. */
  add(path: string, content: Uint8Array, executable: boolean): void {
    if (this.files.has(path)) {
      this.leaveOut(path, 'the name appears twice in the archive: only the first was read', true);
      return;
    }
    this.totalBytes += content.byteLength;
    const digest = sha256(content);
    this.files.set(path, { path, size: content.byteLength, digest, executable, content });
  }

  /** Takes a file of which only the digest (or not even that) is known. */
  addUnread(path: string, size: number, digest: string | null, executable: boolean, reason: string): void {
    this.files.set(path, { path, size, digest, executable, content: null });
    this.leaveOut(path, reason, true);
  }

  /** Notes something that is not analysed. */
  leaveOut(path: string, reason: string, blocking: boolean): void {
    this.opaque.push({ path, reason, blocking });
  }

  /** Everything taken, sorted by path. */
  result(): {
    readonly files: readonly TargetFile[];
    readonly opaque: readonly Opaque[];
    readonly digest: string;
  } {
    const files = [...this.files.values()].sort((a, b) => comparePaths(a.path, b.path));
    const opaque = [...this.opaque].sort(
      (a, b) => comparePaths(a.path, b.path) || comparePaths(a.reason, b.reason),
    );
    return { files, opaque, digest: treeDigest(files, opaque) };
  }
}

/** Orders paths by code unit, the same on every machine and in every locale. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Bytes as whole mebibytes, for messages. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MiB`;
}

/** One digest for the whole tree: names, contents, modes, and what could not be read. Independent of order, dates and owners. */
function treeDigest(files: readonly TargetFile[], opaque: readonly Opaque[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file.path}\0${file.executable ? 'x' : '-'}\0${file.digest ?? `unread:${file.size}`}\n`);
  }
  const known = new Set(files.map((file) => file.path));
  for (const item of opaque) if (!known.has(item.path)) hash.update(`${item.path}\0opaque:${item.reason}\n`);
  return `sha256:${hash.digest('hex')}`;
}
