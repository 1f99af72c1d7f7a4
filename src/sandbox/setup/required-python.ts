import { parse as parseToml } from 'smol-toml';
import type { Target, TargetFile } from '../../model/target.ts';
import { beginningOf } from '../plan/text.ts';

const SPECIFIER = /^[\s\d.,<>=!~*]{1,100}$/;

/** Where a target says which Python it wants, what weighs more first: what it promises before what its author happened to use. */
const SOURCES: readonly {
  readonly matches: (name: string) => boolean;
  readonly read: (text: string) => string | null | undefined;
}[] = [
  { matches: (name) => name === 'pyproject.toml', read: ofProject },
  {
    matches: (name) => name === 'setup.cfg',
    read: (text) => /^python_requires\s*=\s*(.+)$/m.exec(text)?.[1],
  },
  {
    matches: (name) => name === 'setup.py',
    read: (text) => /\bpython_requires\s*=\s*(['"])([^'"\n]{1,100})\1/.exec(text)?.[2],
  },
  {
    matches: (name) => name === 'PKG-INFO' || /^[^/]+\.dist-info\/METADATA$/.test(name),
    read: (text) => /^Requires-Python:\s*(.+)$/m.exec(text)?.[1],
  },
  { matches: (name) => /\.pyw?$/.test(name), read: ofScript },
  {
    matches: (name) => name === '.python-version',
    read: (text) => ofVersion(/^\s*(?:cpython-)?(\d+(?:\.\d+)*)\s*$/m.exec(text)?.[1]),
  },
  {
    matches: (name) => name === 'runtime.txt',
    read: (text) => ofVersion(/^\s*python-(\d+(?:\.\d+)*)\s*$/m.exec(text)?.[1]),
  },
];

/** The versions of Python that a target asks for (`>=3.11,<3.13`), or null when it does not say. */
export function requiredPython(target: Target): string | null {
  for (const { path } of target.units) {
    const prefix = path === '.' ? '' : `${path}/`;
    const files = target.files.filter((file) => file.path.startsWith(prefix));
    for (const { matches, read } of SOURCES) {
      const found = files
        .filter((file) => matches(file.path.slice(prefix.length)))
        .map((file: TargetFile) => read(beginningOf(file))?.trim() ?? '')
        .find((specifier) => SPECIFIER.test(specifier));
      if (found !== undefined) return found;
    }
  }
  return null;
}

/** `[project]` of a `pyproject.toml`, else Poetry's own table. */
function ofProject(text: string): string | null {
  try {
    const { project, tool } = parseToml(text) as {
      project?: { 'requires-python'?: unknown };
      tool?: { poetry?: { dependencies?: { python?: unknown } } };
    };
    const specifier = project?.['requires-python'];
    if (typeof specifier === 'string') return specifier;
    const python = tool?.poetry?.dependencies?.python;
    return typeof python === 'string' ? ofPoetry(python) : null;
  } catch {
    // The static stage says that it cannot be read.
    return null;
  }
}

/** Poetry writes `^3.9` for `>=3.9,<4` and `~3.9` for `==3.9.*`; the rest is as everywhere. */
function ofPoetry(constraint: string): string {
  const [, sign, version = ''] = /^([\^~])\s*(\d[\d.]*)$/.exec(constraint.trim()) ?? [];
  if (sign === '^') return `>=${version},<4`;
  return sign === '~' || /^\d/.test(constraint) ? (ofVersion(version || constraint) ?? '') : constraint;
}

/** Inline metadata of a script (PEP 723). */
function ofScript(text: string): string | null {
  const block = /^# \/\/\/ script[ \t]*\r?\n((?:#[^\n]*\n){1,200}?)# \/\/\/[ \t]*\r?$/m.exec(text)?.[1] ?? '';
  return /^# requires-python\s*=\s*["']([^"']{1,100})["']/m.exec(block)?.[1] ?? null;
}

/** `3.12.4` asks for any 3.12: patch releases are not told apart. */
function ofVersion(version: string | undefined): string | null {
  const minor = /^3\.\d+/.exec(version ?? '')?.[0];
  return minor === undefined ? null : `==${minor}.*`;
}
