import { deflateSync, gzipSync } from 'node:zlib';
import { zipOf } from '../support/archives.ts';
import type { HostileInput } from './input.ts';

type Maker = (times: number) => Buffer;

function numbered(count: number, part: (index: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => part(index));
}

/** Bytes, written as text, again and again. */
function repeated(bytes: string, times: number): Buffer {
  const once = Buffer.from(bytes, 'latin1');
  return Buffer.alloc(once.length * times, once);
}

/** One header of a tar archive (POSIX ustar), with its content. */
function tarMember(name: string, content: Buffer, type = '0'): Buffer {
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100));
  header.write('0000644\0', 100);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write(`        ${type}`, 148);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const TAR_END = Buffer.alloc(1_024);

function nested(depth: number): Buffer {
  let inner: Buffer = zipOf([{ name: 'a.py', content: 'import os\n' }]);
  for (let level = 0; level < depth; level++) inner = zipOf([{ name: 'a.zip', content: inner }]);
  return inner;
}

function pdf(parts: readonly string[]): Buffer {
  return Buffer.from(`%PDF-1.4\n${parts.join('\n')}\n%%EOF\n`, 'latin1');
}

const ARCHIVES: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  'a.zip': {
    '10,000 members': (n) =>
      zipOf(numbered(10_000 * n, (i) => `a${i}.py`).map((name) => ({ name, content: 'import os\n' }))),
    '10,000 folders deep': (n) => zipOf([{ name: `${'a/'.repeat(10_000 * n)}b.py`, content: 'import os\n' }]),
    '20,000 members of one name': (n) =>
      zipOf(Array.from({ length: 20_000 * n }, () => ({ name: 'a.py', content: 'x' }))),
    '60 archives in each other': (n) => nested(60 * n),
    'a hundred times 20 MB of zeros': (n) =>
      zipOf(
        numbered(100 * n, (i) => `a${i}`).map((name) => ({ name, content: Buffer.alloc(20 * 1024 * 1024) })),
      ),
    '20,000 ends of a directory': (n) =>
      Buffer.concat([
        zipOf([{ name: 'a.py', content: 'import os\n' }]),
        Buffer.alloc(22 * 20_000 * n, Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1')),
      ]),
    '200,000 heads without a directory': (n) =>
      Buffer.alloc(30 * 200_000 * n, Buffer.from('PK\x03\x04'.padEnd(30, '\0'), 'latin1')),
  },
  'a.tar': {
    '10,000 members': (n) =>
      Buffer.concat([
        ...numbered(10_000 * n, (i) => `a${i}.py`).map((name) => tarMember(name, Buffer.from('import os\n'))),
        TAR_END,
      ]),
    '20,000 links': (n) =>
      Buffer.concat([
        ...numbered(20_000 * n, (i) => `a${i}`).map((name) => tarMember(name, Buffer.alloc(0), '2')),
        TAR_END,
      ]),
    '20,000 long names': (n) =>
      Buffer.concat([
        ...numbered(20_000 * n, (i) => `a${i}`).map((name) =>
          tarMember('././@LongLink', Buffer.from(`${name}\0`), 'L'),
        ),
        TAR_END,
      ]),
  },
  'a.gz': {
    '20,000 streams': (n) => {
      const one = gzipSync('import os\n');
      return Buffer.alloc(one.length * 20_000 * n, one);
    },
    '200 MB of zeros': (n) => gzipSync(Buffer.alloc(200 * 1024 * 1024 * n)),
  },
  'a.pdf': {
    '20,000 streams': (n) => {
      const text = deflateSync('BT (hello) Tj ET').toString('latin1');
      return pdf(
        numbered(
          20_000 * n,
          (i) =>
            `${i + 1} 0 obj\n<< /Length ${text.length} /Filter /FlateDecode >>\nstream\n${text}\nendstream\nendobj`,
        ),
      );
    },
    '2 MB of (': (n) => pdf(['('.repeat(2_000_000 * n)]),
    '2 MB of <<': (n) => pdf(['<<'.repeat(1_000_000 * n)]),
    '100,000 streams that never end': (n) => pdf(['<< /Length 9 >>\nstream\n'.repeat(100_000 * n)]),
    '100,000 ends of streams': (n) => pdf(['endstream endobj\n'.repeat(100_000 * n)]),
  },
  'a.png': {
    '100,000 chunks': (n) =>
      Buffer.concat([
        Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
        repeated('\0\0\0\x08tEXtabc\0defgcrc!', 100_000 * n),
      ]),
  },
  'a.jpg': {
    '200,000 comments': (n) =>
      Buffer.concat([Buffer.from([0xff, 0xd8]), repeated('\xff\xfe\0\x0aabcdefgh', 200_000 * n)]),
  },
  'a.gif': {
    '200,000 comments': (n) =>
      Buffer.concat([
        Buffer.from('GIF89a\x01\0\x01\0\0\0\0', 'latin1'),
        repeated('!\xfe\x04abcd\0', 200_000 * n),
      ]),
  },
  'a.a': {
    '20,000 members': (n) =>
      Buffer.concat([
        Buffer.from('!<arch>\n'),
        ...numbered(20_000 * n, (i) => `a${i}.py/`).map((name) =>
          Buffer.from(`${name.padEnd(16)}0           0     0     644     10        \`\nimport os\n`),
        ),
      ]),
  },
  'a.bin': {
    '4 MB of one letter': (n) =>
      Buffer.concat([Buffer.from([0, 1, 2, 255]), Buffer.alloc(4_000_000 * n, 'a')]),
    '500,000 short texts': (n) => Buffer.alloc(8 * 500_000 * n, Buffer.from('abcdef \0', 'latin1')),
    '30,000 beginnings of archives': (n) =>
      Buffer.alloc(8 * 30_000 * n, Buffer.from('\0\x1f\x8b\x08PK\x03\x04', 'latin1')),
  },
};

/** Containers: archives, documents and pictures. */
export const archives: readonly HostileInput[] = Object.entries(ARCHIVES).flatMap(([path, makers]) =>
  Object.entries(makers).map(([name, make]) => ({ name, path, make })),
);
