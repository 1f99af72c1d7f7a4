import type { Fragment, Frontend, ParsedText, Sentence, Span } from '../../../model/program.ts';
import { audienceOfPath, isChangeLog, isInstructionFile } from '../../prose/addressee.ts';
import { sentencesOfBlocks } from '../../prose/document.ts';
import type { TextBlock } from '../../prose/document.ts';
import { beginsWithFields, isField } from '../../prose/head-fields.ts';
import { plainBlocks } from '../../prose/plain-blocks.ts';
import { isStopped } from '../../prose/quotation.ts';
import { commandsAtOnce, frontMatterHooks, isFenceAtOnce, runsAtOnce } from './at-once.ts';
import { scanBlocks } from './blocks.ts';
import type { Block } from './blocks.ts';
import { codeFragment } from './fragments.ts';
import { readFrontMatter } from './front-matter.ts';
import type { FrontMatter } from './front-matter.ts';
import { readInline } from './inline.ts';
import type { InlineText } from './inline.ts';
import { lineCounter } from './lines.ts';
import { orderedCommands } from './ordered-commands.ts';
import { splitRow } from './table.ts';

/** Front-matter keys whose value is prose that an agent reads. */
const DESCRIPTIVE_KEYS = new Set([
  'description',
  'when_to_use',
  'when-to-use',
  'summary',
  'instructions',
  'prompt',
]);

/**
 * Makes the Markdown frontend: settings from front matter, code blocks and ordered inline commands as fragments, everything else as
 * classified sentences.
 */
export function createMarkdownFrontend(): Promise<Frontend> {
  return Promise.resolve({ languages: ['markdown'], parse: parseMarkdown });
}

function parseMarkdown(text: string, _language: string, path: string): ParsedText {
  const audience = audienceOfPath(path);
  const lineOf = lineCounter(text);
  const fragments: Fragment[] = [];
  const textBlocks: TextBlock[] = [];
  const inlines: InlineText[] = [];
  const isLoaded = runsAtOnce(path);
  let frontMatter: FrontMatter = { settings: [], problem: null };
  const readText = (inline: InlineText, block: Omit<TextBlock, 'marked'>): void => {
    inlines.push(inline);
    textBlocks.push({ marked: inline, ...block });
    for (const hidden of inline.hidden) textBlocks.push({ ...hiddenBlock, marked: hidden });
  };
  for (const block of scanBlocks(text)) {
    if (block.kind === 'front-matter') {
      frontMatter = readFrontMatter(text.slice(block.content.start, block.content.end), block.content.start);
    } else if (block.kind === 'code') {
      const isHook = isLoaded && isFenceAtOnce(block.info);
      const fragment = codeFragment(text, isHook ? { ...block, info: 'sh' } : block, lineOf);
      if (fragment !== null) fragments.push(isHook ? { ...fragment, role: 'agent-hook' } : fragment);
      textBlocks.push(...proseInFence(text, block));
    } else if (block.kind === 'comment') {
      const content = text.slice(block.content.start, block.content.end);
      textBlocks.push(...plainBlocks(content, 'hidden', block.content.start));
    } else if (block.kind === 'table') {
      readTable(text, block, readText);
    } else {
      for (const lines of withoutHead(text, block.lines)) readText(readInline(text, lines), placeOf(block));
    }
  }
  const { sentences, truncated } = sentencesOfBlocks(textBlocks, audience, undefined, {
    isInstructions: isInstructionFile(path),
    isChangeLog: isChangeLog(path),
  });
  const described = frontMatter.settings.flatMap((setting) => sentencesOfSetting(setting));
  fragments.push(...orderedCommands(text, inlines, sentences), ...frontMatterHooks(frontMatter.settings));
  if (isLoaded) fragments.push(...commandsAtOnce(text, inlines));
  const problem = truncated ? 'it has more sentences than are looked at' : frontMatter.problem;
  return {
    program: null,
    fragments,
    sentences: [...described, ...sentences],
    settings: frontMatter.settings,
    status: problem === null ? 'complete' : 'recovered',
    problem,
    isCutOff: truncated,
  };
}

/** The fields of a package's metadata, which a description follows, each by itself; any other text as it is. */
function withoutHead(text: string, lines: readonly Span[]): readonly (readonly Span[])[] {
  if (lines[0]?.start !== 0 || !beginsWithFields(text)) return [lines];
  const fields: Span[][] = [];
  for (const line of lines) {
    if (fields.length === 0 || isField(text, line.start)) fields.push([line]);
    else fields.at(-1)!.push(line);
  }
  return fields;
}

/** Fences for text: what is to be copied somewhere, often into what an agent reads next. */
const TEXT_FENCE = /^[{.\s]*(?:text|txt|plain|plaintext|markdown|md|prompt|none)?\s*\}?$/i;

/** Longer ones are data (UTF-16 units). */
const MAX_FENCED_PROSE = 50_000;

function* proseInFence(text: string, block: Extract<Block, { kind: 'code' }>): Generator<TextBlock> {
  const [first] = block.lines;
  const last = block.lines.at(-1);
  if (first === undefined || !block.fenced || !TEXT_FENCE.test(block.info.slice(0, 40))) return;
  if (last!.end - first.start > MAX_FENCED_PROSE) return;
  for (const part of plainBlocks(text.slice(first.start, last!.end), 'body', first.start)) {
    yield { ...part, isTemplate: true };
  }
}

const hiddenBlock: Omit<TextBlock, 'marked'> = { role: 'hidden', headingLevel: 0, listDepth: 0, column: '' };

function placeOf(block: Extract<Block, { kind: 'heading' | 'text' }>): Omit<TextBlock, 'marked'> {
  if (block.kind === 'heading')
    return { role: 'heading', headingLevel: block.level, listDepth: 0, column: '' };
  const role: Sentence['role'] = block.quoteDepth > 0 ? 'quote' : block.listDepth > 0 ? 'list-item' : 'body';
  return { role, headingLevel: 0, listDepth: block.listDepth, column: '' };
}

/** A cell that holds a command and nothing else. */
const ONLY_CODE = /^\s*`[^`]{1,160}`(?: \([a-z ]{1,20}\))?\s*$/i;

function readTable(
  text: string,
  table: Extract<Block, { kind: 'table' }>,
  readText: (inline: InlineText, block: Omit<TextBlock, 'marked'>) => void,
): void {
  const columns = splitRow(text, table.header).map((cell) => text.slice(cell.start, cell.end).trim());
  const header = columns.join(' | ');
  for (const row of table.rows) {
    const cells = splitRow(text, row);
    const isRefused = cells.some(({ start, end }) => isStopped(text.slice(start, end)));
    for (const cell of cells) {
      readText(readInline(text, [cell]), {
        role: 'table',
        headingLevel: 0,
        listDepth: 0,
        column: header || 'table',
        isStopped: isRefused && ONLY_CODE.test(text.slice(cell.start, Math.min(cell.end, cell.start + 200))),
      });
    }
  }
}

function sentencesOfSetting(setting: FrontMatter['settings'][number]): readonly Sentence[] {
  const key = setting.path[0];
  if (key === undefined || !DESCRIPTIVE_KEYS.has(key.toLowerCase()) || typeof setting.value !== 'string')
    return [];
  const { sentences } = sentencesOfBlocks(plainBlocks(setting.value, 'description'), 'agent');
  // A folded scalar has no one-to-one way back to the file: its sentences stand at the setting.
  return sentences.map((sentence) => ({ ...sentence, span: setting.span }));
}
