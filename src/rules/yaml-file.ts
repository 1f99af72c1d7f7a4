import { isNode, LineCounter, parseDocument } from 'yaml';

/** A YAML file's value, with the way back from a place in the value to a place in the file. */
export interface YamlFile {
  readonly path: string;
  readonly value: unknown;
  /** `FILE:LINE:COLUMN` of the value at a path of keys and indexes, or of its nearest parent that is written down. */
  placeOf(keys: readonly string[]): string;
}

/** What could not be read as YAML: one `FILE:LINE:COLUMN: message` an error. */
export interface YamlProblem {
  readonly problems: readonly string[];
}

/** Parses YAML 1.2 without custom tags; more than 50 alias expansions are refused. */
export function parseYaml(path: string, text: string): YamlFile | YamlProblem {
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
  return {
    path,
    value,
    placeOf(keys) {
      for (let depth = keys.length; depth > 0; depth--) {
        const node = document.getIn(
          keys.slice(0, depth).map((key) => (/^\d+$/.test(key) ? Number(key) : key)),
          true,
        );
        if (isNode(node) && node.range) return at(node.range[0]);
      }
      return at(0);
    },
  };
}
