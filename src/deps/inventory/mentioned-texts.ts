import { LineFinder } from './text.ts';

/** A piece of a file that may be shell: a line with its continuations, a code span. */
interface ShellText {
  readonly text: string;
  readonly line: number;
}

/** How a file holds commands; `text` is prose without fenced blocks, as reStructuredText is (its headings are underlined with `~~~`). */
export type TextKind = 'markdown' | 'text' | 'notebook' | 'script';

/** Longest piece that is looked at; longer ones are data, not commands. */
const MAX_CHARACTERS = 20_000;

/** Longest string of a notebook that is looked at: longer ones are pictures. */
const MAX_STRING = 1_000_000;

/** What the shell might run of a file. */
export function shellTexts(text: string, kind: TextKind): Iterable<ShellText> {
  if (kind === 'notebook') return notebookTexts(text);
  return kind !== 'script'
    ? proseTexts(text, kind === 'markdown')
    : joinedLines(text.split('\n').map((line, at) => ({ text: line, line: at + 1 })));
}

/** Lines joined where they end in `\`; the line ends stay, so that each word keeps its own line. */
function* joinedLines(lines: Iterable<ShellText>): Generator<ShellText> {
  let pending: ShellText | null = null;
  for (const { text: raw, line } of lines) {
    const text: string = raw.replace(/\r$/, '');
    const joined: ShellText =
      pending === null ? { text, line } : { text: `${pending.text}\n${text}`, line: pending.line };
    if (/\\$/.test(text) && joined.text.length < MAX_CHARACTERS) {
      pending = joined;
      continue;
    }
    pending = null;
    yield shortened(joined);
  }
  if (pending !== null) yield shortened(pending);
}

/** Padding does not push a command out of sight; what is still too long is data behind its first words. */
function shortened(shell: ShellText): ShellText {
  if (shell.text.length <= MAX_CHARACTERS) return shell;
  return { text: shell.text.replace(/[^\S\n]+/g, ' ').slice(0, MAX_CHARACTERS), line: shell.line };
}

/** Fenced blocks, indented blocks that start with a command, and code spans. */
function* proseTexts(text: string, hasFences: boolean): Generator<ShellText> {
  let fence = '';
  let block: ShellText[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const bare = raw.replace(/^\s*(?:>\s?)+/, '');
    const marker =
      !hasFences || bare.length > MAX_CHARACTERS
        ? undefined
        : /^\s*(?:[*+-]\s+|\d+[.)]\s+)?(`{3,}|~{3,})/.exec(bare)?.[1];
    if (marker !== undefined && (fence === '' || marker.startsWith(fence))) {
      fence = fence === '' ? marker : '';
      yield* joinedLines(block);
      block = [];
    } else if (fence !== '' || isIndentedCommand(bare) || (block.at(-1)?.text.endsWith('\\') ?? false)) {
      block.push({ text: withoutPrompt(bare), line: index + 1 });
    } else {
      yield* joinedLines(block);
      block = [];
    }
    if (fence === '' && marker === undefined && raw.length <= MAX_CHARACTERS)
      for (const span of raw.matchAll(/(`{1,2})([^`]+)\1/g)) yield { text: span[2] ?? '', line: index + 1 };
  }
  yield* joinedLines(block);
}

/** Programs that install; a line of an indented block counts when it starts with one, other indented lines are text. */
const STARTS =
  /^(?:sudo\s+)?(?:(?:python[\d.]*|py)\s+-m\s+)?(?:pip[\d.]*|uvx?|pipx|poetry|pdm|pipenv|conda|mamba|npm|npx|pnpm|yarn|bunx?|apt(?:-get)?|curl|wget|cargo|go)\s/;

function isIndentedCommand(line: string): boolean {
  return /^(?: {2,}|\t)/.test(line) && STARTS.test(withoutPrompt(line).trimStart());
}

/** What a terminal shows in front of a command. */
function withoutPrompt(line: string): string {
  return line.replace(/^\s*(?:[$%>❯]|(?:\([\w.-]+\)\s*)?\w+@[\w.-]+[:~\w/-]*[$#])\s+/, '');
}

/** The strings of a notebook's JSON, whichever way it is laid out: lines that are handed to the shell, and code spans. */
function* notebookTexts(text: string): Generator<ShellText> {
  const lines = new LineFinder(text);
  for (const match of text.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)) {
    if (match[0].length > MAX_STRING || !/[!%`]|^"(?:pip|uv|npm|npx|conda|sudo|apt|curl)/.test(match[0]))
      continue;
    const line = lines.lineAt(match.index);
    for (const { text: shell } of joinedLines(
      unescaped(match[0])
        .split('\n')
        .map((one) => ({ text: one, line })),
    )) {
      if (/^\s*[!%]/.test(shell) || STARTS.test(shell))
        yield { text: shell.replace(/^\s*[!%]+\s*/, '').replaceAll('\\\n', ' '), line };
      else for (const span of shell.matchAll(/`([^`]+)`/g)) yield { text: span[1] ?? '', line };
    }
  }
}

function unescaped(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json.slice(1, -1);
  }
}
