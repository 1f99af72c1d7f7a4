import { expect, it } from 'vitest';
import { nestsTooDeep } from '../../../../src/static/frontends/config/yaml-depth.ts';

it.each([
  ['lists on one line', '- '.repeat(400)],
  ['keys on one line', '? '.repeat(400)],
  ['brackets', `a: ${'['.repeat(400)}`],
  ['brackets on lines of their own', '{\n'.repeat(400)],
  ['blocks', Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('%s that nest too deep are seen before they are parsed', (_what, text) => {
  expect(nestsTooDeep(text)).toBe(true);
});

it.each([
  ['many entries', 'a: [b, c]\n'.repeat(5_000)],
  ['many items', '- a\n- - b\n'.repeat(5_000)],
  ['text with brackets in words', 'a: |\n  b[0 c{d e(f[\n'.repeat(2_000)],
  ['minus signs', `a: ${'-'.repeat(5_000)} ${'--- '.repeat(5_000)}\n`],
  ['nothing', ''],
])('%s are no nesting', (_what, text) => {
  expect(nestsTooDeep(text)).toBe(false);
});
