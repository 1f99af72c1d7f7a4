import { recognise } from '../../decode/hidden/kinds.ts';
import { signatureOf } from '../../decode/magic.ts';
import type { Container } from '../container.ts';
import type { Unpacking } from '../unpacking.ts';

const LENGTH_BYTES = 8;
/** Readers refuse longer headers (safetensors, `MAX_HEADER_SIZE`). */
const MAX_HEADER = 100_000_000;
const METADATA = '__metadata__';

type Json = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where the numbers of the tensors end. @throws when a tensor says where it lies in no way that a reader accepts */
function endOfTensors(header: Json, available: number): number {
  let end = 0;
  for (const [name, tensor] of Object.entries(header)) {
    if (name === METADATA) continue;
    const offsets: unknown = isRecord(tensor) ? tensor['data_offsets'] : null;
    const [from, to] = Array.isArray(offsets) ? (offsets as unknown[]) : [];
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) throw new Error('a tensor without a place');
    if (Number(from) < 0 || Number(to) < Number(from) || Number(to) > available)
      throw new Error('a tensor outside the file');
    end = Math.max(end, Number(to));
  }
  return end;
}

function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER) throw new Error('its header is longer than any reader takes');
  const start = LENGTH_BYTES + length;
  const text = bytes.subarray(LENGTH_BYTES, start);
  const header: unknown = JSON.parse(Buffer.from(text).toString('utf8'));
  if (!isRecord(header)) throw new Error('its header is no table');
  const metadata = header[METADATA];
  for (const [key, value] of Object.entries(isRecord(metadata) ? metadata : {})) {
    const kind = typeof value === 'string' ? recognise(value)?.kind : undefined;
    if (kind === 'code' || kind === 'command') unpacking.see('tensors-with-code', key.slice(0, 100));
  }
  const end = start + endOfTensors(header, bytes.length - start);
  // The header is what is left to look at; numbers are numbers.
  unpacking.rest(text);
  if (end < bytes.length) unpacking.part(end, 'appended', bytes.subarray(end));
}

/** Tensors of safetensors: a header in JSON, then numbers, which hold nothing that runs. */
export const safetensors: Container = {
  name: 'safetensors file',
  recognises: (bytes) => bytes[8] === 0x7b && signatureOf(bytes)?.name === 'tensors (safetensors)',
  open,
};
