import type { Declaration, Reference, UnsupportedPart } from './declaration.ts';
import type { SimpleCommand } from './command-words.ts';
import type { Installer } from './installers.ts';
import { INSTALLERS } from './installers.ts';
import { operandOf } from './install-operand.ts';

/** What one command installs. */
export interface Installed {
  readonly declarations: readonly Declaration[];
  readonly references: readonly Reference[];
  readonly unsupported: readonly UnsupportedPart[];
}

type Word = SimpleCommand['words'][number];

/** Words in front of the command: `sudo`, `RUN`, `VAR=x`, `python -m`, `poetry run`, a prompt. */
const MAX_WORDS_BEFORE = 8;

/** Reads a command if it installs something; null when it does not. */
export function readInstallCommand(words: readonly Word[]): Installed | null {
  for (let start = 0; start < Math.min(words.length, MAX_WORDS_BEFORE); start += 1) {
    const found = installerAt(words, start);
    if (found !== null) return readOperands(words.slice(found.end), found.installer);
  }
  return null;
}

function installerAt(
  words: readonly Word[],
  start: number,
): { readonly installer: Installer; readonly end: number } | null {
  for (const installer of INSTALLERS) {
    let at = start;
    const isMeant = installer.command.every((alternatives, index) => {
      // Options of the program itself may stand before its command (`pip --quiet install`, `apt-get -y install`).
      while (index > 0 && /^-/.test(words[at]?.text ?? '') && at - start < 6) at += 1;
      const word = programName(words[at]?.text ?? '', index === 0);
      at += 1;
      return alternatives.split('|').includes(word);
    });
    if (isMeant) return { installer, end: at };
  }
  return null;
}

/** `!pip3.11`, `/usr/bin/pip`, `pip.exe` and `.venv/bin/pip` are all pip; a tool run with a version (`uv@latest`) is that tool. */
function programName(word: string, isFirst: boolean): string {
  if (!isFirst) return word;
  const name = word.replace(/^[!$%@-]+/, '').replace(/^.*[/\\]/, '');
  return name.replace(/\.exe$|\.cmd$/i, '').replace(/^pip\d[\d.]*$/, 'pip');
}

function readOperands(words: readonly Word[], installer: Installer): Installed {
  const declarations: Declaration[] = [];
  const references: Reference[] = [];
  const unsupported: UnsupportedPart[] = [];
  const valued = new Set(installer.valued.split(' '));
  const naming = new Set((installer.packageOption ?? '').split(' '));
  let isNamedByOption = installer.namesByOption === true;
  let operands = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || isRedirection(word)) {
      // A sign alone takes the file that follows.
      if (word !== undefined && /^\d?[<>]+$/.test(word.text)) at += 1;
      continue;
    }
    if (word.text === '--') continue;
    if (word.text.startsWith('-')) {
      const written = word.text.split('=', 1)[0] ?? '';
      const inline = word.text.includes('=') ? word.text.slice(written.length + 1) : null;
      // Short options in one word (`-qr list.txt`): the last may take a value.
      const last = `-${written.at(-1) ?? ''}`;
      const option = /^-\w{2,}$/.test(written) && !valued.has(written) && valued.has(last) ? last : written;
      const takesNext = inline === null && valued.has(option);
      if (takesNext) at += 1;
      readOption(option, inline ?? (takesNext ? (words[at]?.text ?? '') : ''), word.line);
      continue;
    }
    operands += 1;
    if (!(installer.runs === true || installer.namesByOption === true) || !isNamedByOption)
      add(word.text, word.line);
    if (installer.runs === true || installer.namesByOption === true) break;
  }
  if (installer.ecosystem === null && operands > 0) {
    const command = installer.command.map((part) => part.split('|')[0]).join(' ');
    unsupported.push({
      line: words[0]?.line ?? 1,
      reason: `${String(operands)} packages with \`${command}\` or the like, for which there are no advisories here`,
    });
  }
  return { declarations, references, unsupported };

  function readOption(option: string, value: string, line: number): void {
    if (naming.has(option)) {
      isNamedByOption = true;
      for (const name of value.split(/,(?![\s\d<>=!~])/)) add(name, line);
    } else if (installer.ecosystem !== 'PyPI' || value === '' || /[$<{]/.test(value)) return;
    else if (/^(?:-r|--requirements?|--with-requirements)$/.test(option))
      references.push({ kind: 'requirements', to: value, line, isOptional: true });
    else if (/^(?:-i|-f|--index|--index-url|--extra-index-url|--default-index|--find-links)$/.test(option))
      references.push({ kind: 'index', to: `${option} ${value}`, line });
    else if (/^(?:-e|--editable)$/.test(option)) add(value, line);
  }

  function add(text: string, line: number): void {
    if (installer.ecosystem === null) return;
    const declaration = operandOf(text, installer.ecosystem, line);
    if (declaration !== null) declarations.push(declaration);
  }
}

/** `>log`, `2>&1`; `torch>=2` is a requirement that somebody forgot to quote. */
function isRedirection({ text, isQuoted }: Word): boolean {
  return !isQuoted && /^\d?[<>]/.test(text);
}
