import type { FileReading, InventoryFormat } from './declaration.ts';
import { baseName } from './declaration.ts';
import { failedReading } from './parsed.ts';
import { RequirementLists } from './requirement-lists.ts';
import { LineFinder } from './text.ts';
import { parseToml } from './toml.ts';
import { readHatch } from './tool-tables.ts';

/** Hatch's own file: the tables that may also stand in `pyproject.toml` under `[tool.hatch]`. */
export const hatchTomlFormat: InventoryFormat = {
  id: 'hatch.toml',
  role: 'manifest',
  ecosystem: 'PyPI',
  matches: (path) => baseName(path) === 'hatch.toml',
  read: readHatchToml,
};

function readHatchToml(text: string): FileReading {
  const { table, problem } = parseToml(text);
  if (table === null) return failedReading(problem);
  const reader = new RequirementLists(new LineFinder(text));
  readHatch(table, reader, '[');
  return { declarations: reader.declarations, problems: reader.problems, references: [] };
}
