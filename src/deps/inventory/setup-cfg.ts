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

const SCOPES: Readonly<Record<string, DependencyScope>> = {
  'options.install_requires': 'runtime',
  'options.setup_requires': 'build',
  'options.tests_require': 'dev',
};

function readSetupCfg(text: string): FileReading {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  let section = '';
  let key = '';
  let ownName: string | null = null;
  const references: Reference[] = [];
  let number = 0;
  for (const raw of text.split(/\r?\n/)) {
    number += 1;
    const line = /^\s*[#;]/.test(raw) ? '' : raw.replace(/\s#.*$/, '');
    const header = /^\[([^\]]*)\]/.exec(line)?.[1];
    const assignment = /^([A-Za-z0-9_.-]+)\s*[=:](.*)$/.exec(line);
    let value = line.trim();
    if (header !== undefined) {
      [section, key, value] = [header.trim(), '', ''];
    } else if (assignment !== null) {
      key = (assignment[1] ?? '').toLowerCase().replaceAll('-', '_');
      value = (assignment[2] ?? '').trim();
      if (section === 'metadata' && key === 'name') ownName = normalizePypiName(value);
    }
    const scope = scopeOf(section, key);
    if (scope === null || value === '') continue;
    if (value.startsWith('file:')) references.push(...filesOf(value, number));
    else readRequirement(value, scope, number);
  }
  return {
    declarations,
    problems,
    references,
    ...(ownName === null ? {} : { ownName }),
  };

  function readRequirement(value: string, scope: DependencyScope, line: number): void {
    const declaration = parseRequirement(value, scope, line);
    if (declaration !== null) declarations.push(declaration);
    else problems.push({ line, reason: `not a requirement: ${value.slice(0, 60)}` });
  }
}

function scopeOf(section: string, key: string): DependencyScope | null {
  if (section === 'options.extras_require') return key === '' ? null : 'optional';
  return SCOPES[`${section}.${key}`] ?? null;
}

/** setuptools reads requirement lists of other files with `file: a.txt, b.txt`. */
function filesOf(value: string, line: number): Reference[] {
  return value
    .slice('file:'.length)
    .split(',')
    .map((to): Reference => ({ kind: 'requirements', to: to.trim(), line }));
}
