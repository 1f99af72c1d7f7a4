import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Setting } from '../../../model/program.ts';
import { plainEntries } from '../../../plain-yaml.ts';

/** Front matter longer than this is read line by line (UTF-16 units). */
const MAX_YAML_LENGTH = 65_536;
const MAX_SETTINGS = 5_000;
const MAX_DEPTH = 32;

let loaded: typeof Yaml | null = null;

/** The YAML library, loaded with the first front matter that is more than plain lines. */
function yamlLibrary(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml;
  return loaded;
}

/** The settings of a front matter, and what kept it from being read as YAML. */
export interface FrontMatter {
  readonly settings: readonly Setting[];
  readonly problem: string | null;
}

/**
 * Reads front matter. Aliases are not followed, nesting beyond 32 levels is left out; what is not valid YAML is read line by line as
 * `key: value`, the way agents that are lenient about it do.
 * @param base offset of `source` in its file
 */
export function readFrontMatter(source: string, base: number): FrontMatter {
  if (source.length > MAX_YAML_LENGTH) {
    return { settings: readLines(source, base), problem: 'the front matter is too long to be read as YAML' };
  }
  const plain = plainEntries(source);
  if (plain !== null) {
    const settings = plain.map(({ key, value, start, end }) => ({
      path: [key],
      value,
      span: { start: base + start, end: base + end },
    }));
    return { settings, problem: null };
  }
  try {
    const yaml = yamlLibrary();
    const document = yaml.parseDocument(source, { strict: false, uniqueKeys: false, logLevel: 'silent' });
    if (document.errors.length > 0) {
      return { settings: readLines(source, base), problem: 'the front matter is not valid YAML' };
    }
    return collect(yaml, document.contents, base);
  } catch {
    // The parser recurses on nesting; a hostile depth ends in a RangeError.
    return { settings: readLines(source, base), problem: 'the front matter is nested too deeply' };
  }
}

function collect(yaml: typeof Yaml, root: unknown, base: number): FrontMatter {
  const settings: Setting[] = [];
  const open: { readonly node: unknown; readonly path: readonly string[] }[] = [{ node: root, path: [] }];
  let isCut = false;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next;
    if (settings.length >= MAX_SETTINGS || path.length > MAX_DEPTH) {
      isCut = true;
    } else if (yaml.isMap(node)) {
      for (const pair of node.items.toReversed()) {
        open.push({
          node: pair.value,
          path: [...path, yaml.isScalar(pair.key) ? String(pair.key.value) : ''],
        });
      }
    } else if (yaml.isSeq(node)) {
      for (let index = node.items.length - 1; index >= 0; index -= 1) {
        open.push({ node: node.items[index], path: [...path, String(index)] });
      }
    } else if (yaml.isScalar(node)) {
      const [start, end] = node.range ?? [0, 0];
      settings.push({ path, value: scalar(node.value), span: { start: base + start, end: base + end } });
    } else if (yaml.isAlias(node)) {
      const [start, end] = node.range ?? [0, 0];
      settings.push({ path, value: `*${node.source}`, span: { start: base + start, end: base + end } });
    }
  }
  return { settings, problem: isCut ? 'the front matter is nested too deeply or too large' : null };
}

function scalar(value: unknown): Setting['value'] {
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value === null
    ? value
    : String(value);
}

function readLines(source: string, base: number): readonly Setting[] {
  const settings: Setting[] = [];
  let key = '';
  for (const line of source.matchAll(/[^\r\n]+/g)) {
    if (settings.length >= MAX_SETTINGS) break;
    const pair = /^([A-Za-z_][\w-]{0,80})[ \t]{0,20}:[ \t]{0,20}(.*)$/.exec(line[0]);
    const item = pair === null ? /^[ \t]{0,40}(?:-[ \t]{1,20})?(\S.*)$/.exec(line[0]) : null;
    const value = (pair?.[2] ?? item?.[1] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
    if (pair !== null) key = pair[1]!;
    if (key === '' || value === '') continue;
    const start = base + line.index + line[0].lastIndexOf(value);
    settings.push({ path: [key], value, span: { start, end: start + value.length } });
  }
  return settings;
}
