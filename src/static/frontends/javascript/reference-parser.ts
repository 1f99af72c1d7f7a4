import { createRequire } from 'node:module';
import type * as Parser from '@typescript-eslint/parser';

/** The parser takes seconds and gigabytes over bundles; a complaint about one is not worth that. */
const MAXIMUM_LENGTH = 256 * 1024;

/** Each asynchronous function inside another's arguments doubles its time, and damaged text hides which ones lie inside. */
const MAXIMUM_ASYNCHRONOUS = 8;

/**
 * What the reference parser, which most tools for JavaScript read through, says of a text that was only understood in part: the message
 * that people know from their own tools, with its line and column. Null when it has no complaint, or the text is such that asking takes too long.
 * Loaded only for such texts: see docs/adr/0020-typescript-tree-for-javascript.md.
 */
export function referenceComplaint(text: string, path: string): string | null {
  if (text.length > MAXIMUM_LENGTH) return null;
  if ((text.match(/\basync\b/g)?.length ?? 0) > MAXIMUM_ASYNCHRONOUS) return null;
  const { parse } = createRequire(import.meta.url)('@typescript-eslint/parser') as typeof Parser;
  try {
    parse(text, { filePath: path, range: true, loc: false, ecmaFeatures: { jsx: /x$/.test(path) } });
    return null;
  } catch (error) {
    const { message, location } = error as {
      message?: unknown;
      location?: { start?: { line?: unknown; column?: unknown } };
    };
    const { line, column } = location?.start ?? {};
    if (typeof message !== 'string' || typeof line !== 'number' || typeof column !== 'number') return null;
    return `line ${String(line)}, column ${String(column + 1)}: ${message}`;
  }
}
