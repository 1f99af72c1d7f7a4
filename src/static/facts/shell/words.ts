import { made, plain, textOf } from '../../fold/constant.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import { atNode, changed, constantValue, knownText, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** Splits words into operands and options; an option's value is found under the option's name. */
export function bindWords(
  walk: Walk,
  command: string,
  words: readonly Value[],
  named: ReadonlyMap<string, Value>,
): BoundArguments {
  const withValue = walk.gathering.knowledge.apis.shell.optionsOf(command);
  const positional: Value[] = [];
  const options = new Map(named);
  // `set -e` shows nothing, `set` alone all variables: its options count as words.
  let isOptions = command !== 'set';
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? UNKNOWN;
    const text = knownText(word);
    if (!isOptions || text === null || !/^-[^\s]/.test(text)) {
      positional.push(word);
      continue;
    }
    if (text === '--') {
      isOptions = false;
      continue;
    }
    const next = words[at + 1];
    const equals = /^(--?[\w-]+)=/.exec(text);
    const short = /^-[A-Za-z]/.test(text) && !text.startsWith('--') ? text.slice(0, 2) : null;
    if (withValue.has(text) && next !== undefined) {
      options.set(text, joinedOption(walk, options.get(text), next));
      at++;
    } else if (equals?.[1] !== undefined) {
      options.set(equals[1], joinedOption(walk, options.get(equals[1]), afterPrefix(word, equals[0].length)));
    } else if (short !== null && text.length > 2 && withValue.has(short)) {
      options.set(short, joinedOption(walk, options.get(short), afterPrefix(word, 2)));
    } else {
      options.set(text, constantValue(plain(true)));
      // `-sd value`: the last letter of a group takes it.
      const last = short === null ? null : `-${text.at(-1) ?? ''}`;
      if (last !== null && text.length > 2 && withValue.has(last) && next !== undefined) {
        options.set(last, next);
        at++;
      }
    }
  }
  return { positional, named: options, receiver: null };
}

/** Words as one text, with holes where they are not known. */
export function joinedWords(words: readonly Value[]): Value {
  const [only] = words;
  if (words.length === 1 && only !== undefined) return only;
  const texts = words.map((word) => textOf(word.constant));
  if (texts.every((text) => text !== null)) return constantValue(plain(texts.join(' ')));
  return changed(UNKNOWN, { pieces: words.flatMap((word, at) => [texts[at] ?? word, ' ']) });
}

function afterPrefix(word: Value, length: number): Value {
  const text = textOf(word.constant);
  if (text !== null && word.constant !== null)
    return changed(word, { constant: made(text.slice(length), [word.constant]) });
  const [first, ...rest] = word.pieces ?? [];
  return typeof first === 'string' ? changed(word, { pieces: [first.slice(length), ...rest] }) : word;
}

function joinedOption(walk: Walk, known: Value | undefined, value: Value): Value {
  return known === undefined ? value : atNode(value, walk.graph.join([known.node, value.node]));
}
