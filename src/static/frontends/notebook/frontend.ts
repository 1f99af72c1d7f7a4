import type { Fragment, Frontend, Language, ParsedText } from '../../../model/program.ts';
import { childrenOf, textOf, valueAt } from '../config/document.ts';
import type { ConfigNode } from '../config/document.ts';
import { readJson } from '../config/json.ts';
import { placeOf } from '../place.ts';
import { fragmentsOfCell } from './magics.ts';
import { scriptsIn } from './scripts.ts';

/** Longer notebooks are not read, in characters: pictures in outputs make up most of such. */
const MAXIMUM_LENGTH = 64 * 1024 * 1024;

const KERNELS: Readonly<Record<string, Language>> = {
  python: 'python',
  ipython: 'python',
  javascript: 'javascript',
  typescript: 'typescript',
  bash: 'shell',
  sh: 'shell',
  zsh: 'shell',
};

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
    ...outputFragments(cell),
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
  return KERNELS[named.toLowerCase()] ?? 'text';
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
    return fragmentsOfCell(source, own === null ? kernel : (KERNELS[own.toLowerCase()] ?? 'text'), layer);
  }
  if (source.trim() === '') return [];
  const language = kind === 'raw' ? 'text' : 'markdown';
  return [{ language, text: source, role: 'cell', layer, origin: { kind: 'lines', line: 1, column: 1 } }];
}

function outputFragments(cell: ConfigNode): Fragment[] {
  const fragments: Fragment[] = [];
  for (const { value: output } of childrenOf(valueAt(cell, 'outputs') ?? cell)) {
    const data = valueAt(output, 'data');
    if (data?.kind !== 'map') continue;
    for (const { key, value } of data.entries) {
      const content = joined(value);
      const scripts = /^(?:application|text)\/javascript$/u.test(key)
        ? [content]
        : /^(?:text\/html|image\/svg\+xml)$/u.test(key)
          ? scriptsIn(content)
          : [];
      for (const script of scripts) {
        const origin = { kind: 'fixed', span: value.span } as const;
        fragments.push({ language: 'javascript', text: script, role: 'cell', layer: null, origin });
      }
    }
  }
  return fragments;
}
