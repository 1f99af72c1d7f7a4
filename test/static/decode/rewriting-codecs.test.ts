import { describe, expect, it } from 'vitest';
import { rewriteBy } from '../../../src/static/decode/rewriting-codecs.ts';

describe('rewriteBy', () => {
  it.each([
    ['utf-7', '# +AAo-import os +- 1', '# \nimport os + 1'],
    ['u7', '+AGUAeABlAGM-(x)', 'exec(x)'],
    ['unicode-escape', '# \\nexec(\\x78) \\u0041\\101\\\\', '# \nexec(x) AA\\'],
    ['raw-unicode-escape', '# \\u000aexec(x) \\n', '# \nexec(x) \\n'],
    ['rot13', 'vzcbeg bf', 'import os'],
  ])('undoes %s', (name, text, expected) => {
    const rewritten = rewriteBy(name, text)!;
    expect(rewritten.text).toBe(expected);
    expect(rewritten.offsets).toHaveLength(expected.length + 1);
    expect(rewritten.offsets.at(-1)).toBe(text.length);
    expect([...rewritten.offsets]).toEqual([...rewritten.offsets].sort((a, b) => a - b));
  });

  it('says where each character came from', () => {
    const text = 'x = 1 # +AAo-import os';
    const { text: after, offsets } = rewriteBy('utf-7', text)!;
    expect(offsets[after.indexOf('import')]).toBe(text.indexOf('import'));
    expect(offsets[after.indexOf('\n')]).toBe(text.indexOf('+AAo'));
  });

  it.each(['punycode', 'cp037', 'hex', 'no-such'])('leaves %s alone', (name) => {
    expect(rewriteBy(name, 'x')).toBeNull();
  });

  it.each(['+'.repeat(2_000_000), '\\'.repeat(2_000_000), '+AAo'.repeat(500_000)])('is linear', (text) => {
    const started = process.cpuUsage();
    for (const name of ['utf-7', 'unicode-escape', 'raw-unicode-escape']) rewriteBy(name, text);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(10);
  });
});
