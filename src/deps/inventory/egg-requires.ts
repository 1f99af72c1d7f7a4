import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat, Problem } from './declaration.ts';
import { parseRequirement } from './requirement.ts';

/** What setuptools wrote down of a source archive: `requires.txt`, lists under `[extra]`, `[extra:marker]` and `[:marker]`. */
export const eggRequiresFormat: InventoryFormat = {
  id: 'requires.txt',
  role: 'metadata',
  ecosystem: 'PyPI',
  matches: (path) => /(?:^|\/)[^/]*\.egg-info\/requires\.txt$|(?:^|\/)EGG-INFO\/requires\.txt$/.test(path),
  read: readRequires,
};

function readRequires(text: string): FileReading {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  let scope: DependencyScope = 'runtime';
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const section = /^\[([^:\]]*)/.exec(line);
    if (section !== null) {
      scope = section[1] === '' ? 'runtime' : 'optional';
      continue;
    }
    const declaration = parseRequirement(line, scope, index + 1);
    if (declaration !== null) declarations.push(declaration);
    else problems.push({ line: index + 1, reason: `not a requirement: ${line.slice(0, 60)}` });
  }
  return { declarations, problems, references: [] };
}
