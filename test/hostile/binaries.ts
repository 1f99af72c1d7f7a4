import type { HostileInput } from './input.ts';

type Maker = (times: number) => Buffer;

function bytes(...parts: readonly (string | readonly number[] | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part as Buffer),
    ),
  );
}

function repeated(unit: string | readonly number[], count: number): Buffer {
  const one = bytes(unit);
  return Buffer.alloc(one.length * count, one);
}

const PICKLE: Readonly<Record<string, Maker>> = {
  'a million marks': (n) => bytes([0x80, 2], repeated('(', 1_000_000 * n), '.'),
  'a million empty lists': (n) => bytes([0x80, 2], repeated(']', 1_000_000 * n), '.'),
  'lists 100,000 deep': (n) =>
    bytes([0x80, 2], repeated(']', 100_000 * n), repeated('a', 100_000 * n - 1), '.'),
  '200,000 calls': (n) => bytes([0x80, 2], 'cbuiltins\nprint\n', repeated(')R', 200_000 * n), '.'),
  '100,000 globals': (n) => bytes([0x80, 2], repeated('cos\nsystem\n0', 100_000 * n), 'N.'),
  '100,000 memos': (n) => bytes([0x80, 2], repeated('Nr\x01\x00\x00\x000', 100_000 * n), 'N.'),
  '1,000,000 copies': (n) => bytes([0x80, 2], 'N', repeated('2', 1_000_000 * n), '.'),
  'tuples of tuples': (n) => bytes([0x80, 2], ']', repeated('2\x86', 100_000 * n), '.'),
  '100,000 pickles': (n) => repeated([0x80, 2, 0x4e, 0x2e], 100_000 * n),
};

/** CPython 3.11: its number, no flags, no time, no size. */
const HEADER = [0xa7, 0x0d, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

const PYC: Readonly<Record<string, Maker>> = {
  'tuples 100,000 deep': (n) => bytes(HEADER, repeated([0x29, 1], 100_000 * n), 'N'),
  'a million of nothing': (n) => bytes(HEADER, repeated('N', 1_000_000 * n)),
  'a list that claims two milliard': (n) =>
    bytes(HEADER, '[', [0xff, 0xff, 0xff, 0x7f], repeated('N', 1_000_000 * n)),
  'code in code': (n) =>
    bytes(HEADER, repeated([0x63, ...new Array<number>(20).fill(0), 0x73, 0, 0, 0, 0], 50_000 * n)),
  'references to the first': (n) =>
    bytes(HEADER, [0xdb], [0xff, 0xff, 0, 0], repeated([0x72, 0, 0, 0, 0], 65_535 * n)),
};

function inputsOf(path: string, makers: Readonly<Record<string, Maker>>): readonly HostileInput[] {
  return Object.entries(makers).map(([name, make]) => ({ name, path, make }));
}

/** Pickles and compiled Python. */
export const binaries: readonly HostileInput[] = [
  ...inputsOf('model.pkl', PICKLE),
  ...inputsOf('run.pyc', PYC),
];
