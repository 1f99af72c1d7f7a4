import type { Declaration, FileReading, InventoryFormat } from './declaration.ts';
import { baseName } from './declaration.ts';
import { parseNpmSpecifier } from './npm-specifier.ts';
import { parseRequirement, pinOfAddress } from './requirement.ts';

/**
 * Install commands in instructions and scripts (`pip install x==1`, `uvx`, `npx`, `npm i`): in a skill the text is what the agent runs.
 * In prose only code spans and fenced blocks count.
 */
export const mentionedFormat: InventoryFormat = {
  id: 'mentioned',
  role: 'mentioned',
  ecosystem: 'any',
  matches: (path) => isProse(path) || isScript(path),
  read: (text, path) => readMentions(text, isProse(path)),
};

function isProse(path: string): boolean {
  return /\.(?:md|mdx|markdown|rst)$/i.test(path);
}

function isScript(path: string): boolean {
  return /\.(?:sh|bash|zsh|ipynb)$|^(?:Dockerfile|Containerfile|Makefile)(?:\..*)?$/i.test(baseName(path));
}

interface Installer {
  readonly ecosystem: 'PyPI' | 'npm';
  /** True: the first operand is the package and the rest are its arguments. */
  readonly runs: boolean;
  /** Options that take a value. */
  readonly valued: ReadonlySet<string>;
  /** Among them those whose value is a package. */
  readonly packageOption: readonly string[];
}

const PIP: Installer = {
  ecosystem: 'PyPI',
  runs: false,
  packageOption: [],
  valued: new Set([
    '-r',
    '--requirement',
    '-c',
    '--constraint',
    '-i',
    '--index-url',
    '--extra-index-url',
    '-f',
    '--find-links',
    '-t',
    '--target',
    '--prefix',
    '--root',
    '--python',
    '-p',
    '--group',
    '--trusted-host',
    '--platform',
    '--python-version',
    '--only-binary',
    '--no-binary',
    '--timeout',
    '--torch-backend',
  ]),
};
const UVX: Installer = {
  ecosystem: 'PyPI',
  runs: true,
  packageOption: ['--from', '--with', '--spec'],
  valued: new Set(['--from', '--with', '--spec', '--python', '-p', '--index-url', '--index']),
};
const NPM: Installer = {
  ecosystem: 'npm',
  runs: false,
  packageOption: [],
  valued: new Set(['--prefix', '-w', '--workspace', '--registry', '--tag', '-C', '--dir']),
};
const NPX: Installer = {
  ecosystem: 'npm',
  runs: true,
  packageOption: ['-p', '--package'],
  valued: new Set(['-p', '--package', '-c', '--call', '-w', '--registry']),
};

const COMMANDS: readonly (readonly [RegExp, Installer])[] = [
  [/^(?:pip3?|pip3?\.\d+) install /, PIP],
  [/^uv (?:pip install|add|tool install) /, PIP],
  [/^pipx install /, PIP],
  [/^(?:uvx|uv tool run|pipx run) /, UVX],
  [/^(?:npm (?:i|install|add)|pnpm add|yarn (?:global )?add|bun add|pnpm (?:i|install)) /, NPM],
  [/^(?:npx|npm exec|pnpm dlx|yarn dlx|bunx|pnpx) /, NPX],
];

/** Longest line that is looked at; longer ones are data, not commands. */
const MAX_LINE_CHARACTERS = 4_000;

function readMentions(text: string, inProse: boolean): FileReading {
  const declarations: Declaration[] = [];
  let fence = '';
  let number = 0;
  for (const raw of text.split('\n')) {
    number += 1;
    if (raw.length > MAX_LINE_CHARACTERS) continue;
    const marker = inProse ? /^\s*(?:[>*-]\s*)?(`{3,}|~{3,})/.exec(raw)?.[1] : undefined;
    if (marker !== undefined && (fence === '' || marker.startsWith(fence))) {
      fence = fence === '' ? marker : '';
      continue;
    }
    const spans =
      !inProse || fence !== '' ? [raw] : [...raw.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
    for (const span of spans) readCommands(span, number, declarations);
  }
  return { declarations, problems: [], references: [] };
}

function readCommands(line: string, number: number, declarations: Declaration[]): void {
  // In a notebook the line is a JSON string.
  const code = line
    .replace(/\\n"?,?\s*$/, '')
    .replace(/(?:^|\s)#.*$/, '')
    .replaceAll('\\"', '"');
  for (const part of code.split(/&&|\|\||[;|\n]/)) {
    const words = part.replace(/["'`]/g, ' ').trim().split(/\s+/);
    // The command may follow `sudo`, `RUN`, `python -m`, `!`, `$`.
    for (let start = 0; start < Math.min(words.length - 1, 8); start += 1) {
      const rest = `${words
        .slice(start)
        .join(' ')
        .replace(/^[!$%]+/, '')} `;
      const found = COMMANDS.find(([pattern]) => pattern.test(rest));
      if (found === undefined) continue;
      const operands = rest.replace(found[0], '').trim().split(' ');
      declarations.push(...readOperands(operands, found[1], number));
      break;
    }
  }
}

function readOperands(words: readonly string[], installer: Installer, line: number): Declaration[] {
  const found: Declaration[] = [];
  let isNamedByOption = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word.startsWith('-')) {
      const [option = '', inline] = word.split('=', 2);
      const value = inline ?? (installer.valued.has(option) ? (words[(at += 1)] ?? '') : null);
      if (value === null || !installer.packageOption.includes(option)) continue;
      isNamedByOption = true;
      add(value);
    } else {
      if (!(installer.runs && isNamedByOption)) add(word);
      if (installer.runs) break;
    }
  }
  return found;

  function add(word: string): void {
    const declaration = installer.ecosystem === 'PyPI' ? pypiOperand(word, line) : npmOperand(word, line);
    if (declaration !== null) found.push(declaration);
  }
}

/** Placeholders, variables and paths are no names of packages. */
const NOT_A_PACKAGE = /[<>${}\\*]|^\.|^\/|^~|\.{3}|^[.…]/;

function pypiOperand(word: string, line: number): Declaration | null {
  if (/^(?:git|hg)\+|^https?:\/\//.test(word)) {
    const name = /egg=([\w.-]+)/.exec(word)?.[1] ?? baseName(word.replace(/\.git(?:@.*)?$|@[^/]*$/, ''));
    return name === '' || /[${<]/.test(word)
      ? null
      : { ecosystem: 'PyPI', name: name.toLowerCase(), ...pinOfAddress(word), scope: 'mentioned', line };
  }
  const pinned = word.replace(/@(?=\d|latest$)/, '==').replace(/==latest$/, '');
  if (/^[$./~\\]|[${}\\]|\.{3}|^<|\.(?:txt|whl|zip|gz|in)$/.test(word)) return null;
  return parseRequirement(pinned, 'mentioned', line);
}

function npmOperand(word: string, line: number): Declaration | null {
  if (NOT_A_PACKAGE.test(word)) return null;
  const match = /^((?:@[a-z0-9._~-]+\/)?[a-z0-9._~-]+)(?:@(.+))?$/i.exec(word);
  if (match?.[1] === undefined) {
    if (!/^(?:git\+|https?:|github:)/.test(word)) return null;
    const name = baseName(word.replace(/(?:\.git)?(?:#.*)?$/, ''));
    return { ecosystem: 'npm', name, pin: 'url', version: null, range: word, scope: 'mentioned', line };
  }
  return { ecosystem: 'npm', ...parseNpmSpecifier(match[1], match[2] ?? ''), scope: 'mentioned', line };
}
