import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat, Problem, Reference } from './declaration.ts';
import { baseName, folderOf } from './declaration.ts';
import { fragmentHashes, hexHash, withHashes } from './hashes.ts';
import { normalizePypiName, parseRequirement, pinOfAddress } from './requirement.ts';

/** What pip installs from a list, and the inputs of pip-compile and uv. `MANIFEST.in` and other templates are not among them. */
export const requirementsFormat: InventoryFormat = {
  id: 'requirements',
  role: 'manifest',
  ecosystem: 'PyPI',
  matches: isRequirementsPath,
  read: (text, path) => readRequirements(text, scopeOfPath(path)),
};

function isRequirementsPath(path: string): boolean {
  const name = baseName(path).toLowerCase();
  if (!/\.(?:txt|in)$/.test(name)) return false;
  return (
    /requirements|^reqs?[-_.]|^constraints/.test(name) ||
    baseName(folderOf(path)).toLowerCase() === 'requirements'
  );
}

function scopeOfPath(path: string): DependencyScope {
  const name = baseName(path).toLowerCase();
  if (/dev|test|lint|docs?\b|ci\b|type/.test(name)) return 'dev';
  return /build/.test(name) ? 'build' : 'runtime';
}

interface LogicalLine {
  readonly text: string;
  /** Where it starts. */
  readonly line: number;
}

/**
 * Reads pip's requirements file format (pip documentation, "Requirements File Format"): one requirement or option a line, `\` continues,
 * ` #` comments. Includes and indexes come back as references; following them is the caller's decision.
 */
export function readRequirements(text: string, scope: DependencyScope): FileReading {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  const references: Reference[] = [];
  for (const { text: line, line: number } of logicalLines(text)) {
    const option = /^(-{1,2}[a-z-]+)(?:\s*=\s*|\s+|(?=[./\w]))(.*)$/i.exec(line);
    if (line.startsWith('-')) readOption(option?.[1] ?? line, option?.[2]?.trim() ?? '', number);
    else readLine(line, number);
  }
  return { declarations, problems, references };

  function readLine(line: string, number: number): void {
    const declaration = readRequirementLine(line, scope, number);
    if (declaration !== null) declarations.push(declaration);
    else problems.push({ line: number, reason: `not a requirement: ${shorten(line)}` });
  }

  function readOption(name: string, value: string, number: number): void {
    const short = /^-([rcei])(.+)$/.exec(name);
    const option = short === null ? name : `-${short[1] ?? ''}`;
    const operand = short === null ? value : `${short[2] ?? ''}${value}`;
    if (option === '-r' || option === '--requirement')
      references.push({ kind: 'requirements', to: operand, line: number });
    else if (option === '-c' || option === '--constraint')
      references.push({ kind: 'constraints', to: operand, line: number });
    else if (
      ['-i', '--index-url', '--extra-index-url', '-f', '--find-links', '--trusted-host'].includes(option)
    )
      references.push({ kind: 'index', to: `${option} ${operand}`, line: number });
    else if (option === '-e' || option === '--editable') {
      const declaration = readRequirementLine(operand, scope, number);
      if (declaration !== null) declarations.push(declaration);
      else problems.push({ line: number, reason: `not a requirement: ${shorten(line(option, operand))}` });
    }
  }
}

function line(option: string, operand: string): string {
  return `${option} ${operand}`;
}

function readRequirementLine(line: string, scope: DependencyScope, number: number): Declaration | null {
  // Per-requirement options (`--hash=…`) come last: pip takes everything from the first word with a dash for options.
  const options = /\s-/.exec(line)?.index ?? line.length;
  const text = line.slice(0, options).trim();
  const hashes = withHashes([
    ...[...line.slice(options).matchAll(/\s--hash[=\s]\s*(\S+)/g)].map(([, hash = '']) => hexHash(hash)),
    ...fragmentHashes(text),
  ]);
  if (isAddress(text)) {
    const name = nameOfAddress(text);
    return { ecosystem: 'PyPI', name, ...pinOfAddress(text), scope, line: number, ...hashes };
  }
  const declaration = parseRequirement(text, scope, number);
  return declaration === null ? null : { ...declaration, ...hashes };
}

function isAddress(text: string): boolean {
  return (
    /^(?:[a-z][a-z0-9+.-]*:|\.{1,2}(?:[/\\[]|$)|[/\\])/i.test(text) ||
    /^[^\s@;=<>]+\.(?:whl|zip|tar\.gz|tgz)$/i.test(text)
  );
}

/** The name an address gives itself: `#egg=name`, a wheel's or archive's file name, or the last part of the path. */
function nameOfAddress(address: string): string {
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(address)?.[1];
  if (egg !== undefined) return normalizePypiName(egg);
  const withoutFragment = (address.split(/[#?\s]/, 1)[0] ?? '')
    .replace(/@[^/@]*$/, '')
    .replace(/[/\\]+$/, '');
  const last = baseName(withoutFragment.replaceAll('\\', '/')).replace(/\.git$/, '');
  const archive = /^([A-Za-z0-9._]+(?:-[A-Za-z_][A-Za-z0-9._]*)*)-\d.*\.(?:whl|zip|tar\.gz|tgz)$/.exec(
    last,
  )?.[1];
  const name = normalizePypiName((archive ?? last).replace(/[^A-Za-z0-9._-]/g, ''));
  return name.replace(/^-|-$/g, '') || 'unnamed';
}

function* logicalLines(text: string): Generator<LogicalLine> {
  let pending = '';
  let startedAt = 0;
  let number = 0;
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    number += 1;
    if (pending === '') startedAt = number;
    const isComment = /^\s*#/.test(raw);
    // A comment ends a continuation, as in pip.
    if (!isComment && raw.endsWith('\\')) {
      pending += raw.slice(0, -1);
      continue;
    }
    const joined = (isComment ? pending : pending + raw).replace(/(^|\s)#.*$/, '').trim();
    pending = '';
    if (joined !== '') yield { text: joined, line: startedAt };
  }
  const rest = pending.replace(/(^|\s)#.*$/, '').trim();
  if (rest !== '') yield { text: rest, line: startedAt };
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
