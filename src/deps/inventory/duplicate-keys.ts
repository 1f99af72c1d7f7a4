import { LineFinder } from './text.ts';

/** A key that stands twice in one object. */
export interface DuplicateKey {
  readonly key: string;
  readonly line: number;
  /** The key of the outermost object under which it stands; null at the top. */
  readonly section: string | null;
}

/** Duplicates that are told of one document. */
const MAX_TOLD = 20;

const TOKEN = /"(?:[^"\\]|\\[^])*"|[[\]{},]/g;

/**
 * Keys that stand twice in JSON that was parsed without an error. Every reader that matters here (npm, pnpm, Yarn, Pipenv) takes the last of them,
 * as `JSON.parse` does; a person reads the first. Goes over the text once.
 */
export function duplicateKeys(text: string): DuplicateKey[] {
  const found: { key: string; offset: number; section: string | null }[] = [];
  const open: (Set<string> | null)[] = [];
  let section: string | null = null;
  let isKeyNext = false;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      isKeyNext = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      isKeyNext = false;
    } else if (token === ',') {
      isKeyNext = open.at(-1) !== null;
    } else if (isKeyNext) {
      isKeyNext = false;
      const keys = open.at(-1);
      const key = token.slice(1, -1);
      if (keys?.has(key) === true)
        found.push({ key, offset: match.index, section: open.length > 1 ? section : null });
      keys?.add(key);
      if (open.length === 1) section = key;
      if (found.length >= MAX_TOLD) break;
    }
  }
  if (found.length === 0) return [];
  const lines = new LineFinder(text);
  return found.map(({ key, offset, section: under }) => ({
    key,
    line: lines.lineAt(offset),
    section: under,
  }));
}
