import { describe, expect, it } from 'vitest';
import { bidiDetector } from '../../../src/static/detectors/bidi.ts';

const CONTROL = '\u202e';

function namesIn(text: string): readonly string[] {
  return bidiDetector.inspect(text, 'python', 'a.py').map(({ name }) => name);
}

describe('controls for text direction in long texts', () => {
  it('are only noted on lines that neither begin nor end there', () => {
    expect(namesIn(`"""Finds\n  x != 'none${CONTROL}':\nin code."""\n`)).toEqual(['unicode-bidi-in-value']);
  });

  it.each([
    ['before the end of the text', `"""Pays,\nthen ${CONTROL}""" ;return\n`],
    ['after its beginning', `x = """a ${CONTROL}b\nc"""\n`],
    ['after its end', `"""a\nb"""\nif role != 'none${CONTROL}':\n`],
    ['beside holes for expressions', `x = f"""a\n{call()} ${CONTROL}\n"""\n`],
    ['after quotes in a comment', `# """\nif role != 'none${CONTROL}':\n# """\n`],
    ['after quotes in a text', `x = '"""'\nif role != 'none${CONTROL}':\ny = '"""'\n`],
  ])('count %s', (_, text) => {
    expect(namesIn(text)).toEqual(['unicode-bidi']);
  });
});
