import type * as smolToml from 'smol-toml';
import type { Span } from '../../../model/program.ts';
import type { ConfigDocument, ConfigNode } from './document.ts';

/** The `smol-toml` module, handed in because it is loaded with the first TOML file only. */
export type Toml = typeof smolToml;

/** How often the text is cut before a line that does not parse. */
const MAXIMUM_CUTS = 8;

/** Tables may lie in each other this deep: no library reads a file for people that is deeper. Dots in keys make levels, too. */
const MAXIMUM_LEVELS = 100;

/** Reads TOML. On an error, what stands before the broken line is kept. */
export function readToml(toml: Toml, text: string): ConfigDocument {
  const places = placesOf(text);
  const whole = { start: 0, end: text.length };
  let problem: ConfigDocument['problem'] = null;
  let readable = text;
  for (let cut = 0; cut <= MAXIMUM_CUTS; cut++) {
    try {
      const value = toml.parse(readable, { maxDepth: MAXIMUM_LEVELS });
      const tooDeep: Span[] = [];
      const root = nodeOf(value, places, whole, tooDeep, 0);
      if (tooDeep.length > 0)
        problem ??= { at: tooDeep[0]!.start, message: `tables deeper than ${MAXIMUM_LEVELS} levels` };
      return { root, problem };
    } catch (error) {
      const line = error instanceof toml.TomlError ? error.line : 1;
      const message = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : 'not TOML';
      const at = startOfLine(readable, line);
      problem ??= { at, message };
      readable = readable.slice(0, at);
    }
  }
  return { root: { kind: 'map', entries: [], span: whole }, problem };
}

function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let passed = 1; passed < line; passed++) {
    const next = text.indexOf('\n', at);
    if (next === -1) return at;
    at = next + 1;
  }
  return at;
}

/**
 * The library gives values without positions; those of keys come from {@link placesOf}, and what has none takes its parent's.
 * @param tooDeep what was left out for its depth is added here
 */
function nodeOf(
  value: unknown,
  place: Place | undefined,
  parent: Span,
  tooDeep: Span[],
  depth: number,
): ConfigNode {
  const span = place?.span ?? parent;
  const isTable = typeof value === 'object' && value !== null && !(value instanceof Date);
  if (isTable && depth > MAXIMUM_LEVELS) {
    tooDeep.push(span);
    return { kind: 'map', entries: [], span };
  }
  const child = (key: string, item: unknown): ConfigNode =>
    nodeOf(item, place?.children.get(key), span, tooDeep, depth + 1);
  if (Array.isArray(value)) {
    return { kind: 'list', items: value.map((item, index) => child(String(index), item)), span };
  }
  if (isTable) {
    const entries = Object.entries(value).map(([key, item]) => ({ key, value: child(key, item) }));
    return { kind: 'map', entries, span };
  }
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { kind: 'scalar', value: isPlain ? value : String(value), span, block: null };
}

/** Where a table or value stands, and those in it; the elements of an array of tables are children under their index. */
class Place {
  span: Span | null = null;
  readonly children = new Map<string, Place>();
  /** Elements so far, of an array of tables. */
  elements = 0;

  child(key: string): Place {
    let child = this.children.get(key);
    if (child === undefined) this.children.set(key, (child = new Place()));
    return child;
  }

  /** What `[a.b]` means: behind `[[a]]` it lies in the last element of `a`. */
  table(keys: readonly string[]): Place {
    return keys.reduce<Place>((place, key) => place.child(key).last, this);
  }

  get last(): Place {
    return this.elements === 0 ? this : this.child(String(this.elements - 1));
  }
}

const HEADER = /^[\t ]*(\[\[?)([^\n\]#]*)\]/u;
/** One way only to match any text, so that no line is slow. */
const ASSIGNMENT =
  /^[\t ]*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[\t ]*\.[\t ]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)[\t ]*=[\t ]*/u;
const PART = /"([^"]*)"|'([^']*)'|([\w-]+)/gu;

/** Where the value of each key stands, from a scan of the lines; within multi-line values nothing is looked for. */
function placesOf(text: string): Place {
  const root = new Place();
  let table = root;
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline === -1 ? text.length : newline;
    const line = text.slice(at, lineEnd).slice(0, 2_000);
    let next = lineEnd + 1;
    const header = HEADER.exec(line);
    const assignment = header === null ? ASSIGNMENT.exec(line) : null;
    if (header !== null) {
      const keys = partsOf(header[2]!);
      if (header[1] === '[[') {
        const array = root.table(keys.slice(0, -1)).child(keys.at(-1) ?? '');
        array.elements++;
        table = array.last;
      } else {
        table = root.table(keys);
      }
      table.span = { start: at, end: lineEnd };
    } else if (assignment !== null) {
      const start = at + assignment[0].length;
      const quotes = /^(?:"""|''')/u.exec(text.slice(start, start + 3))?.[0];
      const close = quotes === undefined ? -1 : text.indexOf(quotes, start + 3);
      const end = close === -1 ? at + text.slice(at, lineEnd).trimEnd().length : close + 3;
      partsOf(assignment[1]!).reduce<Place>((place, key) => place.child(key), table).span = { start, end };
      if (close !== -1) next = Math.max(next, end);
    }
    at = next;
  }
  return root;
}

function partsOf(key: string): string[] {
  return [...key.matchAll(PART)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');
}
