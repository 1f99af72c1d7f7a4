import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Header } from 'tar-stream';
import type { Container } from './container.ts';
import { Links } from './links.ts';
import type { Unpacking } from './unpacking.ts';

const BLOCK_BYTES = 512;
/** Where the check sum stands in a header, and the letters `ustar`. */
const SUM_AT = 148;
const SUM_BYTES = 8;
const MAGIC_AT = 257;

/** What an archive holds without content of its own. */
const KNOWN_TYPES: ReadonlySet<unknown> = new Set(
  'link symlink directory character-device block-device fifo'.split(' '),
);

/** By its check sum, which archives from before `ustar` have too. */
function isTar(bytes: Uint8Array): boolean {
  if (bytes.length < BLOCK_BYTES) return false;
  const text = (from: number, length: number): string =>
    String.fromCharCode(...bytes.subarray(from, from + length));
  if (bytes[0] === 0) return false;
  if (text(MAGIC_AT, 5) === 'ustar') return true;
  const claimed = /^ *([0-7]{1,7})[\0 ]/.exec(text(SUM_AT, SUM_BYTES))?.[1];
  if (claimed === undefined) return false;
  let sum = 32 * SUM_BYTES;
  for (let at = 0; at < BLOCK_BYTES; at++) if (at < SUM_AT || at >= SUM_AT + SUM_BYTES) sum += bytes[at] ?? 0;
  return sum === Number.parseInt(claimed, 8);
}

function* blocksOf(bytes: Uint8Array): Generator<Uint8Array> {
  const step = 1024 * 1024;
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}

/** Members without content of their own, by the name of their type. */
function note(unpacking: Unpacking, { name, type, linkname }: Header): void {
  if (type === 'symlink')
    unpacking.closedMember(name, `symbolic link to ${linkname ?? '?'}: not followed`, false);
  else unpacking.closedMember(name, `not a regular file (${type ?? 'unknown'}): not opened`, false);
}

async function open(unpacking: Unpacking): Promise<void> {
  const { extract } = await import('tar-stream');
  const unpack = extract();
  const piping = pipeline(blocksOf(unpacking.bytes), unpack);
  // Its failure surfaces below.
  piping.catch(() => undefined);
  const links = new Links();
  const contents = new Map<string, Uint8Array>();
  for await (const entry of unpack) {
    const { header } = entry;
    const { name, type, linkname } = header;
    if (links.isBehindOne(name)) unpacking.see('archive-hostile-name', `${name} is written through a link`);
    if (type === 'symlink') links.add(name);
    // No bound is needed here: a tar archive holds no more than it is long.
    const content = await buffer(entry);
    const linked = type === 'link' ? contents.get(linkname ?? '') : undefined;
    if (type === 'directory' && content.length === 0) continue;
    // Readers take what they do not know for a file (POSIX pax, "typeflag"), and so is whatever has content.
    if (type === 'file' || content.length > 0 || !KNOWN_TYPES.has(type)) {
      contents.set(name, content);
      unpacking.member(name, content);
    } else if (linked !== undefined) unpacking.member(name, linked);
    else if (type === 'link')
      unpacking.closedMember(name, `link to ${linkname ?? '?'}, which is not in the archive`, true);
    else note(unpacking, header);
  }
  await piping;
}

/** tar archives: old, ustar, pax and GNU. */
export const tar: Container = { name: 'tar archive', recognises: isTar, open };
