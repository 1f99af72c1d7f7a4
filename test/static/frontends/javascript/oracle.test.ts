import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';
import { createJavascriptFrontend } from '../../../../src/static/frontends/javascript/frontend.ts';

const frontend = await createJavascriptFrontend();
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Packed and hand-written code of several styles, and this project's own. */
const FILES = [
  'node_modules/prettier/plugins/estree.js',
  'node_modules/commander/lib/command.js',
  'node_modules/yaml/dist/compose/composer.js',
  'node_modules/semver/classes/range.js',
  'node_modules/ajv/dist/core.js',
  'node_modules/execa/lib/methods/main-sync.js',
  ...readdirSync(`${root}src/static/frontends/javascript`).map(
    (name) => `src/static/frontends/javascript/${name}`,
  ),
];

/** Every object below a tree, without recursion. */
function* nodesOf(tree: unknown): Generator<Record<string, unknown>> {
  const pending: unknown[] = [tree];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null) continue;
    yield node as Record<string, unknown>;
    for (const [key, child] of Object.entries(node)) if (key !== 'parent') pending.push(child);
  }
}

describe('against an independent tree of the same code', () => {
  it.each(FILES)('finds every call, string and comment in %s', (file) => {
    const text = readFileSync(`${root}${file}`, 'utf8');
    const expectedCalls = new Set<string>();
    const expectedStrings = new Set<string>();
    const tree = parse(text, {
      range: true,
      sourceType: 'module',
      ecmaFeatures: { jsx: !file.endsWith('.ts') },
    });
    for (const { type, range, value } of nodesOf({ ...tree, tokens: [], comments: [] })) {
      const at = String(range as readonly number[]);
      if (/^(?:Call|New|Import|TaggedTemplate)Expression$/u.test(String(type))) expectedCalls.add(at);
      if (type === 'Literal' && typeof value === 'string') expectedStrings.add(at);
    }
    const parsed = frontend.parse(text, file.endsWith('.ts') ? 'typescript' : 'javascript', file);
    expect(parsed.status).toBe('complete');
    const calls = new Set<string>();
    const strings = new Set<string>();
    for (const { kind, span, value } of nodesOf(parsed.program?.body)) {
      const { start, end } = (span ?? {}) as { start?: number; end?: number };
      if (kind === 'call') calls.add(`${String(start)},${String(end)}`);
      if (kind === 'literal' && typeof value === 'string') strings.add(`${String(start)},${String(end)}`);
    }
    expect([...expectedCalls].filter((at) => !calls.has(at))).toEqual([]);
    // The names of modules and the strings in types are no expressions.
    const dropped = [...expectedStrings].filter((at) => !strings.has(at));
    const inImportOrType = /(?:from|import|[|:&<=([,]|Extract<.*)\s*$/u;
    expect(dropped.filter((at) => !inImportOrType.test(text.slice(0, Number(at.split(',')[0]))))).toEqual([]);
    expect(calls.size).toBeGreaterThanOrEqual(expectedCalls.size);
    const comments = (tree.comments ?? []).filter(({ type }) => type === 'Line' || type === 'Block');
    expect(parsed.program?.comments.map(({ start, end }) => [start, end])).toEqual(
      comments.map(({ range }) => [...range]),
    );
  });
});
