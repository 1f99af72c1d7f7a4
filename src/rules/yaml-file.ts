import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { isNestedTooDeeply } from '../nesting.ts';

/** A YAML file's value, with the way back from a place in the value to a place in the file. */
export interface YamlFile {
  readonly path: string;
  readonly value: unknown;
  /** `FILE:LINE:COLUMN` of the value at a path of keys and indexes, or of its nearest parent that is written down. */
  placeOf(keys: readonly string[]): string;
  /** The same of a character of a text, where it is written as it reads; of the whole text otherwise. */
  placeWithin(keys: readonly string[], offset: number): string;
  /** The same of a key itself. */
  placeOfKey(keys: readonly string[], key: string): string;
}

/** What could not be read as YAML: one `FILE:LINE:COLUMN: message` an error. */
export interface YamlProblem {
  readonly problems: readonly string[];
}

/** Parses YAML 1.2 without custom tags; more than 50 alias expansions are refused. */
export function parseYaml(path: string, text: string): YamlFile | YamlProblem {
  if (isNestedTooDeeply(text)) return { problems: [`${path}:1:1: it is nested too deeply`] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    return { problems: document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`) };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return { problems: [`${at(0)}: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const nodeAt = (keys: readonly string[]): unknown =>
    document.getIn(
      keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key)),
      true,
    );
  const placeOf = (keys: readonly string[]): string => {
    for (let depth = keys.length; depth > 0; depth--) {
      const node = nodeAt(keys.slice(0, depth));
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return at(0);
  };
  return {
    path,
    value,
    placeOf,
    placeWithin(keys, offset) {
      const node = nodeAt(keys);
      if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return placeOf(keys);
      const written = text.slice(node.range[0], node.range[1]).indexOf(node.value);
      return at(node.range[0] + (written < 0 ? 0 : written + offset));
    },
    placeOfKey(keys, key) {
      const node = keys.length === 0 ? document.contents : nodeAt(keys);
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
        : undefined;
      return isScalar(pair?.key) && pair.key.range ? at(pair.key.range[0]) : placeOf(keys);
    },
  };
}
