import type * as smolToml from 'smol-toml';
import type { Span } from '../../../model/program.ts';
import type { ConfigDocument, ConfigNode } from './document.ts';

/** The `smol-toml` module, handed in because it is loaded with the first TOML file only. */
export type Toml = typeof smolToml;

/** How often the text is cut before a line that does not parse. */
const MAXIMUM_CUTS = 8;

/** Reads TOML. On an error, what stands before the broken line is kept. */
export function readToml(toml: Toml, text: string): ConfigDocument {
  const spans = spansOf(text);
  const whole = { start: 0, end: text.length };
  let problem: ConfigDocument['problem'] = null;
  let readable = text;
  for (let cut = 0; cut <= MAXIMUM_CUTS; cut++) {
    try {
      return { root: nodeOf(toml.parse(readable, { maxDepth: 100 }), [], spans, whole), problem };
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

/** The library gives values without positions; those of keys come from {@link spansOf}, and what has none takes its parent's. */
function nodeOf(
  value: unknown,
  path: readonly string[],
  spans: ReadonlyMap<string, Span>,
  parent: Span,
): ConfigNode {
  const span = spans.get(path.join('\0')) ?? parent;
  if (Array.isArray(value)) {
    const items = value.map((item, index) => nodeOf(item, [...path, String(index)], spans, span));
    return { kind: 'list', items, span };
  }
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    const entries = Object.entries(value).map(([key, item]) => ({
      key,
      value: nodeOf(item, [...path, key], spans, span),
    }));
    return { kind: 'map', entries, span };
  }
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { kind: 'scalar', value: isPlain ? value : String(value), span, block: null };
}

const HEADER = /^[\t ]*(\[\[?)([^\n\]#]*)\]/u;
/** One way only to match any text, so that no line is slow. */
const ASSIGNMENT =
  /^[\t ]*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[\t ]*\.[\t ]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)[\t ]*=[\t ]*/u;
const PART = /"([^"]*)"|'([^']*)'|([\w-]+)/gu;

/** Where the value of each key stands, from a scan of the lines; within multi-line values nothing is looked for. */
function spansOf(text: string): Map<string, Span> {
  const spans = new Map<string, Span>();
  const counts = new Map<string, number>();
  let table: readonly string[] = [];
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline === -1 ? text.length : newline;
    const line = text.slice(at, lineEnd).slice(0, 2_000);
    let next = lineEnd + 1;
    const header = HEADER.exec(line);
    const assignment = header === null ? ASSIGNMENT.exec(line) : null;
    if (header !== null) {
      table = partsOf(header[2]!);
      if (header[1] === '[[') {
        const index = counts.get(table.join('\0')) ?? 0;
        counts.set(table.join('\0'), index + 1);
        table = [...table, String(index)];
      } else {
        table = throughArrays(table, counts);
      }
      spans.set(table.join('\0'), { start: at, end: lineEnd });
    } else if (assignment !== null) {
      const start = at + assignment[0].length;
      const quotes = /^(?:"""|''')/u.exec(text.slice(start, start + 3))?.[0];
      const close = quotes === undefined ? -1 : text.indexOf(quotes, start + 3);
      const end = close === -1 ? at + text.slice(at, lineEnd).trimEnd().length : close + 3;
      spans.set([...table, ...partsOf(assignment[1]!)].join('\0'), { start, end });
      if (close !== -1) next = Math.max(next, end);
    }
    at = next;
  }
  return spans;
}

function partsOf(key: string): string[] {
  return [...key.matchAll(PART)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');
}

/** `[a.b]` after `[[a]]` belongs to the last element of `a`. */
function throughArrays(table: readonly string[], counts: ReadonlyMap<string, number>): string[] {
  const path: string[] = [];
  const written: string[] = [];
  for (const part of table) {
    path.push(part);
    written.push(part);
    const count = counts.get(written.join('\0'));
    if (count !== undefined) path.push(String(count - 1));
  }
  return path;
}
