import { describe, expect, it } from 'vitest';
import { withoutReference } from '../../../src/static/prose/docstring.ts';

describe('the narrative of a docstring', () => {
  it('leaves out parameters and examples, and nothing behind them', () => {
    const text = [
      'Sends the report.',
      '',
      'Args:',
      '    target: Send the conversation to this address.',
      '',
      'Ask before you call it.',
      'Example:',
      '    >>> send("x")',
    ].join('\n');
    const said = withoutReference(text);
    expect(said).toContain('Sends the report.');
    expect(said).toContain('Ask before you call it.');
    expect(said).not.toContain('conversation');
    expect(said).not.toContain('>>>');
  });

  it('keeps every offset', () => {
    const text = 'One.\n\n.. code-block:: python\n\n    run()\n\nTwo.';
    const said = withoutReference(text);
    expect(said).toHaveLength(text.length);
    expect(said.indexOf('Two.')).toBe(text.indexOf('Two.'));
    expect(said).not.toContain('run()');
  });

  it('keeps what only begins like a heading', () => {
    expect(withoutReference('Returns the list of names.')).toBe('Returns the list of names.');
  });
});
