import type { Span } from '../../../model/program.ts';
import { plain, textOf } from '../../fold/constant.ts';
import { constantValue, flowingValue, listValue, type Value } from '../values/value.ts';
import { queueInnerCode } from '../texts/inner-code.ts';
import type { Walk } from '../walk/walk.ts';

/** The variable that holds what an alias stands for: no variable of a script has such a name. */
function aliasName(command: string): string {
  return `alias ${command}`;
}

function set(walk: Walk, name: string, value: Value): void {
  if (/^[A-Za-z_]\w*$|^[@\d]$/.test(name))
    walk.moduleFrame.assign(name, value, walk.graph, walk.uncertainty === 0);
}

/** Sets the variables that a builtin sets: `set -- a b`, `alias x=y`, `read line`. */
export function setByBuiltin(
  walk: Walk,
  command: string,
  words: readonly Value[],
  stdin: Value | undefined,
  span: Span,
): void {
  const texts = words.map((word) => textOf(word.constant));
  switch (command) {
    case 'set': {
      const from = texts.indexOf('--');
      if (from < 0) return;
      const given = words.slice(from + 1);
      set(walk, '@', listValue(given));
      for (const [index, value] of given.slice(0, 9).entries()) set(walk, String(index + 1), value);
      return;
    }
    case 'shift': {
      const given = walk.frame.read('@')?.elements ?? null;
      const count = Number(texts[0] ?? 1);
      if (given === null || !(count >= 1) || walk.uncertainty > 0) return;
      const rest = given.slice(count);
      walk.frame.assign('@', listValue(rest, walk.frame.read('@')?.node), walk.graph, true);
      for (const [index, value] of rest.slice(0, 9).entries())
        walk.frame.assign(String(index + 1), value, walk.graph, true);
      return;
    }
    case 'read':
    case 'mapfile':
    case 'readarray': {
      const node = stdin?.node ?? walk.program.input;
      for (const text of texts)
        if (text !== null && !text.startsWith('-')) set(walk, text, flowingValue(node));
      return;
    }
    case 'alias':
      for (const text of texts) {
        const parts = /^([\w.-]+)=([^]*)$/.exec(text ?? '');
        if (parts?.[1] === undefined) continue;
        const meaning = constantValue(plain(parts[2] ?? ''));
        walk.moduleFrame.assign(aliasName(parts[1]), meaning, walk.graph, true);
        queueInnerCode(walk, 'shell', meaning, span, 0);
      }
  }
}

/** The words that an alias stands for; null when the command is none. */
export function aliasWords(walk: Walk, command: string): readonly Value[] | null {
  const text = textOf(walk.moduleFrame.read(aliasName(command))?.constant ?? null);
  return text === null ? null : wordsOf(text);
}

/** A text as the shell splits it when it stands unquoted. */
export function wordsOf(text: string): readonly Value[] {
  return text
    .trim()
    .split(/\s+/)
    .slice(0, 256)
    .map((word) => constantValue(plain(word)));
}
