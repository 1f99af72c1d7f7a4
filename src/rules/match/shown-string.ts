import type { Layer, StringFact } from '../../static/facts/facts.ts';

/** So much of a line is looked at, before and behind a text (UTF-16 units). */
const MAX_LINE = 600;

/** What prints in a shell, at the beginning of a command, with nothing but colours and words of the same text behind it. */
const SHELL_PRINTS = /(?:^|[;&|{(]|\b(?:then|else|do))\s*(?:echo|printf)\s(?:-[a-zA-Z]{1,3}\s)*[^;&|]*$/;

/** Nothing takes what was printed: no file but the terminal's own, no other command. */
const GOES_NOWHERE = /^[^|<>()`]*(?:[12]?>&[12]|[12]?>\s?\/dev\/(?:stderr|tty|null))?[^|<>()`]*$/;

/** A block, or the whole script, whose output goes somewhere. */
const BLOCK_TAKEN =
  /^[^\S\n]*(?:\}|done|fi|esac|\))\s*(?:[12&]?>>?(?!\s?(?:&|\/dev\/(?:stderr|tty|null)))|\|(?!\|))|\bexec\s+[12&]?>/m;

/** What prints in the other languages, and takes no file to print to. */
const CALL_PRINTS = /(?:^|[^\w.])(?:print|puts|console\.(?:log|info|warn|error)|Write-Host)\s?\(?\s*[fr]?$/;

/**
 * True for a text that is printed for whoever runs a program, and goes nowhere else: an advice how to install what is missing. A text
 * that is written to a file, handed to another command or printed by a function whose output is taken is more than shown.
 */
export function isOnlyShown({ layer, span, function: inside }: StringFact): boolean {
  const { text } = layer.source;
  const before = text
    .slice(Math.max(0, span.start - MAX_LINE), span.start)
    .split('\n')
    .at(-1)!;
  const after = text.slice(span.end, span.end + MAX_LINE).split('\n', 1)[0]!;
  if (layer.language === 'shell')
    return (
      SHELL_PRINTS.test(before) &&
      GOES_NOWHERE.test(after) &&
      !/\$\([^)]*$|`[^`]*$/.test(before) &&
      !outputOf(layer).isTaken &&
      (inside === null || inside.name === null || !isTaken(layer, inside.name))
    );
  return CALL_PRINTS.test(before) && !/\bfile\s?=/.test(after);
}

/** What is known of where a script's output goes: asked for every text that it prints, and worked out once. */
interface Output {
  readonly isTaken: boolean;
  /** Names behind which a pipe or a file stands, or which stand in a substitution. */
  readonly takenOf: ReadonlySet<string>;
}

const OUTPUTS = new WeakMap<Layer, Output>();
const NAME = /[A-Za-z_][\w.:-]*/g;
const IS_NAME = /^[A-Za-z_][\w.:-]*$/;

function outputOf(layer: Layer): Output {
  let output = OUTPUTS.get(layer);
  if (output === undefined) {
    const { text } = layer.source;
    OUTPUTS.set(layer, (output = { isTaken: BLOCK_TAKEN.test(text), takenOf: takenNames(text) }));
  }
  return output;
}

function takenNames(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { 0: name, index } of text.matchAll(NAME)) {
    if (found.has(name)) continue;
    const before = text.slice(Math.max(0, index - 3), index);
    const behind = index + name.length;
    const line = text.slice(behind, behind + MAX_LINE).split('\n', 1)[0]!;
    if (/[`(<]\s?$/.test(before) || /^[^;&#]*(?:>>?(?!&|\s?\/dev\/)|\|(?!\|))/.test(line)) found.add(name);
  }
  return found;
}

/** True when what a shell function prints goes into a file, another command or a variable. */
function isTaken(layer: Layer, name: string): boolean {
  return !IS_NAME.test(name) || outputOf(layer).takenOf.has(name);
}
