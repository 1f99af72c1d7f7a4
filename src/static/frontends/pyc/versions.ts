import type { CodeLayout } from './marshal.ts';

/** What an instruction does, as far as it is followed; the same in every version that has it. */
export type Operation =
  | 'const'
  | 'name'
  | 'global'
  | 'fast'
  | 'fast-twice'
  | 'cell'
  | 'attribute'
  | 'method'
  | 'import'
  | 'import-from'
  | 'store-name'
  | 'store-fast'
  | 'store-cell'
  | 'store-attribute'
  | 'call'
  | 'call-names'
  | 'call-tuple-names'
  | 'call-spread'
  | 'names'
  | 'null'
  | 'function'
  | 'function-attribute'
  | 'pop'
  | 'return'
  | 'return-const'
  | 'list'
  | 'text'
  | 'add'
  | 'binary'
  | 'extend'
  | 'build-class'
  | 'nothing'
  | 'item'
  | 'format'
  | 'class-body';

/** A version of CPython's compiled code. */
export interface BytecodeVersion {
  /** `3.11`; null when the marks of the file are of no version that is known. */
  readonly name: string;
  readonly layout: CodeLayout;
  readonly headerLength: number;
  /** Numbers of instructions; null when only names and constants are read. */
  readonly operations: ReadonlyMap<number, Operation> | null;
}

type Table = Readonly<Partial<Record<Operation, readonly number[]>>>;

function numbered(...tables: readonly Table[]): ReadonlyMap<number, Operation> {
  const found = new Map<number, Operation>();
  for (const table of tables) {
    for (const [operation, numbers] of Object.entries(table))
      for (const number of numbers) found.set(number, operation as Operation);
  }
  return found;
}

/** From Lib/opcode.py of each version. */
const COMMON: Table = {
  const: [100],
  name: [101],
  global: [116],
  fast: [124],
  attribute: [106],
  import: [108],
  'import-from': [109],
  'store-name': [90, 97],
  'store-fast': [125],
  'store-attribute': [95],
  function: [132],
  pop: [1],
  return: [83],
  list: [102, 103],
  item: [25],
  nothing: [9],
};
const PYTHON2: Table = {
  cell: [135, 136],
  'store-cell': [137],
  call: [131],
  add: [23],
  extend: [145],
  'class-body': [82],
};
const PYTHON3: Table = {
  extend: [144],
  'build-class': [71],
  'call-spread': [142],
  text: [157],
  format: [155],
  nothing: [9, 85],
};
const BEFORE_311: Table = {
  cell: [135, 136, 148],
  'store-cell': [137],
  call: [131, 161],
  'call-tuple-names': [141],
  method: [160],
  add: [23],
};
const FROM_311: Table = {
  cell: [136, 137, 148],
  'store-cell': [138],
  call: [171],
  names: [172],
  null: [2],
  binary: [122],
  nothing: [0, 9, 85, 135, 149, 151, 166],
};
const ONLY_311: Table = { method: [160] };
const ONLY_312: Table = {
  'return-const': [121],
  fast: [124, 127, 143],
  nothing: [0, 9, 85, 87, 135, 149, 151, 173],
};
const ONLY_313: Table = {
  const: [83],
  name: [92],
  global: [91],
  fast: [85, 86, 87],
  'fast-twice': [88],
  cell: [84],
  attribute: [82],
  import: [75],
  'import-from': [74],
  'store-name': [113, 114],
  'store-fast': [110],
  'store-cell': [109],
  'store-attribute': [108],
  'call-spread': [54],
  call: [53],
  'call-tuple-names': [57],
  null: [34],
  function: [26],
  'function-attribute': [106],
  pop: [32],
  return: [36],
  'return-const': [103],
  list: [47, 52],
  text: [51],
  binary: [45],
  extend: [71],
  'build-class': [24],
  nothing: [0, 14, 25, 30, 37, 55, 60, 62, 94, 149],
  item: [5],
};

const OPERATIONS_2 = numbered(COMMON, PYTHON2);
const OPERATIONS_36 = numbered(COMMON, PYTHON3, BEFORE_311);
const OPERATIONS_311 = numbered(COMMON, PYTHON3, FROM_311, ONLY_311);
const OPERATIONS_312 = numbered(COMMON, PYTHON3, FROM_311, ONLY_312);
const OPERATIONS_313 = numbered(ONLY_313);

/** The lowest magic number of each version (Include/internal/pycore_magic_number.h, Lib/importlib/_bootstrap_external.py). */
const VERSIONS: readonly (readonly [number, BytecodeVersion])[] = [
  [62171, { name: '2.7', layout: '2', headerLength: 8, operations: OPERATIONS_2 }],
  [3600, { name: '3.14', layout: '3.11', headerLength: 16, operations: null }],
  [3550, { name: '3.13', layout: '3.11', headerLength: 16, operations: OPERATIONS_313 }],
  [3500, { name: '3.12', layout: '3.11', headerLength: 16, operations: OPERATIONS_312 }],
  [3450, { name: '3.11', layout: '3.11', headerLength: 16, operations: OPERATIONS_311 }],
  [3400, { name: '3.8 to 3.10', layout: '3.8', headerLength: 16, operations: OPERATIONS_36 }],
  [3390, { name: '3.7', layout: '3.0', headerLength: 16, operations: OPERATIONS_36 }],
  [3370, { name: '3.6', layout: '3.0', headerLength: 12, operations: OPERATIONS_36 }],
  [3200, { name: '3.3', layout: '3.0', headerLength: 12, operations: null }],
];

/** @param magic the first two bytes, little-endian */
export function versionOfMagic(magic: number): BytecodeVersion | null {
  if (magic > 3_799 && magic < 62_171) return null;
  return VERSIONS.find(([lowest]) => magic >= lowest)?.[1] ?? null;
}

/** For code without a header (a text that `marshal` unpacks): one version of each layout, the newest first. */
export const LAYOUTS: readonly BytecodeVersion[] = ['3.11', '3.8 to 3.10', '3.6', '2.7'].map(
  (name) => VERSIONS.find(([, version]) => version.name === name)![1],
);
