import { CONTROL_LETTERS } from '../../decode/control-letters.ts';
import { BrokenPickle } from './bytes.ts';
import type { ByteReader } from './bytes.ts';
import { decimal } from './machine.ts';
import type { Machine } from './machine.ts';
import { constant, list } from './value.ts';

type Instruction = (machine: Machine, bytes: ByteReader, start: number) => void;

const text =
  (width: number): Instruction =>
  (machine, bytes, start) => {
    machine.push(constant(bytes.utf8(bytes.unsigned(width)), bytes.span(start)));
  };

const binary =
  (width: number): Instruction =>
  (machine, bytes, start) => {
    machine.push(constant(bytes.take(bytes.unsigned(width)), bytes.span(start), true));
  };

/** Strings of Python 2 are text to whoever reads them. */
const string =
  (width: number): Instruction =>
  (machine, bytes, start) => {
    machine.push(constant(bytes.take(bytes.unsigned(width)), bytes.span(start)));
  };

const value =
  (content: boolean | null): Instruction =>
  (machine, bytes, start) => {
    machine.push(constant(content, bytes.span(start)));
  };

const tuple =
  (size: number): Instruction =>
  (machine, bytes, start) => {
    machine.tuple(size, bytes.span(start));
  };

const listSinceMark: Instruction = (machine, bytes, start) => {
  machine.push(list(machine.popMark(), bytes.span(start)));
};

const emptyList: Instruction = (machine, bytes, start) => {
  machine.push(list([], bytes.span(start)));
};

const number =
  (read: (bytes: ByteReader) => number): Instruction =>
  (machine, bytes, start) => {
    const content = read(bytes);
    machine.push(constant(content, bytes.span(start)));
  };

const line: Instruction = (machine, bytes, start) => {
  const digits = bytes.line();
  machine.push(decimal(digits, bytes.span(start)));
};

const extension =
  (width: number): Instruction =>
  (machine, bytes, start) => {
    const code = bytes.unsigned(width);
    machine.extension(code, bytes.span(start));
  };

const index = (digits: string): number => {
  if (!/^\d{1,15}$/u.test(digits)) throw new BrokenPickle('an entry of the memo without a number');
  return Number(digits);
};

