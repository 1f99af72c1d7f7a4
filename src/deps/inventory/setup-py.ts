import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat } from './declaration.ts';
import { baseName } from './declaration.ts';
import { normalizePypiName, parseRequirement } from './requirement.ts';
import { LineFinder } from './text.ts';

/**
 * `setup.py`, read as text and never run. Lists of string literals are understood, directly or through one name of the same file;
 * a list that is computed comes back as dynamic.
 */
export const setupPyFormat: InventoryFormat = {
  id: 'setup.py',
  role: 'manifest',
  ecosystem: 'PyPI',
  matches: (path) => baseName(path) === 'setup.py',
  read: readSetupPy,
};

const KEYWORDS: readonly (readonly [string, DependencyScope])[] = [
  ['install_requires', 'runtime'],
  ['setup_requires', 'build'],
  ['tests_require', 'dev'],
  ['extras_require', 'optional'],
];

/** Longest list that is looked through, in characters. */
const MAX_LIST_CHARACTERS = 200_000;

function readSetupPy(text: string): FileReading {
  const lines = new LineFinder(text);
  const declarations: Declaration[] = [];
  let isDynamic = false;
  for (const [keyword, scope] of KEYWORDS) {
    const value = valueOf(text, keyword);
    if (value === null) continue;
    const list = readLiterals(text, value.start);
    if (list === null || !list.isStatic) isDynamic = true;
    for (const { value: literal, offset } of list?.literals ?? []) {
      const declaration = parseRequirement(literal, scope, lines.lineAt(offset));
      if (declaration === null) isDynamic = true;
      else declarations.push(declaration);
    }
  }
  const name = /\bname\s*=\s*(['"])([A-Za-z0-9._-]+)\1/.exec(text)?.[2];
  return {
    declarations,
    problems: [],
    references: [],
    ...(name === undefined ? {} : { ownName: normalizePypiName(name) }),
    ...(isDynamic ? { unknown: { kind: 'computed', reason: 'computes its dependencies' } } : {}),
  };
}

/** Where the value of a keyword (`install_requires=…`, `"install_requires": …`) starts, behind at most one name. */
function valueOf(text: string, keyword: string): { readonly start: number } | null {
  const found = new RegExp(`\\b${keyword}\\b['"]?\\s*[=:](?!=)\\s*`).exec(text);
  if (found === null) return null;
  const start = found.index + found[0].length;
  const name = /^[A-Za-z_]\w*(?=\s*[,)\n])/.exec(text.slice(start, start + 200))?.[0];
  if (name === undefined) return { start };
  const assigned = new RegExp(`^[ \\t]*${name}[ \\t]*=(?!=)[ \\t]*`, 'm').exec(text);
  return { start: assigned === null ? start : assigned.index + assigned[0].length };
}

interface Literals {
  readonly literals: readonly { readonly value: string; readonly offset: number }[];
  /** False when something other than literals stands among them. */
  readonly isStatic: boolean;
}

/** One token of a list or dictionary display: white space, comment, string, bracket, separator; the rest is code. */
const TOKEN = /\s+|#[^\n]*|[rRuU]?(?:'([^'\\\n]*)'|"([^"\\\n]*)")|[[\](){},:]|[^]/y;

/** Reads the list or dictionary display at an offset; the keys of a dictionary are left out. Null when there is none. */
function readLiterals(text: string, start: number): Literals | null {
  if (!/[[({]/.test(text[start] ?? '')) return null;
  const literals: { value: string; offset: number }[] = [];
  let depth = 0;
  let isStatic = true;
  TOKEN.lastIndex = start;
  while (TOKEN.lastIndex - start < MAX_LIST_CHARACTERS) {
    const offset = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (token === null) return { literals, isStatic: false };
    const value = token[1] ?? token[2];
    if (value !== undefined) literals.push({ value, offset });
    else if (/^[[({]/.test(token[0])) depth += 1;
    else if (/^[\])}]/.test(token[0])) depth -= 1;
    else if (token[0] === ':') literals.pop();
    else if (/^[^\s#,]/.test(token[0])) isStatic = false;
    if (depth === 0) return { literals, isStatic: isStatic && followedByEnd(text, TOKEN.lastIndex) };
  }
  return { literals, isStatic: false };
}

/** A list that something is added to (`[…] + more`) is not the whole of it. */
function followedByEnd(text: string, offset: number): boolean {
  return !/^[ \t]*[+.[(]/.test(text.slice(offset, offset + 20));
}
