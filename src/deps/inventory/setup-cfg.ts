import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat, Problem, Reference } from './declaration.ts';
import { baseName } from './declaration.ts';
import { normalizePypiName, parseRequirement } from './requirement.ts';

/** setuptools' declarative configuration. */
export const setupCfgFormat: InventoryFormat = {
  id: 'setup.cfg',
  role: 'manifest',
  ecosystem: 'PyPI',
  matches: (path) => baseName(path) === 'setup.cfg',
  read: readSetupCfg,
};

const SCOPES: ReadonlyMap<string, DependencyScope> = new Map([
  ['options.install_requires', 'runtime'],
  ['options.setup_requires', 'build'],
  ['options.tests_require', 'dev'],
]);

/** One value of an INI file with the lines that continue it. */
interface Entry {
  readonly section: string;
  readonly key: string;
  readonly values: { readonly text: string; readonly line: number }[];
}

function readSetupCfg(text: string): FileReading {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  const references: Reference[] = [];
  let ownName: string | null = null;
  let isComputed = false;
  for (const { section, key, values } of entriesOf(text)) {
    if (section === 'metadata' && key === 'name') ownName = normalizePypiName(values[0]?.text ?? '');
    const scope = scopeOf(section, key);
    if (scope === null) continue;
    // setuptools: one line is split at `;`, several are one requirement each.
    const [only] = values;
    const isOneLine = values.length === 1 && only !== undefined && !only.text.startsWith('file:');
    const items = isOneLine ? splitLine(only.text).map((text) => ({ text, line: only.line })) : values;
    for (const { text: value, line } of items) {
      if (value.startsWith('file:')) references.push(...filesOf(value, line, scope));
      else if (value.startsWith('attr:')) isComputed = true;
      // `%(other)s`: another key of the section, which is read where it stands.
      else if (!/^%\([\w.-]+\)s$/.test(value)) readRequirement(value, scope, line);
    }
  }
  return {
    declarations,
    problems,
    references,
    ...(ownName === null ? {} : { ownName }),
    ...(isComputed ? { unknown: { reason: 'computes its dependencies' } } : {}),
  };

  function readRequirement(value: string, scope: DependencyScope, line: number): void {
    const declaration = parseRequirement(value, scope, line);
    if (declaration !== null) declarations.push(declaration);
    else problems.push({ line, reason: `not a requirement: ${value.slice(0, 60)}` });
  }
}

/** A `;` also starts a marker, which has white space around its operator and a name that is a marker's. */
function splitLine(value: string): string[] {
  const marker = /^\s*(?:\(|(?:python_|sys_|os_|platform|implementation|extra\b|["']))/;
  const items: string[] = [];
  for (const part of value.split(';'))
    if (items.length > 0 && marker.test(part)) items.push(`${items.pop() ?? ''};${part}`);
    else items.push(part.trim());
  return items.filter((item) => item !== '');
}

function entriesOf(text: string): Entry[] {
  const entries: Entry[] = [];
  let section = '';
  let entry: Entry | null = null;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const line = /^\s*[#;]/.test(raw) ? '' : raw.replace(/\s#.*$/, '');
    const header = /^\[([^\]]*)\]/.exec(line)?.[1];
    const assignment = /^([A-Za-z0-9_.-]+)\s*[=:](.*)$/.exec(line);
    if (header !== undefined) [section, entry] = [header.trim(), null];
    else if (assignment !== null) {
      entry = { section, key: (assignment[1] ?? '').toLowerCase().replaceAll('-', '_'), values: [] };
      entries.push(entry);
    }
    const value = header !== undefined ? '' : (assignment?.[2] ?? line).trim();
    if (value !== '') entry?.values.push({ text: value, line: index + 1 });
  }
  return entries;
}

function scopeOf(section: string, key: string): DependencyScope | null {
  return section === 'options.extras_require' ? 'optional' : (SCOPES.get(`${section}.${key}`) ?? null);
}

/** setuptools reads requirement lists of other files with `file: a.txt, b.txt`. */
function filesOf(value: string, line: number, scope: DependencyScope): Reference[] {
  return value
    .slice('file:'.length)
    .split(',')
    .map((to): Reference => ({ kind: 'requirements', to: to.trim(), line, scope }));
}
