import { listOf, tableOf, textOf } from '../inventory/parsed.ts';
import { LineFinder } from '../inventory/text.ts';
import type { FoundImport, ImportReading } from './import-place.ts';
import { UNREAD } from './import-place.ts';
import { readPythonImports } from './python-imports.ts';

/** What the code cells of a Jupyter notebook import; lines are those of the file, where the cell's line stands as JSON. */
export function readNotebookImports(text: string): ImportReading {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return UNREAD;
  }
  const finder = new LineFinder(text);
  const imports: FoundImport[] = [];
  let isWhole = true;
  let from = 1;
  for (const cell of listOf(tableOf(document)['cells']).map(tableOf)) {
    if (cell['cell_type'] !== 'code') continue;
    const { source } = cell;
    const code =
      textOf(source) ??
      listOf(source)
        .map((line) => textOf(line) ?? '')
        .join('');
    // Magics and shell commands are no Python; the line stays, so that lines still count.
    const lines = code.split('\n').map((line) => (/^\s*[%!?]/.test(line) ? '' : line));
    const reading = readPythonImports(lines.join('\n'));
    isWhole &&= reading.isWhole;
    for (const found of reading.imports) {
      const written = JSON.stringify(lines[found.line - 1] ?? '').slice(1, -1);
      const line = finder.lineOf(written, from);
      imports.push({ ...found, line });
      from = line;
    }
  }
  return { imports, isWhole };
}
