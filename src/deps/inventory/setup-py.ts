import type { DependencyScope } from '../../model/dependency.ts';
import { createPythonFrontend } from '../../static/frontends/python/frontend.ts';
import type { Declaration, FileReading, InventoryFormat, Reference, UnknownPart } from './declaration.ts';
import { baseName } from './declaration.ts';
import { PythonValues } from './python-values.ts';
import { normalizePypiName, parseRequirement } from './requirement.ts';
import type { LiteralText } from './static-value.ts';
import { LineFinder } from './text.ts';

/**
 * `setup.py`, parsed and never run. Lists of literals are understood, through names, sums, branches and dictionaries; a list that is read from
 * a file points to that file; what is computed comes back as such.
 */
export const setupPyFormat: InventoryFormat = {
  id: 'setup.py',
  role: 'manifest',
  ecosystem: 'PyPI',
  matches: (path) => baseName(path) === 'setup.py',
  read: readSetupPy,
};

const SCOPES: Readonly<Record<string, DependencyScope>> = {
  install_requires: 'runtime',
  setup_requires: 'build',
  tests_require: 'dev',
  extras_require: 'optional',
};

const KEYWORDS = Object.keys(SCOPES);

function readSetupPy(text: string, path: string): FileReading {
  const { program } = createPythonFrontend().parse(text, 'python', path);
  const lines = new LineFinder(text);
  const declarations: Declaration[] = [];
  const files = new Map<string, number>();
  let isTold = program !== null;
  const values = program === null ? null : new PythonValues(program, KEYWORDS);
  for (const keyword of KEYWORDS) {
    const value = values?.of(keyword) ?? null;
    if (value === null) continue;
    if (!value.isTold) isTold = false;
    for (const file of value.files)
      if (!files.has(file.path)) files.set(file.path, lines.lineAt(file.offset));
    for (const literal of value.texts) {
      const found = declare(literal, SCOPES[keyword] ?? 'runtime', lines);
      if (found.includes(null)) isTold = false;
      for (const declaration of found) if (declaration !== null) declarations.push(declaration);
    }
  }
  const name = /\bname\s*=\s*(['"])([A-Za-z0-9._-]+)\1/.exec(text)?.[2];
  const references = [...files].map(([to, line]): Reference => ({
    kind: 'requirements',
    to,
    line,
    isOptional: true,
  }));
  return {
    declarations,
    problems: [],
    references,
    ...(name === undefined ? {} : { ownName: normalizePypiName(name) }),
    ...(isTold && files.size === 0 ? {} : { unknown: computed(isTold ? [...files.keys()] : []) }),
  };
}

function computed(files: readonly string[]): UnknownPart {
  const toldBy = files.length === 0 ? {} : { toldBy: { files, all: true } };
  return { reason: 'computes its dependencies', ...toldBy };
}

/** One requirement, or one a line. Null stands for what is no requirement. */
function declare(
  { value, offset, key, isWhole }: LiteralText,
  scope: DependencyScope,
  lines: LineFinder,
): (Declaration | null)[] {
  const first = lines.lineAt(offset);
  // `extras_require={':python_version<"3"': […]}` is installed wherever the condition holds.
  const actual = scope === 'optional' && key?.startsWith(':') === true ? 'runtime' : scope;
  return value.split('\n').flatMap((written, index) => {
    const requirement = written.replace(/(?:^|\s)#.*$/, '').trim();
    if (requirement === '') return [];
    // Of a text whose end is computed the name is known, the version is not.
    const known = isWhole ? requirement : requirement.replace(/\s*[=<>!~@;].*$/, '');
    return [parseRequirement(known, actual, first + index)];
  });
}
