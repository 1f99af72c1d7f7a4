import { scanBlocks } from '../../static/frontends/markdown/blocks.ts';
import { wordsOf } from '../recorder/shell-trace.ts';
import { isSampled, samplePath } from './samples.ts';
import { pipedInto } from './standard-input.ts';
import { valueFor } from './values.ts';

/** Commands that are looked for in one document, and characters of one of them. */
const MOST_COMMANDS = 200;
const LONGEST = 4_000;

const SHELL = /^(?:bash|sh|shell|zsh|console|shell-session|terminal)\b/i;
/** What begins a command where a block does not say that it is for a shell. */
const COMMAND = /^(?:\$ )?(?:python3?|node|bash|sh|npm|npx|pip3?|uvx?|curl|wget|git|\.\/|scripts\/)\S*\s/;

/**
 * The commands that a document shows in its code blocks, in order, with placeholders filled in: what an agent that follows it would
 * type. Lines joined by a backslash, a here-document or an open quote are one command.
 * @param exists whether a path, relative to the document's folder, is there
 */
export function commandsIn(markdown: string, exists: (path: string) => boolean): readonly string[] {
  const commands: string[] = [];
  for (const block of scanBlocks(markdown)) {
    if (block.kind !== 'code') continue;
    const lines = block.lines.map(({ start, end }) => markdown.slice(start, end).replace(/\r?\n$/, ''));
    const isShell = SHELL.test(block.info);
    if (!isShell && (block.info !== '' || !lines.some((line) => COMMAND.test(line)))) continue;
    const prompted = lines.filter((line) => /^\s*\$ /.test(line));
    const typed = prompted.length > 0 ? prompted.map((line) => line.replace(/^\s*\$ /, '')) : lines;
    for (const command of joined(typed)) {
      if (!isShell && !COMMAND.test(command)) continue;
      if (commands.length < MOST_COMMANDS) commands.push(filled(command, exists));
    }
  }
  return commands;
}

/** Lines as whole commands; a loop or a function over several lines stays together. */
function joined(lines: readonly string[]): readonly string[] {
  const commands: string[] = [];
  let open: string[] = [];
  let until: string | null = null;
  for (const line of lines) {
    if (open.length === 0 && (line.trim() === '' || /^\s*#/.test(line))) continue;
    open.push(line);
    if (until !== null) {
      if (line.trim() !== until) continue;
      until = null;
    } else {
      until = /<<-?\s*["']?([A-Za-z_]\w*)/.exec(line)?.[1] ?? null;
      if (until !== null || !isWhole(open.join('\n'))) continue;
    }
    commands.push(open.join('\n').slice(0, LONGEST));
    open = [];
  }
  if (open.length > 0) commands.push(open.join('\n').slice(0, LONGEST));
  return commands;
}

function isWhole(text: string): boolean {
  if (/\\$/.test(text)) return false;
  const bare = text
    .replace(/\\./g, '')
    .replace(/'[^']*'/g, '')
    .replace(/"[^"]*"/g, '');
  if (/["']/.test(bare)) return false;
  const count = (pattern: RegExp): number => [...bare.matchAll(pattern)].length;
  return (
    count(/(?:^|[;\n]|\bdo\b|\bthen\b)\s*(?:for|while|until)\b/g) <= count(/\bdone\b/g) &&
    count(/(?:^|[;\n])\s*if\b/g) <= count(/\bfi\b/g) &&
    count(/\{(?=\s|$)/gm) <= count(/(?:^|[\s;])\}/g)
  );
}

/**
 * Placeholders become values: `<input.pdf>`, `{url}`, `YOUR_KEY`, `path/to/file.csv`, and files that are not there.
 * @param exists whether a path is there
 */
export function filled(command: string, exists: (path: string) => boolean): string {
  const plain = (name: string): string => {
    const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase();
    if (ending !== undefined && isSampled(ending) && !/out/i.test(name)) return samplePath(ending);
    const bare = name.replace(/[^\w]+/g, '_').toLowerCase();
    return valueFor({ name: bare, type: '', choices: [], defaultText: null, help: '' });
  };
  return command
    .replace(/<([A-Za-z][\w .|/-]{0,40})>/g, (_, name: string) => plain(name))
    .replace(/(?<![$\w{])\{([A-Za-z][\w-]{0,40})\}/g, (_, name: string) => plain(name))
    .replace(/\bYOUR[_-][A-Z0-9_-]+\b/g, 'example-key')
    .replace(/(?:\/?path\/to|\/absolute\/path)(?:\/[\w.-]+)+/g, (path) =>
      plain(path.slice(path.lastIndexOf('/') + 1)),
    )
    .replace(
      /(^|[\s=])((?:[\w-]+\/)*[\w-]+\.([a-z0-9]{1,5}))(?=\s|$)/g,
      (all, before: string, path: string, ending: string) =>
        isSampled(ending) &&
        !/out|result|dest/i.test(path) &&
        !exists(path) &&
        !/^(?:py|js|ts|sh)$/.test(ending)
          ? `${before}${samplePath(ending)}`
          : all,
    );
}

/** How a document shows a script called: its arguments, and what is piped into it; null: nothing. */
interface Example {
  readonly args: readonly string[];
  readonly input: string | null;
}

/**
 * The arguments that documents' commands give a script, each list once.
 * @param path relative to the document's folder
 */
export function examplesOf(path: string, commands: readonly string[]): readonly (readonly string[])[] {
  return shownWith(path, commands).map(({ args }) => args);
}

/** The same with what is piped into it. */
export function shownWith(path: string, commands: readonly string[]): readonly Example[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = new Map<string, Example>();
  for (const typed of commands) {
    if (!typed.includes(name)) continue;
    const piped = pipedInto(typed);
    const command = piped?.rest ?? typed;
    // What a shell would put there is not known outside of it.
    if (command.includes('\n') || /\$[{(\w]/.test(command)) continue;
    const words = wordsOf(command.split(/\s(?:&&|\|\||[|;>&])\s?/, 1)[0] ?? '').map(unquoted);
    const at = words.findIndex(
      (word) => word === path || word.endsWith(`/${path}`) || word === name || word === `./${name}`,
    );
    if (at === -1 || at > 4) continue;
    const args = words.slice(at + 1);
    found.set([...args, piped?.input ?? ''].join('\0'), { args, input: piped?.input ?? null });
  }
  return [...found.values()];
}

function unquoted(word: string): string {
  return word.replace(/^"(.*)"$/, '$1');
}
