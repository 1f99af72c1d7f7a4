import type { Setting, Span } from '../../../model/program.ts';

/** What JSON, YAML, TOML and INI have in common, with positions. Keys may repeat: readers differ on which one counts. */
export type ConfigNode =
  | { readonly kind: 'map'; readonly entries: readonly ConfigEntry[]; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly ConfigNode[]; readonly span: Span }
  | ConfigScalar;

/** A key of a map with its value. */
export interface ConfigEntry {
  readonly key: string;
  readonly value: ConfigNode;
}

/** A value that holds no others. */
export interface ConfigScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly span: Span;
  /** Offset of the first line of a value whose lines are lines of the file (a YAML block); null: the value is written otherwise. */
  readonly block: number | null;
}

/** What could be read, up to the first thing that could not. */
export interface ConfigDocument {
  readonly root: ConfigNode;
  /** Null: all of it was understood. */
  readonly problem: { readonly at: number; readonly message: string } | null;
}

/** How deep a document may nest; deeper parts are left out and reported. */
export const MAXIMUM_DEPTH = 200;

/** How many values of one file become settings. */
const MAXIMUM_SETTINGS = 200_000;

/** How many keys their paths may have together: ten for each, which only what nests deeply and widely at once exceeds. */
const MAXIMUM_KEYS = 10 * MAXIMUM_SETTINGS;

/** Every scalar with its path, in order of the text; cut off after {@link MAXIMUM_SETTINGS} or {@link MAXIMUM_KEYS}. */
export function settingsOf(root: ConfigNode): { settings: readonly Setting[]; isCutOff: boolean } {
  const settings: Setting[] = [];
  let keys = 0;
  const pending: { node: ConfigNode; path: readonly string[] }[] = [{ node: root, path: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path } = next;
    keys += path.length;
    if (keys > MAXIMUM_KEYS) return { settings, isCutOff: true };
    if (node.kind === 'scalar') {
      if (settings.length >= MAXIMUM_SETTINGS) return { settings, isCutOff: true };
      settings.push({ path, value: node.value, span: node.span });
      continue;
    }
    const children = childrenOf(node);
    for (let index = children.length - 1; index >= 0; index--) {
      const { key, value } = children[index]!;
      pending.push({ node: value, path: [...path, key] });
    }
  }
  return { settings, isCutOff: false };
}

/** The entries of a map, or the items of a list under their index. */
export function childrenOf(node: ConfigNode): readonly ConfigEntry[] {
  if (node.kind === 'map') return node.entries;
  if (node.kind === 'list') return node.items.map((value, index) => ({ key: String(index), value }));
  return [];
}

/** The last value under a key, as most readers take it; undefined when there is none or the node is no map. */
export function valueAt(node: ConfigNode | undefined, ...keys: readonly string[]): ConfigNode | undefined {
  let found = node;
  for (const key of keys) {
    found = found?.kind === 'map' ? found.entries.findLast((entry) => entry.key === key)?.value : undefined;
  }
  return found;
}

/** The text of a scalar; null for anything else. */
export function textOf(node: ConfigNode | undefined): string | null {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
}

/**
 * All nodes that a path points at.
 * @param pattern keys separated by `.`; `*` is any one key or index, `**` any number of them
 */
export function nodesAt(
  root: ConfigNode,
  pattern: string,
): readonly { readonly key: string; readonly node: ConfigNode }[] {
  const steps = pattern.split('.');
  const found: { key: string; node: ConfigNode }[] = [];
  const pending: { key: string; node: ConfigNode; step: number }[] = [{ key: '', node: root, step: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { key, node, step } = next;
    const wanted = steps[step];
    if (wanted === undefined) {
      found.push({ key, node });
      continue;
    }
    const isAnywhere = wanted === '**';
    if (node.kind === 'scalar') continue;
    const children = childrenOf(node);
    // Last first, so that results come in order of the text.
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index]!;
      // Every pattern goes on after `**` with a key, which no scalar has.
      if (isAnywhere && child.value.kind !== 'scalar') {
        pending.push({ key: child.key, node: child.value, step });
      } else if (wanted === '*' || wanted === child.key) {
        pending.push({ key: child.key, node: child.value, step: step + 1 });
      }
    }
    if (isAnywhere) pending.push({ key, node, step: step + 1 });
  }
  return found;
}
