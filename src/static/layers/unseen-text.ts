/** Shorter texts order nobody to do anything. */
const MIN_LENGTH = 8;

/**
 * Text that a reader of the picture or page does not see and an agent that is given all of it does, as Markdown: a comment.
 * @returns null when there is nothing in it to read
 */
export function unseenText(text: string): Uint8Array | null {
  // Packets of metadata are XML; their tags say nothing.
  const plain = text.trimStart().startsWith('<') ? text.replace(/<[^<>]*>/g, '\n') : text;
  const readable = plain.replace(/[^\P{C}\n\t]/gu, ' ').trim();
  if (readable.length < MIN_LENGTH || !/\p{L}{3}/u.test(readable)) return null;
  return Buffer.from(`<!--\n${readable.replaceAll('--', '- -')}\n-->\n`);
}

/** Runs of printable characters in bytes, one a line, as `strings` gives them. */
export function printableRuns(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return (text.match(/[\x20-\x7e]{12,}/g) ?? []).join('\n');
}
