import type { Span } from '../../../model/program.ts';
import type { Identifier } from './identifier.ts';

/** A number of a person and where it stands. */
export interface FoundNumber {
  readonly identifier: Identifier;
  readonly span: Span;
}

/** Without separators, or in groups. */
const PLAIN = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;

/** True when a value as written, with its separators, is one of a kind. */
export function isOf(identifier: Identifier, written: string): boolean {
  if (!(identifier.written ?? PLAIN).test(written)) return false;
  const keepsCase = identifier.title === 'wallet address';
  const bare = identifier.shape.source.includes('[-+') ? written : written.replace(/[\s.:/-]/g, '');
  const compact = keepsCase ? bare : bare.toUpperCase();
  return identifier.shape.test(compact) && !/^(.)\1+$/.test(compact) && identifier.isValid(compact);
}

const LONGEST = 64;
const GROUPS = /[A-Za-z0-9+](?:[A-Za-z0-9]|[ .:/+-](?=[A-Za-z0-9])){4,41}/y;

/** The number of one of the kinds that begins at a place: as long as it can be, of one or several groups. */
export function numberIn(
  text: string,
  index: number,
  identifiers: readonly Identifier[],
): FoundNumber | null {
  if (/[\w.,$#%&=/+-]/.test(text[index - 1] ?? ' ') && !/[=]/.test(text[index - 1]!)) return null;
  GROUPS.lastIndex = index;
  const run = GROUPS.exec(text)?.[0];
  if (run === undefined) return null;
  // Behind each group it may end.
  for (let end = Math.min(run.length, LONGEST); end >= 9; end -= 1) {
    // A group that ends where more digits follow is a part of something longer.
    if (end < run.length && (/\w/.test(run[end]!) || /\d/.test(run[end + 1]!))) continue;
    if (end === run.length && /\w/.test(text[index + end] ?? ' ')) continue;
    const written = run.slice(0, end);
    const identifier = identifiers.find((candidate) => isOf(candidate, written));
    if (identifier !== undefined) return { identifier, span: { start: index, end: index + end } };
  }
  return null;
}

const TOKEN = /[A-Za-z0-9][A-Za-z0-9.:/+-]{0,62}/g;

/**
 * Numbers beside the word for them: in the rest of the line and the one after, or before it in its line.
 * @param from the word's first character
 * @param to the end of what is looked at
 */
export function* valuesNear(
  text: string,
  from: number,
  to: number,
  identifiers: readonly Identifier[],
): Generator<FoundNumber> {
  const before = text.slice(Math.max(0, from - 50), from);
  const begin = from - before.length + before.lastIndexOf('\n') + 1;
  const around = text.slice(begin, to);
  if (!/\d/.test(around)) return;
  const asked = identifiers.filter(({ context }) => context.test(around));
  if (asked.length === 0) return;
  const tokens = [...around.matchAll(TOKEN)].slice(0, 24);
  for (let first = 0; first < tokens.length; first += 1) {
    for (let last = Math.min(first + 5, tokens.length - 1); last >= first; last -= 1) {
      const start = tokens[first]!.index;
      const written = around
        .slice(start, tokens[last]!.index + tokens[last]![0].length)
        .replace(/[.:/+-]+$/, '');
      const parts = tokens.slice(first, last + 1);
      if (parts.length > 1 && !parts.every(([part]) => /\d/.test(part) || /^[A-Z]{1,2}$/.test(part)))
        continue;
      if (written.length > LONGEST || !/\d/.test(written) || /\n|[^\S ]|[,;"'()]/.test(written)) continue;
      const identifier = asked.find((candidate) => isOf(candidate, written));
      if (identifier === undefined) continue;
      yield { identifier, span: { start: begin + start, end: begin + start + written.length } };
      first = last;
      break;
    }
  }
}
