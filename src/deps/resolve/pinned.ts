import type { Package } from '../../model/dependency.ts';
import { pinKey, pypiPin } from './roots.ts';
import type { Compilation, Yanked } from './uv-compile.ts';

/** What became of asking the index about pins. */
export interface AskedPins {
  /** `name==version`. */
  readonly asked: readonly string[];
  readonly yanked: readonly Yanked[];
  /** Pins that the index gave no answer about, with why. */
  readonly unanswered: readonly { readonly pin: string; readonly message: string }[];
}

/** A run gives all or nothing: a list with one pin that cannot be installed is asked in halves, so many times at most. */
const MAX_RUNS = 60;

/**
 * Asks which pins were withdrawn. Of a name with several versions each goes into a list of its own.
 * @param compile runs uv over a list of pins, without what they need
 */
export async function askPins(
  pins: readonly string[],
  compile: (lines: readonly string[]) => Promise<Compilation>,
): Promise<AskedPins> {
  const waiting = listsOf(pins).reverse();
  const isIn = (chosen: ReadonlySet<string>, pin: string): boolean => {
    const [name = '', version = ''] = pin.split('==');
    return chosen.has(pinKey(name, version));
  };
  const asked: string[] = [];
  const yanked: Yanked[] = [];
  const unanswered: { pin: string; message: string }[] = [];
  for (let runs = 0; waiting.length > 0; runs += 1) {
    const list = waiting.pop() ?? [];
    const answer = runs < MAX_RUNS ? await compile(list) : TOO_MANY;
    if ('chosen' in answer) {
      const chosen = new Set(answer.chosen.map(({ name, version }) => pinKey(name, version)));
      asked.push(...list.filter((pin) => isIn(chosen, pin)));
      yanked.push(...answer.yanked);
      for (const pin of list)
        if (!isIn(chosen, pin)) unanswered.push({ pin, message: 'another version was answered' });
    } else if (answer.isUnsolvable && list.length > 1) {
      const middle = Math.ceil(list.length / 2);
      waiting.push(list.slice(middle), list.slice(0, middle));
    } else unanswered.push(...list.map((pin) => ({ pin, message: answer.message })));
  }
  return { asked, yanked, unanswered };
}

const TOO_MANY = {
  status: 'failed',
  message: 'there are too many to ask one by one',
  isUnsolvable: false,
} as const;

/** Exact pins of PyPI as uv writes them, each once, sorted. */
export function pinsToAsk(packages: readonly Package[]): string[] {
  return [...new Set(packages.flatMap((each) => pypiPin(each) ?? []))].sort();
}

/** Lists that hold every name once. */
function listsOf(pins: readonly string[]): string[][] {
  const lists: string[][] = [];
  const seen = new Map<string, number>();
  for (const pin of pins) {
    const [name = ''] = pin.split('==');
    const at = seen.get(name) ?? 0;
    seen.set(name, at + 1);
    (lists[at] ??= []).push(pin);
  }
  return lists;
}
