import type { Language, Span } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { queueInnerCode } from '../texts/inner-code.ts';
import { constantValue, knownText, type Value } from '../values/value.ts';
import { joinedWords } from './words.ts';
import type { Walk } from '../walk/walk.ts';

/** Options of PowerShell that take a value which is no code. */
const WITH_VALUE =
  /^[-/](?:v(?:ersion)?|w(?:in\w*)?|ex\w*|ep|psc\w*|in\w*|out\w*|config\w*|wd|workingdirectory|settingsfile)$/i;

/** The code behind the options of `powershell`. */
function powershellCode(words: readonly Value[]): Value | null {
  for (let at = 0; at < words.length; at++) {
    const text = knownText(words[at]!) ?? '';
    if (/^[-/](?:c|co\w*)$/i.test(text)) return joinedWords(words.slice(at + 1));
    if (/^[-/](?:f|fi\w*)$/i.test(text)) return null;
    if (/^[-/]e(?:c|n\w*)?$/i.test(text)) {
      const encoded = textOf(words[at + 1]?.constant ?? null);
      if (encoded === null) return null;
      const value = Buffer.from(encoded, 'base64').toString('utf16le');
      return constantValue({ value, isBytes: false, origin: 'decoded' });
    }
    if (WITH_VALUE.test(text)) at++;
    else if (!/^[-/]/.test(text)) return joinedWords(words.slice(at));
  }
  return null;
}

/** Follows `powershell`, `pwsh` and `cmd` into the code that they are given; false for any other command. */
export function codeOfWindowsShell(
  walk: Walk,
  command: string,
  words: readonly Value[],
  stdin: Value | undefined,
  span: Span,
  node: number,
): boolean {
  let language: Language = 'powershell';
  let code: Value | null;
  if (/^(?:powershell|pwsh)(?:\.exe)?$/i.test(command)) code = powershellCode(words) ?? stdin ?? null;
  else if (/^cmd(?:\.exe)?$/i.test(command)) {
    language = 'batch';
    const at = words.findIndex((word) => /^\/[ckr]$/i.test(knownText(word) ?? ''));
    code = at < 0 ? (stdin ?? null) : joinedWords(words.slice(at + 1));
  } else return false;
  if (code !== null) queueInnerCode(walk, language, code, span, node);
  return true;
}
