import { messageOf } from '../../errors.ts';
import { crc32 } from '../detectors/crc32.ts';
import { BoundHit } from './budget.ts';
import type { Container } from './container.ts';
import { Links } from './links.ts';
import { isZeroTensor } from './models/torch-storage.ts';
import type { Unpacking } from './unpacking.ts';
import { descriptorBytes, hasSizesBehind, isEncrypted, unpackData } from './zip-data.ts';
import {
  type DirectoryEntry,
  directoryOf,
  type LocalHeader,
  localHeaderAt,
  type ZipDirectory,
  type ZipHeader,
} from './zip-directory.ts';
import { lookBetween, type Range } from './zip-gaps.ts';

const UNIX_TYPE_MASK = 0o170000;
const UNIX_LINK = 0o120000;
/** Shorter comments say nothing to an agent. */
const MIN_COMMENT_BYTES = 16;

/** One archive while it is read. */
class Reading {
  readonly #unpacking: Unpacking;
  readonly #links = new Links();
  /** The parts of the file that members of the directory account for. */
  readonly ranges: Range[] = [];
  readonly #encrypted: string[] = [];

  constructor(unpacking: Unpacking) {
    this.#unpacking = unpacking;
  }

  /** Members are read as the directory describes them and, where their own headers do not agree, as those do too. */
  entry(entry: DirectoryEntry): void {
    const local = localHeaderAt(this.#unpacking.bytes, entry.at);
    if (local === null) {
      this.#unpacking.closedMember(entry.name, 'it is not where the directory says', true);
      return;
    }
    const { dataAt } = local;
    const end = this.#member(entry, entry, dataAt);
    const behind = hasSizesBehind(local) ? descriptorBytes(this.#unpacking.bytes, end) : 0;
    this.ranges.push({ start: entry.at, end: Math.min(end + behind, this.#unpacking.bytes.length) });
    const disagreement = disagreementOf(entry, local);
    if (disagreement === null) return;
    this.#unpacking.see(
      'archive-hidden-member',
      `${local.name} (its own header and the directory differ in ${disagreement})`,
    );
    // A name that is shown otherwise is no other content, but may make another use of it.
    this.#member(
      { ...local, packedBytes: hasSizesBehind(local) ? entry.packedBytes : local.packedBytes },
      entry,
      dataAt,
    );
  }

  /** A member that only its own header tells of. @returns where its data ends */
  hidden(local: LocalHeader, isKnown: boolean): number {
    if (!isKnown)
      this.#unpacking.see('archive-hidden-member', `${local.name} (not in the archive's directory)`);
    return this.#member(local, { mode: 0 }, local.dataAt);
  }

  /** Says once what concerns many members. */
  finish(): void {
    const [first] = this.#encrypted;
    if (first !== undefined)
      this.#unpacking.see('encrypted-archive', `${this.#encrypted.length} encrypted, the first: ${first}`);
    const overlapping = overlapsIn(this.ranges);
    if (overlapping > 0) {
      this.#unpacking.see('archive-overlapping-members', `${overlapping} members share their data`);
      this.#unpacking.miss('members share their data (a bomb?)');
    }
  }

  /** @returns where its data ends */
  #member(header: ZipHeader, { mode }: Pick<DirectoryEntry, 'mode'>, dataAt: number): number {
    const claimedEnd = Math.min(dataAt + header.packedBytes, this.#unpacking.bytes.length);
    const { name } = header;
    if (this.#links.isBehindOne(name))
      this.#unpacking.see('archive-hostile-name', `${name} is written through a link`);
    if (name.endsWith('/') && header.packedBytes === 0) return claimedEnd;
    try {
      const { content, end } = unpackData(this.#unpacking, header, dataAt);
      if ((mode & UNIX_TYPE_MASK) === UNIX_LINK && !isEncrypted(header)) {
        this.#links.add(name);
        const target = Buffer.from(content.subarray(0, 1_000)).toString('utf8');
        this.#unpacking.closedMember(name, `symbolic link to ${target}: not followed`, false);
      } else if (isEncrypted(header) && crc32(content) !== header.crc) this.#closed(name);
      else if (isZeroTensor(name, content))
        this.#unpacking.closedMember(name, 'a tensor of zeros: nothing to look into', false);
      else this.#unpacking.member(name, content);
      return end ?? claimedEnd;
    } catch (error) {
      // A flag may claim encryption that is not there: readers that do not ask it get the content, as above.
      if (isEncrypted(header)) this.#closed(name);
      else this.#failed(name, error);
      return claimedEnd;
    }
  }

  #closed(name: string): void {
    this.#encrypted.push(name);
    this.#unpacking.closedMember(name, 'encrypted: cannot be analysed', true);
  }

  #failed(name: string, error: unknown): void {
    const isBomb = error instanceof BoundHit && error.isBomb;
    const reason = error instanceof BoundHit ? error.message : `cannot be unpacked: ${messageOf(error)}`;
    this.#unpacking.closedMember(
      name,
      reason,
      true,
      isBomb ? [{ name: 'decompression-bomb', detail: name }] : [],
    );
  }
}

/** In what a reader of the directory and a reader of the stream would not agree. */
function disagreementOf(entry: DirectoryEntry, local: LocalHeader): string | null {
  const differing = [
    ...(entry.name === local.name ? [] : ['name']),
    ...(entry.method === local.method ? [] : ['packing']),
    ...(hasSizesBehind(local) || entry.packedBytes === local.packedBytes ? [] : ['size']),
  ];
  return differing.length === 0 ? null : differing.join(' and ');
}

/** How many ranges begin inside another one; the same member twice is harmless. */
function overlapsIn(ranges: readonly Range[]): number {
  const ordered = [...ranges].sort((a, b) => a.start - b.start || a.end - b.end);
  let count = 0;
  let reach = 0;
  let last = -1;
  for (const { start, end } of ordered) {
    if (start < reach && start !== last) count++;
    reach = Math.max(reach, end);
    last = start;
  }
  return count;
}

function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const directory = directoryOf(bytes);
  const reading = new Reading(unpacking);
  if (directory === null) unpacking.miss('it has no directory at its end: cut off, or one part of several');
  else if (directory.isOneOfSeveral) unpacking.miss('it is one part of several');
  for (const entry of directory?.entries ?? []) reading.entry(entry);
  if (directory !== null) tellOf(directory, unpacking);
  lookBetween(unpacking, directory, reading.ranges, (local) => reading.hidden(local, directory === null));
  reading.finish();
}

function tellOf({ comment, end }: ZipDirectory, unpacking: Unpacking): void {
  if (comment.length >= MIN_COMMENT_BYTES) unpacking.part(end - comment.length, 'comment', comment);
}

/** Begins as a zip archive does. */
export const zip: Container = {
  name: 'zip archive',
  recognises: (bytes) =>
    bytes[0] === 0x50 &&
    bytes[1] === 0x4b &&
    ((bytes[2] === 3 && bytes[3] === 4) ||
      (bytes[2] === 5 && bytes[3] === 6) ||
      (bytes[2] === 7 && bytes[3] === 8)),
  open,
};

/** Ends as a zip archive does: readers look there, whatever stands before. */
export const zipBehind: Container = {
  name: 'zip archive',
  recognises: (bytes) => (directoryOf(bytes)?.entries.length ?? 0) > 0,
  open,
};
