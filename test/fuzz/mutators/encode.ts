import { gzipSync } from 'node:zlib';
import { type Mutator, withBytes } from './mutator.ts';

const ENCODINGS: readonly ((bytes: Buffer) => Buffer)[] = [
  (bytes) => Buffer.concat([Buffer.from('efbbbf', 'hex'), bytes]),
  (bytes) => Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from(bytes.toString('utf8'), 'utf16le')]),
  (bytes) =>
    Buffer.concat([Buffer.from('feff', 'hex'), Buffer.from(bytes.toString('utf8'), 'utf16le').swap16()]),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
  (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r'), 'latin1'),
  (bytes) => Buffer.from(bytes.toString('base64')),
  (bytes) => Buffer.from(bytes.toString('hex')),
  (bytes) => gzipSync(bytes),
  (bytes) => Buffer.concat([Buffer.from('# coding: latin-1\n'), bytes]),
];

/** The same text in another encoding, or as its bytes would look in a wrong one. */
export const encode: Mutator = (file, random) => withBytes(file, random.pick(ENCODINGS)(file.bytes));
