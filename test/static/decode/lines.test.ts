import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../src/static/decode/lines.ts';

describe('LineIndex', () => {
  it.each([
    ['a\nb\nc', 4, 3, 1],
    ['a\r\nb', 3, 2, 1],
    ['a\rb\nc', 2, 2, 1],
    ['a\rb\nc', 4, 3, 1],
    ['a\r\nb', 1, 1, 2],
    ['abc', 2, 1, 3],
    ['abc', 99, 1, 100],
    ['', 0, 1, 1],
  ])('finds %j offset %i at %i:%i', (text, offset, line, column) => {
    expect(new LineIndex(text).position(offset)).toEqual({ line, column });
  });

  it('agrees with counting, at every offset', () => {
    const text = 'ab\n\ncd\r\n\re\r\r\nf\n';
    const index = new LineIndex(text);
    for (let offset = 0; offset <= text.length; offset++) {
      // A break that is only half before the offset has not ended its line yet.
      const before = text.slice(0, offset).replace(/\r$/, text[offset] === '\n' ? ' ' : '\r');
      const lines = before.split(/\r\n|\r|\n/);
      expect(index.position(offset)).toEqual({ line: lines.length, column: lines.at(-1)!.length + 1 });
    }
  });

  it('finds the start of a line and the number of lines', () => {
    const index = new LineIndex('a\nbc\n');
    expect(index.lineCount).toBe(3);
    expect([0, 1, 2, 3, 9].map((line) => index.startOf(line))).toEqual([0, 0, 2, 5, 5]);
  });
});
