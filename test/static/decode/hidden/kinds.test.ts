import { describe, expect, it } from 'vitest';
import { candidatesFor } from '../../../../src/static/decode/hidden/alphabets.ts';
import { recognise } from '../../../../src/static/decode/hidden/kinds.ts';

describe('recognise', () => {
  it('knows a statement behind blanks and line breaks', () => {
    expect(recognise(`const a = 1;\n\n\n   import x from 'x'\n`)?.language).toBe('javascript');
    expect(recognise(`\n\n\t  eval(atob(x))\nawait y\n`)?.language).toBe('javascript');
  });

  it.each(['\n', '\n\n ', ' ', '\t\n', ';'])('is not slowed down by a text of %j', (piece) => {
    const text = `a = 1${piece.repeat(32_000 / piece.length)}b.c d`;
    const before = process.cpuUsage();
    for (let time = 0; time < 20; time++) {
      recognise(text);
      candidatesFor(text.slice(5));
    }
    // Each took a second where the time grew with the square.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
  });
});
