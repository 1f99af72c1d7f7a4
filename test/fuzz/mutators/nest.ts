import { type Mutator, withBytes } from './mutator.ts';

/** What opens and closes a level, in one language or another. */
const LEVELS: readonly (readonly [open: string, close: string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['{"a":', '}'],
  ['$(', ')'],
  ['> ', ''],
  ['- ', ''],
  ['<div>', '</div>'],
  ['lambda:', ''],
  ['f"{', '}"'],
  ['not ', ''],
  ['if x:\n ', ''],
  ['function f(){', '}'],
  ['`${', '}`'],
  ['a.', ''],
  ['eval ', ''],
  ['a?b:', ''],
];

/** The file inside many levels of something, closed or not. */
export const nest: Mutator = (file, random) => {
  const [open, close] = random.pick(LEVELS);
  const depth = random.pick([10, 100, 300, 1_000, 6_000]);
  const end = random.below(2) === 0 ? close.repeat(depth) : '';
  return withBytes(file, Buffer.concat([Buffer.from(open.repeat(depth)), file.bytes, Buffer.from(end)]));
};
