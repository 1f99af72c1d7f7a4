import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv';
import { LineCounter, isMap, isScalar, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import { closestName } from '../closest-name.ts';
import { configError, messageOf, usageError } from '../errors.ts';
import { isNestedTooDeeply } from '../nesting.ts';
import { validatorOf } from '../schemas/validator.ts';

/** The formats that people write for sbx by hand; each has a JSON Schema under `manifests/`. */
export type DocumentKind = 'manifest' | 'policy' | 'config' | 'openvex';

/** Something wrong in a document, where it is, and how to put it right. */
export interface Problem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Larger documents are nobody's handwriting. */
const MAX_BYTES = 1024 * 1024;
/** Aliases that repeat more than this many nodes are a bomb (CWE-776). */
const MAX_ALIASES = 100;
const MAX_PROBLEMS = 50;

/**
 * Parses YAML or JSON and holds it to its schema.
 * @returns the value, or null with at least one problem; problems in the order of the text
 */
export function parseChecked(
  text: string,
  kind: DocumentKind,
): { readonly value: unknown; readonly problems: readonly Problem[] } {
  if (Buffer.byteLength(text) > MAX_BYTES) return failed(1, 1, `it is larger than ${MAX_BYTES / 1024} KiB`);
  if (isNestedTooDeeply(text)) return failed(1, 1, 'it is nested too deeply');
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    if (document.errors.length > 0) {
      const problems = document.errors
        .slice(0, MAX_PROBLEMS)
        .map(({ pos, message }) => at(lines, pos[0], firstLine(message)));
      return { value: null, problems };
    }
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    const validate = validatorOf(kind);
    if (validate(value)) return { value, problems: [] };
    const problems = problemsFrom(validate.errors ?? [], document, lines);
    return { value: null, problems };
  } catch (error) {
    // An alias bomb, or what else the parser gives up on.
    return failed(1, 1, `it cannot be read: ${messageOf(error)}`);
  }
}

/**
 * Reads one of the operator's own documents.
 * @throws SbxError of kind `config` (`FILE:LINE:COLUMN: message`), or `usage` when there is no such file
 */
export function readDocument(file: string, kind: DocumentKind): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError(`${kind}-not-found`, `${file}: the ${kind} cannot be read: ${messageOf(error)}`);
  }
  const { value, problems } = parseChecked(text, kind);
  const [first] = problems;
  if (first === undefined) return value;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  throw configError(`${kind}-invalid`, `${file}:${first.line}:${first.column}: ${first.message}${more}`);
}

function problemsFrom(
  errors: readonly ErrorObject[],
  document: Document,
  lines: LineCounter,
): readonly Problem[] {
  // `oneOf` and its branches say the same thing several times; the most specific message stays.
  const byPath = new Map<string, Problem>();
  for (const error of errors.slice(0, 4 * MAX_PROBLEMS)) {
    if (error.keyword === 'oneOf' || error.keyword === 'anyOf') continue;
    const path = partsOf(error.instancePath);
    const name = error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : null;
    const offset = offsetOf(document, path, name);
    const where = path.length === 0 ? 'the document' : path.join('.');
    const problem = at(lines, offset, explain(error, where, name));
    const key = `${error.instancePath}\0${name ?? ''}\0${error.keyword === 'required' ? error.message : ''}`;
    if (!byPath.has(key)) byPath.set(key, problem);
  }
  const problems = [...byPath.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  if (problems.length === 0) problems.push(at(lines, 0, 'it does not fit the schema'));
  return problems.slice(0, MAX_PROBLEMS);
}

function explain(error: ErrorObject, where: string, name: string | null): string {
  const { keyword, params } = error;
  if (name !== null) {
    const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
    const closest = closestName(name, known);
    const hint =
      closest === null
        ? known.length > 0 && known.length < 20
          ? `; known: ${known.join(', ')}`
          : ''
        : `; did you mean "${closest}"?`;
    return `unknown key "${name}" in ${where}${hint}`;
  }
  if (keyword === 'required') return `"${String(params['missingProperty'])}" is missing in ${where}; add it`;
  if (keyword === 'enum')
    return `${where} must be one of ${(params['allowedValues'] as unknown[]).map(String).join(', ')}`;
  if (keyword === 'const') return `${where} must be ${JSON.stringify(params['allowedValue'])}`;
  if (keyword === 'type') return `${where} must be of type ${String(params['type'])}`;
  return `${where} ${error.message ?? 'is not valid'}`;
}

/** Where a value stands in the text; with `key`, where that key of it stands. */
function offsetOf(document: Document, path: readonly string[], key: string | null): number {
  const node =
    path.length === 0 ? document.contents : (document.getIn(path.map(indexOrName), true) as Node | undefined);
  if (key !== null && isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}

function partsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function indexOrName(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part;
}

function at(lines: LineCounter, offset: number, message: string): Problem {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col), message };
}

function failed(
  line: number,
  column: number,
  message: string,
): { readonly value: null; readonly problems: readonly Problem[] } {
  return { value: null, problems: [{ line, column, message }] };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
