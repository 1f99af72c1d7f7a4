import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Document, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Problem } from './declaration.ts';

let loaded: typeof Yaml | null = null;

/** The YAML library, loaded with the first file that needs it: most targets declare nothing in YAML. */
function yamlLibrary(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml;
  return loaded;
}

/** Whether a node is a mapping. */
export function isMap(node: unknown): node is YAMLMap {
  return yamlLibrary().isMap(node);
}

/** Whether a node is a list. */
export function isSeq(node: unknown): node is YAMLSeq {
  return yamlLibrary().isSeq(node);
}

/** Whether a node is a text, a number or the like. */
export function isScalar(node: unknown): node is Scalar {
  return yamlLibrary().isScalar(node);
}

/** A YAML document with the lines of its nodes, or why there is none. */
export type ParsedYaml =
  | { readonly document: Document; readonly lineAt: (offset: number) => number; readonly problem: null }
  | { readonly document: null; readonly problem: Problem };

/** Parses YAML; a document that is broken, or nested deeper than the parser can follow, comes back as a problem. Aliases stay what they are. */
export function parseYaml(text: string, maxCharacters: number): ParsedYaml {
  if (text.length > maxCharacters) return failed(null, 'too large to read as YAML');
  const { LineCounter, parseDocument } = yamlLibrary();
  const lineCounter = new LineCounter();
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
  try {
    // Checking for unique keys takes the square of their number; `entriesOf` does it in one pass.
    const document = parseDocument(text, { lineCounter, uniqueKeys: false, logLevel: 'silent' });
    const error = document.errors[0];
    if (error !== undefined) return failed(lineAt(error.pos[0]), `not valid YAML: ${error.code}`);
    return { document, lineAt, problem: null };
  } catch (error) {
    // The parser calls itself for every level.
    if (error instanceof RangeError) return failed(null, 'nested too deep to read as YAML');
    throw error;
  }
}

function failed(line: number | null, reason: string): ParsedYaml {
  return { document: null, problem: { line, reason } };
}

/** One entry of a mapping. */
export interface YamlEntry {
  readonly key: string;
  readonly value: unknown;
  /** Where the key stands. */
  readonly offset: number;
  /** True when the mapping has the key further up already. */
  readonly isRepeated: boolean;
}

/** The entries of a mapping. Aliases are followed one step; anything else has no entries. */
export function entriesOf(node: unknown, document: Document): YamlEntry[] {
  const map = resolved(node, document);
  if (!isMap(map)) return [];
  const seen = new Set<string>();
  return map.items.flatMap(({ key, value }): YamlEntry[] => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    const isRepeated = seen.has(name);
    seen.add(name);
    return [{ key: name, value: resolved(value, document), offset: key.range?.[0] ?? 0, isRepeated }];
  });
}

/** What an alias stands for; anything else as it is. One step: an alias of an alias is not YAML. */
export function resolved(node: unknown, document: Document): unknown {
  return yamlLibrary().isAlias(node) ? node.resolve(document) : node;
}
