import type { Document } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Declaration, FileReading, InventoryFormat, Problem, Reference } from './declaration.ts';
import { baseName, unreadableFile } from './declaration.ts';
import { readRequirements } from './requirements.ts';

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
  if (text.length > MAX_YAML_CHARACTERS) return unreadableFile('too large to read as YAML');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, logLevel: 'silent' });
  const error = document.errors[0];
  if (error !== undefined)
    return unreadableFile(`not valid YAML: ${error.code}`, lineCounter.linePos(error.pos[0]).line);
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
      const line = lineCounter.linePos(entry.range?.[0] ?? 0).line;
      const reading = readRequirements(String(entry.value), 'runtime');
      declarations.push(...reading.declarations.map((declaration) => ({ ...declaration, line })));
      problems.push(...reading.problems.map(({ reason }) => ({ line, reason })));
      references.push(...reading.references.map((reference) => ({ ...reference, line })));
    }
  }
  const reason = `${String(condaPackages)} conda packages, for which there are no advisories here`;
  const unsupported = condaPackages === 0 ? [] : [{ line: 1, reason }];
  return { declarations, problems, references, unsupported };
}

/** What an alias stands for; anything else as it is. One step: an alias of an alias is not YAML. */
function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}
