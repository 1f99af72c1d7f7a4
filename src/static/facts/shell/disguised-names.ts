import { HOLE } from '../../evidence/detail.ts';
import type { ApiIndex } from '../../../rules/api-index.ts';

/** Commands that are worth hiding. */
const HIDDEN =
  'curl wget bash dash zsh sh nc ncat socat base64 python3 python perl ruby node cat eval xxd openssl ssh scp'.split(
    ' ',
  );

/** True where a pattern of the shell (`?`, `*`, `[…]`) fits a name; patterns are short. */
function fits(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  try {
    return new RegExp(`^${source}$`).test(name);
  } catch {
    return false;
  }
}

/**
 * The command that is meant by a name with a hole or a pattern in it: `cu${nothing}rl`, `/???/b?n/c?rl`. A variable in the middle of the
 * name of a command is empty. The name itself when no known command is meant.
 */
export function commandMeant(shell: ApiIndex, text: string): string {
  if (text.length > 60 || !/[*?[]/.test(text)) return text;
  const filled = text.replaceAll(HOLE, '');
  if (/^\w/.test(text) && !/[?[]/.test(text) && filled.length > 1)
    return shell.lookup(filled).length > 0 || HIDDEN.includes(filled) ? filled : text;
  const last = text.slice(text.lastIndexOf('/') + 1);
  if (!/\w/.test(last)) return text;
  return HIDDEN.find((name) => fits(last, name)) ?? text;
}
