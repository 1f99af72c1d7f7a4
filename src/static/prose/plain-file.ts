import type { ParsedText } from '../../model/program.ts';
import { audienceOfPath } from './addressee.ts';
import { sentencesOfBlocks, type TextBlock } from './document.ts';
import { plainBlocks } from './plain-blocks.ts';

/** Names of text files that somebody wrote for reading; data sets and logs are not among them. */
const PROSE_FILE =
  /(?:^|\/)[^/.]*$|\.(?:txt|text|rst|adoc|asciidoc|org|prompt|prompts|tmpl|tpl|j2|jinja2?|mustache|hbs)$/i;
const LIST_FILE =
  /(?:^|\/)(?:requirements[^/]*|constraints[^/]*|cmakelists|robots|humans|ads|manifest|license[^/]*|copying[^/]*|notice[^/]*|authors|codeowners)(?:\.txt)?$/i;

/** Longer texts are data: of them only what speaks of agents, of their users or of secrets is read (UTF-16 units). */
const MAX_LENGTH = 1_000_000;
const SPEAKS_OF_AGENTS =
  /\b(?:assistants?|agents?|claude|chatgpt|copilot|gemini|llms?|language models?|prompts?|instructions?|users?|tools?|secrets?|passwords?|tokens?|keys?)\b|~\/\.|\.ssh\b/i;

function* tellingBlocks(text: string): Generator<TextBlock> {
  for (const block of plainBlocks(text, 'body')) if (SPEAKS_OF_AGENTS.test(block.marked.text)) yield block;
}

/** Reads a text file without markup as sentences; null when its name says that it is not prose. */
export function parsePlainText(text: string, path: string): ParsedText | null {
  if (!PROSE_FILE.test(path) || LIST_FILE.test(path)) return null;
  const { sentences, truncated } = sentencesOfBlocks(
    text.length > MAX_LENGTH ? tellingBlocks(text) : plainBlocks(text, 'body'),
    audienceOfPath(path),
  );
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
