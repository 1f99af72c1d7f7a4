import { made, textOf } from '../../fold/constant.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import { printedByFind } from './found-files.ts';
import { echoed, filtered, formatted } from './filters.ts';
import { changed, constantValue, knownText, UNKNOWN, type Value } from '../values/value.ts';

/**
 * What a command prints, when that follows from what it is given: `echo`, `printf`, and filters with a known input; else null.
 * @param words the words after the command's name
 */
export function outputOf(command: string, words: readonly Value[], args: BoundArguments): Value | null {
  const constants = words.map((word) => word.constant);
  const known = constants.filter((constant) => constant !== null);
  const isWhole = known.length === constants.length;
  const texts = constants.map((constant) => (constant === null ? '' : String(constant.value)));
  if (command === 'echo' || command === 'printf') {
    if (isWhole) {
      const text = command === 'echo' ? echoed(texts) : formatted(texts[0] === '-v' ? texts.slice(2) : texts);
      const isPlain = text === texts.join(' ') || !/\\/.test(texts.join(''));
      return constantValue(made(text, known, isPlain ? 'plain' : 'decoded'));
    }
    return changed(UNKNOWN, { pieces: words.flatMap((word, index) => (index === 0 ? [word] : [' ', word])) });
  }
  if (command === 'find') return printedByFind(words);
  const input = args.named.get('stdin');
  const text = textOf(input?.constant ?? null);
  if (input === undefined || text === null) return null;
  const spelled = words.map((word) => knownText(word) ?? '');
  const result = filtered(command, spelled, text);
  if (result === null || input.constant === null) return null;
  const origin = result.isDecoded ? 'decoded' : input.constant.origin;
  return constantValue({ value: result.text, isBytes: false, origin }, input.node);
}
