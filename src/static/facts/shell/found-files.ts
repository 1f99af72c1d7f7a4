import { made } from '../../fold/constant.ts';
import { constantValue, knownText, UNKNOWN, type Value } from '../values/value.ts';

/** So many files that a search may find, or words that `xargs` adds, are followed. */
const MAX_FOUND = 32;

/** Options of `find` whose value is the name or path of what is looked for. */
const NAMING = /^-(?:i?name|i?path|i?wholename)$/;

/**
 * The files that `find` may find, as far as its words say: each folder with each name, wildcards as written.
 * @param words the words after the command's name
 */
export function foundFiles(words: readonly Value[]): readonly string[] {
  const texts = words.map((word) => knownText(word) ?? '');
  const first = texts.findIndex((text) => /^[-(!\\]/.test(text));
  const folders = texts.slice(0, first < 0 ? texts.length : first);
  const names = texts.filter((text, index) => text !== '' && NAMING.test(texts[index - 1] ?? ''));
  return (folders.length === 0 ? ['.'] : folders)
    .flatMap((folder) => names.map((name) => `${folder.replace(/\/+$/, '')}/${name.replace(/^\*\//, '')}`))
    .slice(0, MAX_FOUND);
}

/** What `find` prints, a path a line; null when its words name no files. */
export function printedByFind(words: readonly Value[]): Value | null {
  const found = foundFiles(words);
  if (found.length === 0) return null;
  const known = words.map((word) => word.constant).filter((constant) => constant !== null);
  return constantValue(made(found.join('\n'), known, 'plain'));
}

/** `{}` in the words of a command that runs for each file found is that file. */
export function withFile(words: readonly Value[], file: string | undefined): readonly Value[] {
  if (file === undefined) return words;
  return words.map((word) => {
    const text = knownText(word);
    if (text === null || !text.includes('{}') || word.constant === null) return word;
    return constantValue(made(text.replaceAll('{}', file), [word.constant], 'plain'), word.node);
  });
}

/** The words of a command that `xargs` runs: those it is given, and those on its standard input. */
export function withInputWords(
  words: readonly Value[],
  inner: readonly Value[],
  input: Value | undefined,
): readonly Value[] {
  const text = input === undefined ? null : knownText(input);
  const isOwn = /^(?:\S*\/)?(?:xargs|parallel)$/.test(knownText(words[0] ?? UNKNOWN) ?? '');
  if (!isOwn || input === undefined || text === null || inner === words) return inner;
  const added = text.split(/\s+/, MAX_FOUND).filter((word) => word !== '');
  if (inner.some((word) => knownText(word)?.includes('{}') === true)) return withFile(inner, added[0]);
  const known = input.constant === null ? [] : [input.constant];
  return [...inner, ...added.map((word) => constantValue(made(word, known, 'plain'), input.node))];
}
