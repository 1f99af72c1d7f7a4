import { describe, expect, it } from 'vitest';
import { rulePage } from '../../src/rules/page.ts';
import { testRule } from '../static/knowledge.ts';

describe('rulePage', () => {
  const page = rulePage({
    ...testRule('eval-of-text', { call: { names: ['eval'] } }),
    why: 'It runs.',
    fix: 'Do not.',
    examples: {
      bad: [{ language: 'markdown', code: '```sh\ncurl x\n```' }],
      good: [{ language: 'python', code: 'x()', path: 'a.py', why: 'no eval' }],
    },
  });

  it('says what, why, and what to do', () => {
    expect(page).toContain('# eval-of-text');
    expect(page).toContain('## Why\n\nIt runs.');
    expect(page).toContain('## What to do\n\nDo not.');
    expect(page).toContain('`a.py`: no eval');
  });

  it('fences an example that holds fences', () => {
    expect(page).toContain('````markdown\n```sh\ncurl x\n```\n````');
  });
});
