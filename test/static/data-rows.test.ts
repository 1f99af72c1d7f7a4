import { describe, expect, it } from 'vitest';
import { isTableOfRows } from '../../src/static/data-rows.ts';

function rows(count: number, row: object): object[] {
  return Array.from({ length: count }, (_, id) => ({ id, ...row }));
}

const TASK = { question: 'How many files are there?', answer: '3' };

describe('a table of rows', () => {
  it('is a list, or lines, of many records with the same keys', () => {
    expect(isTableOfRows(JSON.stringify(rows(20, TASK), null, 2))).toBe(true);
    const lines = rows(20, TASK).map((row) => JSON.stringify(row));
    expect(isTableOfRows(lines.join('\n'))).toBe(true);
  });

  it('is none with few rows, or with rows that differ', () => {
    expect(isTableOfRows(JSON.stringify(rows(3, TASK)))).toBe(false);
    expect(isTableOfRows(JSON.stringify([...rows(20, TASK), { run: 'x', now: 'y', why: 'z' }]))).toBe(false);
    expect(isTableOfRows(JSON.stringify({ tasks: 'none' }))).toBe(false);
    expect(isTableOfRows('[1, 2, 3, 4, 5, 6, 7, 8, 9]')).toBe(false);
    expect(isTableOfRows('[{"a": 1, "b"')).toBe(false);
  });

  it('is none when it lists what an agent calls, runs or is told', () => {
    for (const row of [
      { name: 'read', description: 'Reads a file.' },
      { title: 'read', inputSchema: {} },
      { when: 'start', command: 'true' },
      { role: 'system', content: 'You help.' },
    ])
      expect(isTableOfRows(JSON.stringify(rows(20, row))), JSON.stringify(row)).toBe(false);
  });
});
