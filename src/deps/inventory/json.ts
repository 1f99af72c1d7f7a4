import { messageOf } from '../../errors.ts';
import type { Problem } from './declaration.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { offsetOfJsonError } from './json-error.ts';
import type { Parsed } from './parsed.ts';
import { tableOf } from './parsed.ts';
import { LineFinder } from './text.ts';

/** Parses JSON; a document that is broken comes back as a problem with its line. */
export function parseJson(text: string): Parsed {
  const source = text.replace(/^\uFEFF/, '');
  try {
    const value: unknown = JSON.parse(source);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { table: tableOf(value), problem: null };
    return { table: null, problem: { line: 1, reason: 'not a JSON object' } };
  } catch (error) {
    const offset = offsetOfJsonError(source);
    return {
      table: null,
      problem: {
        line: new LineFinder(source).lineAt(offset),
        reason: `not valid JSON: ${shorten(messageOf(error))}`,
      },
    };
  }
}

/** What a document says twice, as problems: the last counts, as it does for the package managers. */
export function duplicateProblems(text: string, sections: ReadonlySet<string> | null = null): Problem[] {
  return duplicateKeys(text)
    .filter(({ key, section }) => sections === null || sections.has(section ?? key))
    .map(({ key, line }) => ({
      line,
      reason: `the key ${key.slice(0, 60)} stands twice; the last one was read, as package managers do`,
    }));
}

/** Node quotes the text itself in its message; what is said before that is enough. */
function shorten(message: string): string {
  return message.replace(/, (?:\.\.\.)?".*$/s, '').replace(/ at position \d+.*$/, '');
}

/** Turns JSON with trailing commas (bun.lock) into JSON by blanking them, so that every offset stays what it was. */
export function blankTrailingCommas(text: string): string {
  // A string is skipped as a whole; an unclosed one ends with its line, so that every character is looked at once.
  return text.replace(/"(?:[^"\\\n]|\\.)*"?|,(?=\s*[\]}])/g, (match) => (match === ',' ? ' ' : match));
}

/** Places of one key that are looked at for the one that is meant: names of popular packages come back as requirements of others. */
const MAX_TRIES = 500;

/** Finds the lines of keys in JSON text without a position-keeping parser. */
export class KeyLines {
  readonly #offsets = new Map<string, number[]>();
  readonly #lines: LineFinder;

  constructor(text: string) {
    this.#lines = new LineFinder(text);
    for (const match of text.matchAll(/"((?:[^"\\\n]|\\.)*)"(\s*:)?/g)) {
      if (match[2] === undefined) continue;
      const key = match[1] ?? '';
      const known = this.#offsets.get(key);
      if (known === undefined) this.#offsets.set(key, [match.index]);
      else known.push(match.index);
    }
  }

  /** Where the key stands first, at or after an offset; the offset itself when it does not. */
  offsetOf(key: string, from = 0): number {
    const escaped = JSON.stringify(key).slice(1, -1);
    const offsets = this.#offsets.get(escaped) ?? [];
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return offsets[low] ?? from;
  }

  /** Like {@link offsetOf}, for the key of an entry: one whose value opens with this bracket. */
  offsetOfEntry(key: string, from: number, opens: '{' | '['): number {
    let at = this.offsetOf(key, from);
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const quoted = JSON.stringify(key);
      const value = this.#lines.text.slice(at + quoted.length, at + quoted.length + 40);
      if (/^\s*:\s*([[{])/.exec(value)?.[1] === opens) return at;
      const next = this.offsetOf(key, at + 1);
      if (next === at + 1) break;
      at = next;
    }
    return this.offsetOf(key, from);
  }

  /** The line of a key that stands inside the object under `section`. */
  lineOf(key: string, section: string): number {
    return this.#lines.lineAt(this.offsetOf(key, this.offsetOf(section)));
  }

  lineAt(offset: number): number {
    return this.#lines.lineAt(offset);
  }
}
