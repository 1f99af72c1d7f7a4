/** What fields of messages are followed: by message, the number of a field to the message in it, or to `text`. */
export type Schema = Readonly<Record<string, Readonly<Partial<Record<number, string>>>>>;

/** One message, with the texts that the schema asks for. */
export interface Message {
  readonly type: string;
  readonly parent: Message | null;
  readonly depth: number;
  /** Offset of its content. */
  readonly start: number;
  readonly end: number;
  readonly texts: Map<number, string>;
}

/** How deep messages may lie in each other. */
const MAX_DEPTH = 64;
/** Longer texts are cut off (bytes). */
const MAX_TEXT = 4_096;

/** Kinds of values as they stand in the bytes (Protocol Buffers, Encoding). */
const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH = 2;
const FOUR_BYTES = 5;
/** Marks around fields of a group, which every reader still passes over. */
const GROUP_BEGINS = 3;
const GROUP_ENDS = 4;

interface Field {
  readonly number: number;
  readonly kind: number;
  readonly start: number;
  readonly end: number;
}

/** The number at a place and where it ends; null when it does not. Beyond 2^53 it is rounded. */
function varintAt(
  bytes: Uint8Array,
  at: number,
  limit: number,
): { readonly value: number; readonly next: number } | null {
  let value = 0;
  let weight = 1;
  for (let next = at; next < limit && next < at + 10; next++) {
    const byte = bytes[next]!;
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return { value, next: next + 1 };
    weight *= 128;
  }
  return null;
}

/** The field at a place; null when there is none that ends before `limit`. Fields of a group count as fields of what is around it. */
function fieldAt(bytes: Uint8Array, at: number, limit: number): Field | null {
  const tag = varintAt(bytes, at, limit);
  if (tag === null) return null;
  const kind = tag.value % 8;
  const number = Math.floor(tag.value / 8);
  if (number === 0) return null;
  let start = tag.next;
  let end: number;
  if (kind === VARINT) end = varintAt(bytes, start, limit)?.next ?? Number.POSITIVE_INFINITY;
  else if (kind === EIGHT_BYTES) end = start + 8;
  else if (kind === FOUR_BYTES) end = start + 4;
  else if (kind === GROUP_BEGINS || kind === GROUP_ENDS) end = start;
  else if (kind === LENGTH) {
    const length = varintAt(bytes, start, limit);
    start = length?.next ?? start;
    end = length === null ? Number.POSITIVE_INFINITY : start + length.value;
  } else return null;
  return end <= limit ? { number, kind, start, end } : null;
}

/** True when bytes are fields of a message from the first to the last. Linear in the bytes. */
export function isMessage(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const field = fieldAt(bytes, at, bytes.length);
    if (field === null) return false;
    at = field.end;
  }
  return at > 0;
}

/** Messages in bytes, outer before inner. */
export interface Walked {
  readonly messages: readonly Message[];
  /** Some could not be read to their end, or there are more, or deeper ones, than are followed. */
  readonly isPartial: boolean;
}

/** What reading a message came by. */
interface Reading {
  isPartial: boolean;
}

/** Messages as a schema says, outer before inner. Never throws; bounded in depth and number. */
function* messagesIn(
  bytes: Uint8Array,
  root: string,
  schema: Schema,
  maximum: number,
  reading: Reading,
): Generator<Message> {
  const pending: Message[] = [
    { type: root, parent: null, depth: 0, start: 0, end: bytes.length, texts: new Map() },
  ];
  let seen = 0;
  for (let message = pending.pop(); message !== undefined; message = pending.pop()) {
    seen++;
    const fields = schema[message.type] ?? {};
    for (let at = message.start; at < message.end;) {
      const field = fieldAt(bytes, at, message.end);
      if (field === null) {
        reading.isPartial = true;
        break;
      }
      at = field.end;
      const type = fields[field.number];
      if (type === undefined || field.kind !== LENGTH) continue;
      const { start, end } = field;
      if (type === 'text') {
        const content = Buffer.from(bytes.subarray(start, Math.min(end, start + MAX_TEXT))).toString('utf8');
        message.texts.set(field.number, content);
      } else if (message.depth >= MAX_DEPTH || seen + pending.length >= maximum) reading.isPartial = true;
      else pending.push({ type, parent: message, depth: message.depth + 1, start, end, texts: new Map() });
    }
    yield message;
  }
}

/** Follows messages as a schema says. Never throws; bounded in depth and number. */
export function walkMessages(bytes: Uint8Array, root: string, schema: Schema, maximum: number): Walked {
  const reading: Reading = { isPartial: false };
  const messages = [...messagesIn(bytes, root, schema, maximum, reading)];
  return { messages, isPartial: reading.isPartial };
}

/** True when one of the messages is of a sort; those behind it are not read. Bounded as {@link walkMessages}. */
export function hasMessage(
  bytes: Uint8Array,
  root: string,
  schema: Schema,
  maximum: number,
  isWanted: (message: Message) => boolean,
): boolean {
  for (const message of messagesIn(bytes, root, schema, maximum, { isPartial: false }))
    if (isWanted(message)) return true;
  return false;
}
