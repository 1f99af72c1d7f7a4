import type * as yamlLibrary from 'yaml';
import type { Document, ParsedNode, Scalar } from 'yaml';
import { MAXIMUM_DEPTH } from './document.ts';
import { nestsTooDeep } from './yaml-depth.ts';
import type { ConfigDocument, ConfigEntry, ConfigNode } from './document.ts';

/** The `yaml` module, handed in because it is loaded with the first YAML file only. */
export type Yaml = typeof yamlLibrary;

/** How many values a file may have after aliases are followed; a bomb has billions. */
const MAXIMUM_NODES = 100_000;

/** What the reading of one document needs to remember. */
interface Progress {
  readonly yaml: Yaml;
  readonly text: string;
  /** The last node of each anchor so far. */
  readonly anchors: Map<string, unknown>;
  nodesLeft: number;
  problem: ConfigDocument['problem'];
}

/**
 * Reads every document of a YAML file; several become a list. Aliases and merge keys are followed within {@link MAXIMUM_NODES}.
 * @throws RangeError when the text nests so deep that the parser runs out of stack
 */
export function readYaml(yaml: Yaml, text: string): ConfigDocument {
  if (nestsTooDeep(text)) throw new RangeError('nests too deep');
  const parsed = yaml.parseAllDocuments(text, {
    // Repeated keys are kept, and looking for them would take the square of their number.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    strict: false,
  });
  const documents: readonly Document.Parsed[] = Array.isArray(parsed) ? parsed : [];
  const progress: Progress = { yaml, text, anchors: new Map(), nodesLeft: MAXIMUM_NODES, problem: null };
  const roots: ConfigNode[] = [];
  for (const document of documents) {
    const error = document.errors[0];
    if (error !== undefined) {
      // The library reports running out of stack as a syntax error; how much it has read by then differs from run to run.
      if (error.message.startsWith('Maximum call stack')) throw new RangeError('nests too deep');
      progress.problem ??= { at: error.pos[0], message: error.message };
    }
    progress.anchors.clear();
    if (document.contents !== null) roots.push(nodeOf(progress, document.contents, 0));
  }
  const whole = { start: 0, end: text.length };
  const only = roots.length === 1 ? roots[0] : undefined;
  return { root: only ?? { kind: 'list', items: roots, span: whole }, problem: progress.problem };
}

function nodeOf(progress: Progress, node: unknown, depth: number): ConfigNode {
  const { yaml } = progress;
  const range = (node as ParsedNode | null)?.range;
  const span = { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
  if (--progress.nodesLeft < 0 || depth > MAXIMUM_DEPTH) {
    const message = depth > MAXIMUM_DEPTH ? 'nests too deep' : 'too many values';
    progress.problem ??= { at: span.start, message };
    return { kind: 'list', items: [], span };
  }
  if (yaml.isAlias(node)) {
    const target = progress.anchors.get(node.source);
    // What the alias stands for is written at the anchor, but it is used here.
    return target === undefined
      ? { kind: 'scalar', value: null, span, block: null }
      : { ...nodeOf(progress, target, depth + 1), span };
  }
  if (yaml.isNode(node) && node.anchor !== undefined) progress.anchors.set(node.anchor, node);
  if (yaml.isMap(node)) {
    const entries: ConfigEntry[] = [];
    for (const { key, value } of node.items) {
      // A key that is itself a map or list has no name; its values are kept beside what it leads to.
      const isNamed = yaml.isScalar(key) || yaml.isAlias(key) || key === null;
      const name = yaml.isScalar(key) ? String(key.value) : yaml.isAlias(key) ? `*${key.source}` : '?';
      if (!isNamed) entries.push({ key: name, value: nodeOf(progress, key, depth + 1) });
      const lowered = nodeOf(progress, value, depth + 1);
      // `<<: *defaults` puts the entries of the other map here.
      if (name === '<<' && lowered.kind === 'map') entries.push(...lowered.entries);
      else entries.push({ key: name, value: lowered });
    }
    return { kind: 'map', entries, span };
  }
  if (yaml.isSeq(node)) {
    return { kind: 'list', items: node.items.map((item) => nodeOf(progress, item, depth + 1)), span };
  }
  if (yaml.isScalar(node)) return scalarOf(progress, node, span);
  return { kind: 'scalar', value: null, span, block: null };
}

function scalarOf(progress: Progress, node: Scalar, span: { start: number; end: number }): ConfigNode {
  const { value } = node;
  const isBlock = node.type === progress.yaml.Scalar.BLOCK_LITERAL;
  const headerEnd = isBlock ? progress.text.indexOf('\n', span.start) : -1;
  return {
    kind: 'scalar',
    value:
      value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : String(value),
    span,
    block: headerEnd === -1 ? null : headerEnd + 1,
  };
}
