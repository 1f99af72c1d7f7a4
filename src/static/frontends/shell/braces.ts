import type { Expression } from '../../../model/program.ts';

/** More words than this are not expanded from one. */
const MAX_WORDS = 64;

/** One brace expansion in an unquoted word: `pre{a,b}post`. */
const BRACES = /^(?<before>[^{}'"$`\\]*)\{(?<choices>[^{}'"$`\\]*,[^{}'"$`\\]*)\}(?<after>[^{}'"$`\\]*)$/;

/**
 * Bash makes several words of `{curl,-s,https://a.example}`, which hides a command from whoever looks for spaces.
 * @param source the word as written
 * @param word the word as lowered
 * @returns the words it stands for; the word itself when it has no braces to expand
 */
export function expandBraces(source: string, word: Expression): Expression[] {
  const found = source.includes('{') ? BRACES.exec(source)?.groups : undefined;
  if (found === undefined) {
    return [word];
  }
  const choices = (found['choices'] ?? '').split(',', MAX_WORDS);
  return choices.map((choice) => ({
    kind: 'literal',
    value: `${found['before'] ?? ''}${choice}${found['after'] ?? ''}`,
    span: word.span,
  }));
}
