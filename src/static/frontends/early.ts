import { extname } from 'node:path';
import type { Language } from '../../model/program.ts';
import { frontendFor } from './registry.ts';

const BY_EXTENSION: Readonly<Record<string, Exclude<Language, 'text'>>> = {
  '.py': 'python',
  '.sh': 'shell',
  '.bash': 'shell',
  '.md': 'markdown',
};

const FENCE = '```';

/**
 * Begins to load the parsers that files will need, by the look of their names: they load in the background while other things are made
 * ready, and side by side. A wrong guess changes nothing but the time it takes.
 */
export function loadEarly(files: readonly { readonly path: string; readonly content: Uint8Array }[]): void {
  const languages = new Set<Exclude<Language, 'text'>>();
  for (const { path, content } of files) {
    const language = BY_EXTENSION[extname(path).toLowerCase()];
    if (language === undefined) continue;
    languages.add(language);
    // Most fenced blocks are commands.
    if (
      language === 'markdown' &&
      !languages.has('shell') &&
      Buffer.from(content.buffer, content.byteOffset, content.length).includes(FENCE)
    )
      languages.add('shell');
  }
  // Whoever needs the frontend gets the error; nobody may be waiting for it yet.
  for (const language of languages) frontendFor(language).catch(() => undefined);
}
