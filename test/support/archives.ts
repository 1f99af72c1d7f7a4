import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { crc32 } from '../../src/static/detectors/crc32.ts';

/** A member of a zip archive to be made; what is not given is as an honest writer has it. */
export interface ZipMember {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** What its own header says instead of the directory. */
  readonly localName?: string;
  readonly flags?: number;
  /** Unix mode, file type included. */
  readonly mode?: number;
  /** Left out of the directory. */
  readonly isHidden?: boolean;
  readonly method?: number;
  /** Bytes in place of what the method would make of the content. */
  readonly packed?: Uint8Array;
}

/** Makes a zip archive, as hostile as the members ask for. */
export function zipOf(
  members: readonly ZipMember[],
  comment = '',
  prefix: Uint8Array = Buffer.alloc(0),
): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  let count = 0;
  for (const member of members) {
    const content = Buffer.from(member.content ?? '');
    const method = member.method ?? (content.length > 100 ? 8 : 0);
    const packed = Buffer.from(member.packed ?? (method === 8 ? deflateRawSync(content) : content));
    const fields = (name: Buffer): Buffer => {
      const bytes = Buffer.alloc(26);
      bytes.writeUInt16LE(20, 0);
      bytes.writeUInt16LE(member.flags ?? 0, 2);
      bytes.writeUInt16LE(method, 4);
      bytes.writeUInt16LE(0x21, 8);
      bytes.writeUInt32LE(crc32(content), 10);
      bytes.writeUInt32LE(packed.length, 14);
      bytes.writeUInt32LE(content.length, 18);
      bytes.writeUInt16LE(name.length, 22);
      return bytes;
    };
    const localName = Buffer.from(member.localName ?? member.name);
    const name = Buffer.from(member.name);
    const header = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields(localName), localName, packed]);
    local.push(header);
    if (member.isHidden !== true) {
      const tail = Buffer.alloc(14);
      tail.writeUInt32LE(((member.mode ?? 0o100644) << 16) >>> 0, 6);
      tail.writeUInt32LE(offset, 10);
      central.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), fields(name), tail, name);
      count++;
    }
    offset += header.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([prefix, ...local, directory, end, Buffer.from(comment)]);
}

/** Makes a tar archive of files and of what else the headers ask for. */
export async function tarOf(
  members: readonly (Pick<Header, 'name'> & Partial<Header> & { readonly content?: string | Uint8Array })[],
): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of members) archive.entry(header, Buffer.from(content ?? ''));
  archive.finalize();
  return buffer(archive);
}
