import type { Fragment, Frontend, Language, ParsedText } from '../../../model/program.ts';
import { childrenOf, textOf, valueAt } from '../config/document.ts';
import type { ConfigNode } from '../config/document.ts';
import { readJson } from '../config/json.ts';
import { placeOf } from '../place.ts';
import { fragmentsOfCell } from './magics.ts';

/** Longer notebooks are not read, in characters: pictures in outputs make up most of such. */
const MAXIMUM_LENGTH = 64 * 1024 * 1024;

const KERNELS: ReadonlyMap<string, Language> = new Map(
  Object.entries<Language>({
    python: 'python',
    ipython: 'python',
    javascript: 'javascript',
    typescript: 'typescript',
    bash: 'shell',
    sh: 'shell',
    zsh: 'shell',
  }),
);

/** What an output is, by its media type; pictures and tables of numbers are none of these. */
const OUTPUTS: readonly (readonly [RegExp, Language])[] = [
  [/^(?:application|text)\/javascript$/u, 'javascript'],
  [/^(?:text\/html|image\/svg\+xml)$/u, 'html'],
  [/^text\/(?:markdown|plain)$/u, 'markdown'],
];

function result(
  status: ParsedText['status'],
  fragments: readonly Fragment[],
  problem: string | null,
): ParsedText {
  return { program: null, fragments, sentences: [], settings: [], status, problem };
}

/**
 * Makes the notebook frontend ready. Each code cell becomes a fragment in the language of the kernel and each Markdown cell one of
 * Markdown, with the layer `#cell-N`, where N counts all cells from 1 and lines count within the cell. What a cell hands to a shell
 * (`!command`, `%%bash`) is shell. Scripts in saved outputs run when the notebook is opened and trusted.
 */
export function createNotebookFrontend(): Promise<Frontend> {
  return Promise.resolve({ languages: ['notebook'], parse: (text) => parseNotebook(text) });
}

function parseNotebook(text: string): ParsedText {
  if (text.length > MAXIMUM_LENGTH) {
    return result('unparsed', [], `longer than ${String(MAXIMUM_LENGTH)} characters`);
  }
  const { root, problem } = readJson(text, false);
  if (problem !== null) return result('unparsed', [], `${placeOf(text, problem.at)}: ${problem.message}`);
  const cells = cellsOf(root);
  if (cells === null) return result('unparsed', [], 'line 1, column 1: a notebook without cells');
  const kernel = kernelOf(root);
  const fragments = cells.flatMap((cell, index) => [
    ...sourceFragments(cell, kernel, `#cell-${String(index + 1)}`),
    ...outputFragments(cell, `#cell-${String(index + 1)}`),
  ]);
  return result('complete', fragments, null);
}

/** Format 4 has cells, format 3 has them in worksheets. Null: neither. */
function cellsOf(root: ConfigNode): ConfigNode[] | null {
  const cells = valueAt(root, 'cells');
  if (cells?.kind === 'list') return [...cells.items];
  const sheets = valueAt(root, 'worksheets');
  if (sheets?.kind !== 'list') return null;
  return sheets.items.flatMap((sheet) =>
    childrenOf(valueAt(sheet, 'cells') ?? sheets).map(({ value }) => value),
  );
}

function kernelOf(root: ConfigNode): Language {
  const named =
    textOf(valueAt(root, 'metadata', 'kernelspec', 'language')) ??
    textOf(valueAt(root, 'metadata', 'language_info', 'name')) ??
    'python';
  return KERNELS.get(named.toLowerCase()) ?? 'text';
}

/** A text that may be written as a list of its lines. */
function joined(node: ConfigNode | undefined): string {
  if (node === undefined) return '';
  if (node.kind === 'scalar') return textOf(node) ?? '';
  return childrenOf(node)
    .map(({ value }) => textOf(value) ?? '')
    .join('');
}

function sourceFragments(cell: ConfigNode, kernel: Language, layer: string): Fragment[] {
  const source = joined(valueAt(cell, 'source') ?? valueAt(cell, 'input')).replaceAll('\r\n', '\n');
  const kind = textOf(valueAt(cell, 'cell_type'));
  if (kind === 'code') {
    const own = textOf(valueAt(cell, 'language'));
    return fragmentsOfCell(source, own === null ? kernel : (KERNELS.get(own.toLowerCase()) ?? 'text'), layer);
  }
  if (source.trim() === '') return [];
  const language = kind === 'raw' ? 'text' : 'markdown';
  return [{ language, text: source, role: 'cell', layer, origin: { kind: 'lines', line: 1, column: 1 } }];
}

/** What was saved when the notebook was last run: scripts run again when it is opened, words are read by whoever reads the notebook. */
function outputFragments(cell: ConfigNode, layer: string): Fragment[] {
  const fragments: Fragment[] = [];
  const add = (language: Language, text: string): void => {
    const origin = { kind: 'lines', line: 1, column: 1 } as const;
    if (text.trim() !== '')
      fragments.push({ language, text, role: 'cell', layer: `${layer}-output`, origin });
  };
  for (const { value: output } of childrenOf(valueAt(cell, 'outputs') ?? cell)) {
    add('markdown', joined(valueAt(output, 'text')));
    const data = valueAt(output, 'data');
    if (data?.kind !== 'map') continue;
    for (const { key, value } of data.entries) {
      const content = joined(value);
      const language = OUTPUTS.find(([pattern]) => pattern.test(key))?.[1];
      if (language !== undefined) add(language, content);
    }
  }
  return fragments;
}
