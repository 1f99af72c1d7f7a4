import type { FileReading, InventoryFormat } from './declaration.ts';
import { baseName } from './declaration.ts';
import type { TextKind } from './mentioned-texts.ts';
import { shellTexts } from './mentioned-texts.ts';
import { commandsOf } from './command-words.ts';
import type { Installed } from './install-command.ts';
import { readInstallCommand } from './install-command.ts';
import { pipedScripts } from './piped-script.ts';

/**
 * Install commands in instructions and scripts (`pip install x==1`, `uvx`, `npx`, `npm i`): in a skill the text is what the agent runs.
 * In prose only code spans and fenced or indented blocks count.
 */
export const mentionedFormat: InventoryFormat = {
  id: 'mentioned',
  role: 'mentioned',
  ecosystem: 'any',
  matches: (path) => kindOf(path) !== null,
  read: (text, path) => readMentions(text, kindOf(path) ?? 'script'),
};

function kindOf(path: string): TextKind | null {
  if (/\.(?:md|mdx|markdown)$/i.test(path)) return 'markdown';
  if (/\.rst$|(?:^|\/)README(?:\.txt)?$/i.test(path)) return 'text';
  if (/\.ipynb$/i.test(path)) return 'notebook';
  const isScript = /\.(?:sh|bash|zsh|dockerfile)$|^(?:Dockerfile|Containerfile|Makefile)(?:\..*)?$/i.test(
    baseName(path),
  );
  return isScript ? 'script' : null;
}

/** Commands inside the words of another (`bash -c "…"`), how deep. */
const MAX_DEPTH = 3;

/** A word that every command that installs has: the rest is not taken apart. */
const WORTH_READING =
  /\b(?:install|add|inject|sync|create|download|wheel|get|i|dlx|exec|npx|bunx|pnpx|uvx|uv|pipx|x|curl|wget|easy_install|irm|iwr)\b/;

function readMentions(text: string, kind: TextKind): FileReading {
  const found: { -readonly [K in keyof Installed]: Installed[K][number][] } = {
    declarations: [],
    references: [],
    unsupported: [],
  };
  for (const { text: shell, line } of shellTexts(text, kind))
    if (WORTH_READING.test(shell)) read(shell, line, 0);
  return { ...found, problems: [] };

  function read(shell: string, line: number, depth: number): void {
    const commands = commandsOf(shell, line);
    found.unsupported.push(...pipedScripts(commands, shell, line));
    for (const { words } of commands) {
      const installed = readInstallCommand(words);
      found.declarations.push(...(installed?.declarations ?? []));
      found.references.push(...(installed?.references ?? []));
      found.unsupported.push(...(installed?.unsupported ?? []));
      if (installed !== null || depth >= MAX_DEPTH) continue;
      const runs = words.findIndex(({ text: word }) => /^-\w*c$/.test(word));
      const inner = runs === -1 ? undefined : words[runs + 1];
      if (inner?.isQuoted === true) read(inner.text, inner.line, depth + 1);
      // Docker's other way of writing a command: RUN ["pip", "install", "x"].
      else if (/^RUN$/i.test(words[0]?.text ?? '') && words[1]?.text.startsWith('[') === true)
        read(
          words
            .slice(1)
            .map((word) => word.text.replace(/^\[|,$|\]$/g, '').replaceAll(',', ' '))
            .join(' '),
          line,
          MAX_DEPTH,
        );
    }
  }
}
