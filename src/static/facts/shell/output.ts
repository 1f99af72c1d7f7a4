import { made, plain, textOf } from '../../fold/constant.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import { printedByFind } from './found-files.ts';
import { echoed, filtered, formatted } from './filters.ts';
import { changed, constantValue, knownText, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** `mktemp` makes a file that no other command names: each call has one of its own. */
function newFile(walk: Walk, words: readonly Value[]): Value {
  const template = words.map((word) => knownText(word) ?? '').find((text) => text.includes('XXX'));
  const number = String(++walk.gathering.sites);
  return constantValue(
    plain(template === undefined ? `/tmp/tmp.${number}` : template.replace(/X{3,}/, number)),
  );
}

/** `command -v curl`, `which curl`: where the command is, which is another way to name it. */
function printedPath(command: string, words: readonly Value[]): Value | null {
  const isPath = command === 'which' || /^-p?[vVpP]$/.test(knownText(words[0] ?? UNKNOWN) ?? '');
  const name = words.find((word) => knownText(word)?.startsWith('-') === false);
  return isPath && name?.constant ? constantValue(name.constant) : null;
}

/**
 * What a command prints, when that follows from what it is given: `echo`, `printf`, `find`, `mktemp`, and filters with a known
 * input; else null.
 * @param words the words after the command's name
 */
export function outputOf(
  walk: Walk,
  command: string,
  words: readonly Value[],
  args: BoundArguments,
): Value | null {
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
  if (command === 'mktemp') return newFile(walk, words);
  if (/^(?:command|which|type)$/.test(command)) return printedPath(command, words);
  const input = args.named.get('stdin');
  const text = textOf(input?.constant ?? null);
  if (input === undefined || text === null) return null;
  const spelled = words.map((word) => knownText(word) ?? '');
  const result = filtered(command, spelled, text);
  if (result === null || input.constant === null) return null;
  const origin = result.isDecoded ? 'decoded' : input.constant.origin;
  return constantValue({ value: result.text, isBytes: false, origin }, input.node);
}
