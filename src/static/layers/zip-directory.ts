/** Signatures of the parts of a zip archive (APPNOTE.TXT 6.3, 4.3). */
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 'PK\x05\x06';
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END_64_BYTES = 56;
const MAX_COMMENT_BYTES = 0xffff;
const MAX_ENTRIES = 100_000;
/** So many ends are tried from the last one back: a comment may hold what looks like one. */
const MAX_ENDS = 32;

/** A member as a header describes it. */
export interface ZipHeader {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
}

/** A member as the directory at the archive's end describes it. */
export interface DirectoryEntry extends ZipHeader {
  /** Where its local header lies in the file. */
  readonly at: number;
  /** As Unix has it; 0 when the archive was made elsewhere. */
  readonly mode: number;
}

/** A member as the header before its data describes it. */
export interface LocalHeader extends ZipHeader {
  readonly dataAt: number;
}

/** The directory of an archive. */
export interface ZipDirectory {
  readonly entries: readonly DirectoryEntry[];
  /** Where it begins, and where the archive ends. */
  readonly start: number;
  readonly end: number;
  /** The end record says so many; more or fewer were there. */
  readonly claimed: number;
  readonly isOneOfSeveral: boolean;
  readonly comment: Uint8Array;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** UTF-8 where it is valid, as most writers write whatever they claim; else each byte a character. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

/** The 64-bit values of the extra field, for those of the given ones that are too large for 32 bits. */
function wide(extra: Uint8Array, values: readonly number[]): readonly number[] {
  if (!values.includes(0xffffffff)) return values;
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length;) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1) {
      let place = at + 4;
      return values.map((value) => {
        if (value !== 0xffffffff || place + 8 > Math.min(extra.length, at + 4 + size)) return value;
        place += 8;
        return Number(view.getBigUint64(place - 8, true));
      });
    }
    at += 4 + size;
  }
  return values;
}

/** @returns null when there is no whole local header at a place */
export function localHeaderAt(bytes: Uint8Array, at: number): LocalHeader | null {
  const view = viewOf(bytes);
  if (at < 0 || at + LOCAL_BYTES > bytes.length || view.getUint32(at, true) !== LOCAL) return null;
  const nameAt = at + LOCAL_BYTES;
  const extraAt = nameAt + view.getUint16(at + 26, true);
  const dataAt = extraAt + view.getUint16(at + 28, true);
  if (dataAt > bytes.length) return null;
  const [size = 0, packedBytes = 0] = wide(bytes.subarray(extraAt, dataAt), [
    view.getUint32(at + 22, true),
    view.getUint32(at + 18, true),
  ]);
  return {
    name: nameOf(bytes.subarray(nameAt, extraAt)),
    flags: view.getUint16(at + 6, true),
    method: view.getUint16(at + 8, true),
    crc: view.getUint32(at + 14, true),
    packedBytes,
    bytes: size,
    dataAt,
  };
}

/** What an end record says, the 64-bit one before it included. */
function endAt(bytes: Uint8Array, at: number): Omit<ZipDirectory, 'entries'> & { readonly shift: number } {
  const view = viewOf(bytes);
  let claimed = view.getUint16(at + 10, true);
  let size = view.getUint32(at + 12, true);
  let offset = view.getUint32(at + 16, true);
  let behind = at;
  const locator = at - LOCATOR_BYTES;
  const wideEnd = locator - END_64_BYTES;
  if (
    wideEnd >= 0 &&
    view.getUint32(locator, true) === LOCATOR_64 &&
    view.getUint32(wideEnd, true) === END_64
  ) {
    claimed = Number(view.getBigUint64(wideEnd + 32, true));
    size = Number(view.getBigUint64(wideEnd + 40, true));
    offset = Number(view.getBigUint64(wideEnd + 48, true));
    behind = wideEnd;
  }
  const end = Math.min(bytes.length, at + END_BYTES + view.getUint16(at + 20, true));
  return {
    start: behind - size,
    end,
    claimed,
    isOneOfSeveral: view.getUint16(at + 4, true) !== view.getUint16(at + 6, true),
    comment: bytes.subarray(at + END_BYTES, end),
    // What stands before the archive moves everything in it, and most writers do not tell its directory.
    shift: behind - size - offset,
  };
}

function entriesOf(
  bytes: Uint8Array,
  start: number,
  limit: number,
  shift: number,
): readonly DirectoryEntry[] {
  const view = viewOf(bytes);
  const entries: DirectoryEntry[] = [];
  // Some readers count the entries, others go on to the end of the directory: so does this.
  for (let at = start; at + CENTRAL_BYTES <= limit && entries.length < MAX_ENTRIES;) {
    if (view.getUint32(at, true) !== CENTRAL) break;
    const nameAt = at + CENTRAL_BYTES;
    const extraAt = nameAt + view.getUint16(at + 28, true);
    const commentAt = extraAt + view.getUint16(at + 30, true);
    const next = commentAt + view.getUint16(at + 32, true);
    if (next > limit) break;
    const [size = 0, packedBytes = 0, offset = 0] = wide(bytes.subarray(extraAt, commentAt), [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ]);
    entries.push({
      name: nameOf(bytes.subarray(nameAt, extraAt)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes,
      bytes: size,
      at: offset + shift,
      mode: bytes[at + 5] === 3 ? view.getUint16(at + 40, true) : 0,
    });
    at = next;
  }
  return entries;
}

/**
 * The directory that readers go by: the last one in the file that is whole.
 * @returns null when there is none
 */
export function directoryOf(bytes: Uint8Array): ZipDirectory | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = Math.max(0, bytes.length - MAX_COMMENT_BYTES - END_BYTES);
  let at = buffer.lastIndexOf(END, undefined, 'latin1');
  for (let tries = 0; at >= first && tries < MAX_ENDS; tries++) {
    if (at + END_BYTES <= bytes.length) {
      const { shift, ...end } = endAt(bytes, at);
      const isEmpty = end.start === at && end.claimed === 0;
      const entries = end.start < 0 ? [] : entriesOf(bytes, end.start, at, shift);
      if (isEmpty || entries.length > 0) return { ...end, entries };
    }
    if (at === 0) break;
    at = buffer.lastIndexOf(END, at - 1, 'latin1');
  }
  return null;
}
