import type { StringFact } from '../../static/facts/facts.ts';

/** So much of a line is looked at, before and behind a text (UTF-16 units). */
const MAX_LINE = 600;

/** What prints in a shell, at the beginning of a command, with nothing but colours and words of the same text behind it. */
const SHELL_PRINTS = /(?:^|[;&|{(]|\b(?:then|else|do))\s*(?:echo|printf)\s(?:-[a-zA-Z]{1,3}\s)*[^;&|]*$/;

/** Nothing takes what was printed: no file but the terminal's own, no other command. */
const GOES_NOWHERE = /^[^|<>()`]*(?:[12]?>&[12]|[12]?>\s?\/dev\/(?:stderr|tty|null))?[^|<>()`]*$/;

/** A block, or the whole script, whose output goes somewhere. */
const BLOCK_TAKEN =
  /^\s*(?:\}|done|fi|esac|\))\s*(?:[12&]?>>?(?!\s?(?:&|\/dev\/(?:stderr|tty|null)))|\|(?!\|))|\bexec\s+[12&]?>/m;

/** What prints in the other languages, and takes no file to print to. */
const CALL_PRINTS = /(?:^|[^\w.])(?:print|puts|console\.(?:log|info|warn|error)|Write-Host)\s?\(?\s*[fr]?$/;

/**
 * True for a text that is printed for whoever runs a program, and goes nowhere else: an advice how to install what is missing. A text
 * that is written to a file, handed to another command or printed by a function whose output is taken is more than shown.
 */
export function isOnlyShown({ layer, span, function: inside }: StringFact): boolean {
  const { text } = layer.source;
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const before = text.slice(Math.max(lineStart, span.start - MAX_LINE), span.start);
  const end = text.indexOf('\n', span.end);
  const after = text.slice(span.end, Math.min(end === -1 ? text.length : end, span.end + MAX_LINE));
  if (layer.language === 'shell')
    return (
      SHELL_PRINTS.test(before) &&
      GOES_NOWHERE.test(after) &&
      !/\$\([^)]*$|`[^`]*$/.test(before) &&
      !BLOCK_TAKEN.test(text) &&
      (inside === null || inside.name === null || !isTaken(text, inside.name))
    );
  return CALL_PRINTS.test(before) && !/\bfile\s?=/.test(after);
}

/** True when what a shell function prints goes into a file, another command or a variable. */
function isTaken(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    const before = text.slice(Math.max(0, at - 3), at);
    const line = text.slice(at + name.length, at + name.length + MAX_LINE).split('\n', 1)[0]!;
    if (/[`(<]\s?$/.test(before) || /^[^;&#]*(?:>>?(?!&|\s?\/dev\/)|\|(?!\|))/.test(line)) return true;
  }
  return false;
}
