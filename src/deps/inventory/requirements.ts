import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat, Problem, Reference } from './declaration.ts';
import { baseName, folderOf } from './declaration.ts';
import { fragmentHashes, hexHash, withHashes } from './hashes.ts';
import { logicalLines, strangeEncoding } from './requirement-lines.ts';
import type { LineOption } from './requirement-options.ts';
import { readOptions } from './requirement-options.ts';
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
  return /requirements|^reqs?[-_.]|^constraints/.test(name) || /(?:^|\/)requirements\//i.test(path);
}

function scopeOfPath(path: string): DependencyScope {
  const name = baseName(path).toLowerCase();
  const folder = baseName(folderOf(path)).toLowerCase();
  const isDev = /(?:^|[-_.\d])(?:dev\w*|tests?|testing|lint\w*|docs?|ci|typ(?:es|ing))(?=[-_.])/.test(name);
  if (isDev || /^(?:docs?|tests?)$/.test(folder)) return 'dev';
  return /build/.test(name) ? 'build' : 'runtime';
}

/**
 * Reads pip's requirements file format (pip documentation, "Requirements File Format"): one requirement or option a line, `\` continues,
 * ` #` comments. Includes and indexes come back as references; following them is the caller's decision.
 */
export function readRequirements(text: string, scope: DependencyScope): FileReading {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  const references: Reference[] = [];
  const encoding = strangeEncoding(text);
  if (encoding !== null)
    problems.push({ line: 1, reason: `asks to be read as ${encoding}, and was read as UTF-8` });
  for (const { text: line, line: number } of logicalLines(text)) {
    // Credentials in front of a host, and the way to a folder, may be anything: what is installed is known.
    const told = line.replace(/\/\/[^/\s@]*@/, '//').replace(/(?:file:|\s\.{0,2}\/)\S*/, '');
    const variable = /\$\{[A-Z0-9_]+\}/.exec(told)?.[0];
    if (variable !== undefined)
      problems.push({ line: number, reason: `depends on ${variable} of the environment` });
    if (line.startsWith('-')) for (const option of readOptions(line)) readOption(option, number);
    else readLine(variable === undefined ? line : withoutVariables(line), number);
  }
  return { declarations, problems, references };

  function readLine(line: string, number: number): void {
    const declaration = readRequirementLine(line, scope, number);
    if (declaration !== null) declarations.push(declaration);
    else problems.push({ line: number, reason: `not a requirement: ${shorten(line)}` });
  }

  function readOption({ name, option, value }: LineOption, line: number): void {
    if (name === 'requirement') references.push({ kind: 'requirements', to: value, line });
    else if (name === 'constraint') references.push({ kind: 'constraints', to: value, line });
    else if (name === 'index') references.push({ kind: 'index', to: `${option} ${value}`, line });
    else if (name === 'editable') readLine(value, line);
  }
}

/** Of a requirement whose version is a variable the name is known; an address is left as it is written. */
function withoutVariables(line: string): string {
  return isAddress(line) || /\s@\s/.test(line) ? line : line.replace(/\s*[=<>!~]=?[^;]*\$\{.*$/, '');
}

function readRequirementLine(line: string, scope: DependencyScope, number: number): Declaration | null {
  // Per-requirement options (`--hash=…`) come last: pip takes everything from the first word with a dash for options.
  const options = /\s-/.exec(line)?.index ?? line.length;
  const text = line.slice(0, options).trim();
  const hashes = options === line.length && !text.includes('#') ? {} : hashesOf(line.slice(options), text);
  if (isAddress(text)) {
    const name = nameOfAddress(text);
    return { ecosystem: 'PyPI', name, ...pinOfAddress(text), scope, line: number, ...hashes };
  }
  const declaration = parseRequirement(text, scope, number);
  return declaration === null ? null : { ...declaration, ...hashes };
}

function hashesOf(options: string, text: string): Pick<Declaration, 'hashes'> {
  return withHashes([
    ...[...options.matchAll(/\s--hash[=\s]\s*(\S+)/g)].map(([, hash = '']) => hexHash(hash)),
    ...fragmentHashes(text),
  ]);
}

function isAddress(text: string): boolean {
  return (
    /^(?:[a-z][a-z0-9+.-]*:|\.{1,2}(?:[/\\[]|$)|[/\\])/i.test(text) ||
    // What has the name of an archive or a separator in it is a path to pip.
    /^[^\s@;=<>[]+\.(?:whl|zip|tar(?:\.\w+)?|tgz|tbz|txz|tlz)(?:\[|$)/i.test(text) ||
    /^[^\s@;=<>[]+[/\\]/.test(text)
  );
}

/** The name an address gives itself: `#egg=name`, a wheel's or archive's file name, or the last part of the path. */
function nameOfAddress(address: string): string {
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(address)?.[1];
  if (egg !== undefined) return normalizePypiName(egg);
  const withoutFragment = (address.split(/[#?\s[]/, 1)[0] ?? '')
    .replace(/@[^/@]*$/, '')
    .replace(/[/\\]+$/, '');
  const last = baseName(withoutFragment.replaceAll('\\', '/')).replace(/\.git$/, '');
  const archive =
    /^([A-Za-z0-9._]+(?:-[A-Za-z_][A-Za-z0-9._]*)*)-\d.*\.(?:whl|zip|tar(?:\.\w+)?|tgz|tbz|txz|tlz)$/.exec(
      last,
    )?.[1];
  const name = normalizePypiName((archive ?? last).replace(/[^A-Za-z0-9._-]/g, ''));
  return name.replace(/^-|-$/g, '') || 'unnamed';
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