/** A string literal of protocol 0 without its quotes, its escapes undone as Python's `codecs.escape_decode` does. */
function unquoted(literal: string): string {
  const inner = /^(["'])(.*)\1$/su.exec(literal.trim())?.[2] ?? literal;
  return inner.replace(
    /\\(?:x([\da-f]{2})|([0-7]{1,3})|([abfnrtv\\'"]))/giu,
    (_, hex?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      return CONTROL_LETTERS[letter ?? ''] ?? letter ?? '';
    },
  );
}

/** Text of protocol 0: Python's `raw-unicode-escape`. */
function rawUnicode(content: string): string {
  return content.replace(
    /\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8}))/gu,
    (whole, short?: string, long?: string) => {
      const code = Number.parseInt(short ?? long ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** What each instruction does, by its byte: all of protocols 0 to 5 (Python's `pickletools`). */
export const INSTRUCTIONS: ReadonlyMap<string, Instruction> = new Map<string, Instruction>([
  [
    '(',
    (machine) => {
      machine.mark();
    },
  ],
  [
    '0',
    (machine) => {
      machine.drop();
    },
  ],
  [
    '1',
    (machine) => {
      machine.dropToMark();
    },
  ],
  [
    '2',
    (machine) => {
      machine.duplicate();
    },
  ],
  [
    '.',
    (machine) => {
      machine.stop();
    },
  ],
  ['N', value(null)],
  ['\x88', value(true)],
  ['\x89', value(false)],
  ['I', line],
  ['L', line],
  ['J', number((bytes) => bytes.signed(4))],
  ['K', number((bytes) => bytes.unsigned(1))],
  ['M', number((bytes) => bytes.unsigned(2))],
  ['\x8a', number((bytes) => bytes.signed(bytes.unsigned(1)))],
  ['\x8b', number((bytes) => bytes.signed(bytes.unsigned(4)))],
  ['F', number((bytes) => Number(bytes.line()))],
  ['G', number((bytes) => Buffer.from(bytes.take(8), 'latin1').readDoubleBE())],
  [
    'S',
    (machine, bytes, start) => {
      const content = unquoted(bytes.line());
      machine.push(constant(content, bytes.span(start)));
    },
  ],
  [
    'V',
    (machine, bytes, start) => {
      const content = rawUnicode(bytes.line());
      machine.push(constant(content, bytes.span(start)));
    },
  ],
  ['T', string(4)],
  ['U', string(1)],
  ['B', binary(4)],
  ['C', binary(1)],
  ['\x8e', binary(8)],
  ['\x96', binary(8)],
  ['X', text(4)],
  ['\x8c', text(1)],
  ['\x8d', text(8)],
  ['t', listSinceMark],
  ['l', listSinceMark],
  ['\x91', listSinceMark],
  [')', emptyList],
  [']', emptyList],
  ['\x8f', emptyList],
  ['\x85', tuple(1)],
  ['\x86', tuple(2)],
  ['\x87', tuple(3)],
  [
    'd',
    (machine, bytes, start) => {
      machine.record(machine.popMark(), bytes.span(start));
    },
  ],
  [
    '}',
    (machine, bytes, start) => {
      machine.record([], bytes.span(start));
    },
  ],
  [
    'a',
    (machine, bytes, start) => {
      machine.append([machine.pop()], bytes.span(start));
    },
  ],
  [
    'e',
    (machine, bytes, start) => {
      machine.append(machine.popMark(), bytes.span(start));
    },
  ],
  [
    '\x90',
    (machine, bytes, start) => {
      machine.append(machine.popMark(), bytes.span(start));
    },
  ],
  [
    's',
    (machine, bytes, start) => {
      const content = machine.pop();
      const key = machine.pop();
      machine.setItems([key, content], bytes.span(start));
    },
  ],
  [
    'u',
    (machine, bytes, start) => {
      machine.setItems(machine.popMark(), bytes.span(start));
    },
  ],
  [
    'p',
    (machine, bytes) => {
      machine.store(index(bytes.line()));
    },
  ],
  [
    'q',
    (machine, bytes) => {
      machine.store(bytes.unsigned(1));
    },
  ],
  [
    'r',
    (machine, bytes) => {
      machine.store(bytes.unsigned(4));
    },
  ],
  [
    '\x94',
    (machine) => {
      machine.memoize();
    },
  ],
  [
    'g',
    (machine, bytes) => {
      machine.fetch(index(bytes.line()));
    },
  ],
  [
    'h',
    (machine, bytes) => {
      machine.fetch(bytes.unsigned(1));
    },
  ],
  [
    'j',
    (machine, bytes) => {
      machine.fetch(bytes.unsigned(4));
    },
  ],
  [
    'c',
    (machine, bytes, start) => {
      const module = bytes.line();
      const name = bytes.line();
      machine.push(machine.global(module, name, bytes.span(start)));
    },
  ],
  [
    '\x93',
    (machine, bytes, start) => {
      machine.stackGlobal(bytes.span(start));
    },
  ],
  [
    'i',
    (machine, bytes, start) => {
      const module = bytes.line();
      const name = bytes.line();
      const callee = machine.global(module, name, bytes.span(start));
      machine.instantiate(callee, machine.popMark(), bytes.span(start));
    },
  ],
  [
    'o',
    (machine, bytes, start) => {
      const [callee, ...args] = machine.popMark();
      if (callee === undefined) throw new BrokenPickle('an object without a class');
      machine.instantiate(callee, args, bytes.span(start));
    },
  ],
  [
    'R',
    (machine, bytes, start) => {
      machine.reduce(bytes.span(start));
    },
  ],
  [
    '\x81',
    (machine, bytes, start) => {
      machine.make(bytes.span(start));
    },
  ],
  [
    '\x92',
    (machine, bytes, start) => {
      machine.reduceWithKeywords(bytes.span(start));
    },
  ],
  [
    'b',
    (machine, bytes, start) => {
      const following = machine.build(bytes.span(start));
      if (following?.kind === 'pickle') machine.enter();
      else if (following !== null) {
        if (following.isPadded) bytes.take(bytes.unsigned(1));
        bytes.take(following.bytes);
      }
    },
  ],
  [
    'P',
    (machine, bytes, start) => {
      const identifier = bytes.line();
      machine.persistent(constant(identifier, bytes.span(start)), bytes.span(start));
    },
  ],
  [
    'Q',
    (machine, bytes, start) => {
      machine.persistent(machine.pop(), bytes.span(start));
    },
  ],
  ['\x82', extension(1)],
  ['\x83', extension(2)],
  ['\x84', extension(4)],
  [
    '\x80',
    (machine, bytes) => {
      const protocol = bytes.unsigned(1);
      if (protocol > 5) throw new BrokenPickle(`protocol ${String(protocol)} is unknown`);
      machine.protocol = protocol;
    },
  ],
  // The length of a frame is for reading ahead; its content follows like any other.
  [
    '\x95',
    (_, bytes) => {
      bytes.take(8);
    },
  ],
  [
    '\x97',
    (machine, bytes, start) => {
      machine.push(constant('', bytes.span(start), true));
    },
  ],
  [
    '\x98',
    (machine) => {
      machine.top();
    },
  ],
]);
