import type { Declaration, FileReading, InventoryFormat, Problem, Reference } from './declaration.ts';
import { baseName } from './declaration.ts';
import { failedReading } from './parsed.ts';
import { readRequirements } from './requirements.ts';
import { isMap, isScalar, isSeq, parseYaml, resolved } from './yaml.ts';

/** Conda's environment file. Its `pip:` part is read; conda's own packages have no advisories here and are counted as such. */
export const condaEnvironmentFormat: InventoryFormat = {
  id: 'environment.yml',
  role: 'manifest',
  ecosystem: 'PyPI',
  matches: (path) => /^(?:environment|conda)(?:[-_.][\w.-]*)?\.ya?ml$/.test(baseName(path)),
  read: readEnvironment,
};

/** Every environment has these; they say nothing about what is audited. */
const INTERPRETER = /^(?:python|pip|setuptools|wheel|nodejs)\b/;

/** Larger than any environment written by people, small enough for a YAML parser. */
const MAX_YAML_CHARACTERS = 4 * 1024 * 1024;

function readEnvironment(text: string): FileReading {
  const parsed = parseYaml(text, MAX_YAML_CHARACTERS);
  if (parsed.document === null) return failedReading(parsed.problem);
  const { document, lineAt } = parsed;
  const dependencies = resolved(document.get('dependencies'), document);
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  const references: Reference[] = [];
  let condaPackages = 0;
  for (const written of isSeq(dependencies) ? dependencies.items : []) {
    const item = resolved(written, document);
    if (isScalar(item) && !INTERPRETER.test(String(item.value))) condaPackages += 1;
    const pip = isMap(item) ? resolved(item.get('pip'), document) : undefined;
    for (const pipItem of isSeq(pip) ? pip.items : []) {
      const entry = resolved(pipItem, document);
      if (!isScalar(entry)) continue;
      const line = lineAt(entry.range?.[0] ?? 0);
      const reading = readRequirements(String(entry.value), 'runtime');
      for (const declaration of reading.declarations) declarations.push({ ...declaration, line });
      for (const { reason } of reading.problems) problems.push({ line, reason });
      for (const reference of reading.references) references.push({ ...reference, line });
    }
  }
  const reason = `${String(condaPackages)} conda packages, for which there are no advisories here`;
  const unsupported = condaPackages === 0 ? [] : [{ line: 1, reason }];
  return { declarations, problems, references, unsupported };
}
