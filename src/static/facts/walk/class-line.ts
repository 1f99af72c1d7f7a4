import type { ClassFact } from '../facts.ts';
import type { Walk } from './walk.ts';

/** So many classes above, or below, one are looked through. */
const MAX_RELATIVES = 1_000;

function* relatives(
  walk: Walk,
  owner: ClassFact,
  next: (each: ClassFact) => readonly ClassFact[],
): Generator<ClassFact> {
  const found = new Set([owner]);
  for (const one of found) {
    yield one;
    for (const each of next(one)) found.add(each);
    if (found.size > MAX_RELATIVES) {
      walk.gathering.miss({
        reason: 'more classes are made from each other than are looked through',
        blocking: true,
      });
      return;
    }
  }
}

/** A class, its bases, and theirs, as far as they are classes of the target; nearest first. */
export function lineOf(walk: Walk, owner: ClassFact): Generator<ClassFact> {
  return relatives(walk, owner, ({ parents }) => parents);
}

/** The same without the class itself. */
export function ancestors(walk: Walk, owner: ClassFact): readonly ClassFact[] {
  return [...lineOf(walk, owner)].slice(1);
}

/** Classes made from a class, so far. */
export function descendants(walk: Walk, owner: ClassFact): readonly ClassFact[] {
  return [...relatives(walk, owner, ({ children }) => children)].slice(1);
}
