import type { CallFact } from '../../static/facts/facts.ts';
import { lastPart } from '../../static/facts/names.ts';

/** `os` of `os.path.join`. */
function firstPart(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

function enter(map: Map<string, number[]>, key: string, number: number): void {
  const numbers = map.get(key);
  if (numbers === undefined) map.set(key, [number]);
  else if (numbers.at(-1) !== number) numbers.push(number);
}

/**
 * The names that matchers of calls ask for, turned around: a file has a hundred names, all matchers together ask for thousands, so the
 * file's names say which matchers have anything to look at.
 */
export class CallNames {
  #count = 0;
  readonly #whole = new Map<string, number[]>();
  /** Patterns with a `*`, by their last part, or by the first where the last is a `*`. */
  readonly #last = new Map<string, number[]>();
  readonly #first = new Map<string, number[]>();
  /** Those that begin and end in a `*`. */
  readonly #any: number[] = [];

  /**
   * Takes in the names that a matcher asks for.
   * @returns the matcher's number, for {@link askedIn}
   */
  enter(names: readonly string[]): number {
    const number = this.#count++;
    for (const name of names) {
      if (!name.includes('*')) enter(this.#whole, name, number);
      else if (lastPart(name) !== '*') enter(this.#last, lastPart(name), number);
      else if (firstPart(name) !== '*') enter(this.#first, firstPart(name), number);
      else this.#any.push(number);
    }
    return number;
  }

  /** By a matcher's number: 1 when one of the calls may have a name that it asks for, 0 when none has. */
  askedIn(calls: readonly CallFact[]): Uint8Array {
    const asked = new Uint8Array(this.#count);
    const mark = (numbers: readonly number[] | undefined): void => {
      if (numbers !== undefined) for (const number of numbers) asked[number] = 1;
    };
    mark(this.#any);
    const seen = new Set<string>();
    for (const { name } of calls) {
      if (seen.has(name)) continue;
      seen.add(name);
      mark(this.#whole.get(name));
      mark(this.#last.get(lastPart(name)));
      mark(this.#first.get(firstPart(name)));
    }
    return asked;
  }
}
