import type { FileReading, InventoryFormat } from './declaration.ts';
import { EMPTY_READING } from './declaration.ts';
import { failedReading, tableOf } from './parsed.ts';
import { RequirementLists } from './requirement-lists.ts';
import { LineFinder } from './text.ts';
import { parseToml } from './toml.ts';
import { fromUvSources, indexesOf } from './uv-sources.ts';

/** Inline script metadata (PEP 723): a TOML document in the comments of a Python file, which `uv run` and `pipx run` install from. */
export const pythonScriptFormat: InventoryFormat = {
  id: 'PEP 723',
  role: 'manifest',
  ecosystem: 'PyPI',
  matches: (path) => /\.pyw?$/.test(path),
  read: readScript,
};

const OPENING = /^# \/\/\/ script[ \t]*\r?$/m;

function readScript(text: string): FileReading {
  const opening = OPENING.exec(text);
  if (opening === null) return EMPTY_READING;
  const firstLine = new LineFinder(text).lineAt(opening.index);
  const content: string[] = [];
  for (const line of text.slice(opening.index + opening[0].length + 1).split('\n')) {
    const bare = line.replace(/\r$/, '');
    if (bare === '# ///') return readMetadata(content, firstLine);
    if (!bare.startsWith('#')) break;
    content.push(bare.replace(/^# ?/, ''));
  }
  // Without its closing line it is no metadata: the runners ignore it too.
  return EMPTY_READING;
}

function readMetadata(content: readonly string[], firstLine: number): FileReading {
  // Empty lines in front keep the line numbers those of the file.
  const text = '\n'.repeat(firstLine) + content.join('\n');
  const { table, problem } = parseToml(text);
  if (table === null) return failedReading(problem);
  const lines = new LineFinder(text);
  const reader = new RequirementLists(lines);
  reader.read(table['dependencies'], 'runtime', 'dependencies');
  const tools = tableOf(table['tool']);
  return {
    declarations: fromUvSources(reader.declarations, tableOf(tableOf(tools['uv'])['sources'])),
    problems: reader.problems,
    references: indexesOf(tools, lines),
  };
}
