import type { Unpacking } from './unpacking.ts';
import { descriptorBytes, hasSizesBehind } from './zip-data.ts';
import { type LocalHeader, localHeaderAt, type ZipDirectory } from './zip-directory.ts';

/** A part of the file, the end not included. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const LOCAL = 'PK\x03\x04';
/** Signatures are aligned and directories padded; fewer bytes between members carry nothing. */
const MIN_GAP_BYTES = 16;
const MAX_GAPS = 64;
const MAX_NAME_BYTES = 1_024;
const METHODS: ReadonlySet<number> = new Set([0, 8, 9, 12, 14, 93, 95, 98, 99]);
/** Signatures of an APK lie before the directory, with these words at their end. */
const APK_SIGNATURES = 'APK Sig Block 42';

/** What members do not account for, up to the directory. */
function gapsIn(ranges: readonly Range[], limit: number): readonly Range[] {
  const gaps: Range[] = [];
  let reach = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start > reach) gaps.push({ start: reach, end: Math.min(start, limit) });
    reach = Math.max(reach, end);
  }
  if (reach < limit) gaps.push({ start: reach, end: limit });
  return gaps.filter(({ start, end }) => end > start);
}

/** A header that some reader would take for one: programs may hold the signature by chance. */
function isPlausible(header: LocalHeader | null): header is LocalHeader {
  return (
    header !== null &&
    METHODS.has(header.method) &&
    header.name.length > 0 &&
    header.name.length <= MAX_NAME_BYTES &&
    !/[\x01-\x1f\x7f]/.test(header.name)
  );
}

/** Members in a gap that no directory has. @returns what they leave of it */
function membersIn(bytes: Uint8Array, gap: Range, member: (header: LocalHeader) => number): readonly Range[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const left: Range[] = [];
  let from = gap.start;
  let at = buffer.indexOf(LOCAL, from, 'latin1');
  while (at >= 0 && at < gap.end) {
    const header = localHeaderAt(bytes, at);
    if (isPlausible(header)) {
      if (at > from) left.push({ start: from, end: at });
      const end = member(header);
      from = Math.max(at + 4, end + (hasSizesBehind(header) ? descriptorBytes(bytes, end) : 0));
    }
    at = buffer.indexOf(LOCAL, Math.max(at + 4, from), 'latin1');
  }
  if (from < gap.end) left.push({ start: from, end: gap.end });
  return left;
}

function isFiller(bytes: Uint8Array): boolean {
  if (bytes.length < MIN_GAP_BYTES) return true;
  return (
    bytes.every((byte) => byte === 0) ||
    Buffer.from(bytes.subarray(-APK_SIGNATURES.length)).toString('latin1') === APK_SIGNATURES
  );
}

/**
 * Looks at what the members of the directory do not account for: members that it leaves out, and bytes before, between and behind.
 * What stands before the archive is left as the file's own content: the script or program that it hangs on.
 * @param member hands over a member by its own header and returns where its data ends
 */
export function lookBetween(
  unpacking: Unpacking,
  directory: ZipDirectory | null,
  ranges: readonly Range[],
  member: (header: LocalHeader) => number,
): void {
  const { bytes } = unpacking;
  const gaps = gapsIn(ranges, directory?.start ?? bytes.length);
  for (const [count, gap] of gaps.entries()) {
    if (count >= MAX_GAPS) {
      unpacking.miss('more lies between its members than is looked at');
      break;
    }
    for (const { start, end } of membersIn(bytes, gap, member)) {
      const left = bytes.subarray(start, end);
      if (start === 0) unpacking.rest(left);
      else if (!isFiller(left)) unpacking.part(start, 'between', left);
    }
  }
  const behind = bytes.subarray(directory?.end ?? bytes.length);
  if (!isFiller(behind)) unpacking.part(bytes.length - behind.length, 'appended', behind);
}
