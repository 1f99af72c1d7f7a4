import type { Language } from '../../model/program.ts';
import { recognise } from '../decode/hidden/kinds.ts';

/** Shorter texts order nobody to do anything. */
const MIN_LENGTH = 8;
const MAX_LENGTH = 200_000;

/** A text in a picture or document, and what it is to be read as. */
interface UnseenText {
  readonly content: Uint8Array;
  readonly language: Language;
}

/**
 * Text that a reader of the picture or page does not see and an agent that is given all of it does: a program as it is, anything else as
 * a comment in Markdown.
 * @returns null when there is nothing in it to read
 */
export function unseenText(text: string): UnseenText | null {
  // Packets of metadata are XML; their tags say nothing.
  const plain = text.trimStart().startsWith('<') ? text.replace(/<[^<>]*>/g, '\n') : text;
  const readable = plain.replace(/[^\P{C}\n\t]/gu, ' ').trim();
  if (readable.length < MIN_LENGTH || !/\p{L}{3}/u.test(readable)) return null;
  const program = recognise(readable)?.language ?? 'text';
  if (program !== 'text') return { content: Buffer.from(readable.slice(0, MAX_LENGTH)), language: program };
  const content = Buffer.from(`<!--\n${readable.replaceAll('--', '- -')}\n-->\n`);
  return { content, language: 'markdown' };
}

/** Runs of printable characters in bytes, one a line, as `strings` gives them. */
export function printableRuns(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  const runs = text.match(/[\x20-\x7e]{12,}/g) ?? [];
  // What fills a table of a machine with one value is no space between words, and moves nothing out of sight.
  return runs.map((run) => run.replace(/ {64,}/g, '\n')).join('\n');
}
