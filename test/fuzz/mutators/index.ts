import { duplicate } from './duplicate.ts';
import { encode } from './encode.ts';
import { flipBytes } from './flip-bytes.ts';
import { hostileTokens } from './hostile-tokens.ts';
import type { Mutator } from './mutator.ts';
import { nest } from './nest.ts';
import { rename } from './rename.ts';
import { splice } from './splice.ts';
import { truncate } from './truncate.ts';

/** Every way in which a fuzz case changes a file, by name. */
export const MUTATORS: Readonly<Record<string, Mutator>> = {
  flipBytes,
  truncate,
  duplicate,
  splice,
  hostileTokens,
  encode,
  rename,
  nest,
};
