import type { ParsedText } from '../../model/program.ts';
import { audienceOfPath } from './addressee.ts';
import { sentencesOfBlocks } from './document.ts';
import { plainBlocks } from './plain-blocks.ts';

/** Names of text files that somebody wrote for reading; data sets and logs are not among them. */
const PROSE_FILE =
  /(?:^|\/)[^/.]*$|\.(?:txt|text|rst|adoc|asciidoc|org|prompt|prompts|tmpl|tpl|j2|jinja2?|mustache|hbs)$/i;
const LIST_FILE =
  /(?:^|\/)(?:requirements[^/]*|constraints[^/]*|cmakelists|robots|humans|ads|manifest|license[^/]*|copying[^/]*|notice[^/]*|authors|codeowners)(?:\.txt)?$/i;

/** Longer texts are data (UTF-16 units). */
const MAX_LENGTH = 1_000_000;

/** Reads a text file without markup as sentences; null when its name says that it is not prose. */
export function parsePlainText(text: string, path: string): ParsedText | null {
  if (!PROSE_FILE.test(path) || LIST_FILE.test(path) || text.length > MAX_LENGTH) return null;
  const { sentences, truncated } = sentencesOfBlocks(plainBlocks(text, 'body'), audienceOfPath(path));
  return {
    program: null,
    fragments: [],
    sentences,
    settings: [],
    status: truncated ? 'recovered' : 'complete',
    problem: truncated ? 'it has more sentences than are looked at' : null,
    isCutOff: truncated,
  };
}
