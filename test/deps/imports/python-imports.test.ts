import { describe, expect, it } from 'vitest';
import { readPythonImports } from '../../../src/deps/imports/python-imports.ts';

function told(text: string): string[] {
  return readPythonImports(text).imports.map(
    ({ module, names, line, scope }) =>
      `${String(line)} ${module}${names.length > 0 ? `:${names.join(',')}` : ''} ${scope}`,
  );
}

describe('imports of Python', () => {
  it('reads statements over lines, brackets, aliases and semicolons', () => {
    expect(
      told(
        'import a, b.c as d\nfrom e.f import (g,\n  h as i,  # import no\n)\nx = 1; import j\nfrom k \\\n  import l\nfrom . import m\nfrom .n import o\n',
      ),
    ).toEqual(['1 a runtime', '1 b.c runtime', '2 e.f:g,h runtime', '5 j runtime', '6 k:l runtime']);
  });

  it('is not fooled by strings and comments', () => {
    expect(told('"""\nimport a\n"""\nx = "import b"\n# import c\ny = f"{z} import d"\nimport e\n')).toEqual([
      '7 e runtime',
    ]);
  });

  it('knows what is optional, for type checkers only, and lazy', () => {
    expect(
      told(
        [
          'try:',
          '    import fast',
          'except ImportError:',
          '    import slow',
          'try:',
          '    import needed',
          'except ValueError:',
          '    pass',
          'from typing import TYPE_CHECKING',
          'if TYPE_CHECKING:',
          '    import types_only',
          'else:',
          '    import real',
          'def f():',
          '    import lazy',
          'try: import inline',
          'except (OSError, ModuleNotFoundError): pass',
          'with suppress(ImportError):',
          '    import perhaps',
          'if not TYPE_CHECKING:',
          '    import shown',
        ].join('\n'),
      ),
    ).toEqual([
      '2 fast optional',
      '4 slow optional',
      '6 needed runtime',
      '9 typing:TYPE_CHECKING runtime',
      '11 types_only typing',
      '13 real runtime',
      '15 lazy runtime',
      '16 inline optional',
      '19 perhaps optional',
      '21 shown runtime',
    ]);
  });

  it('follows calls with a literal name, and says when one is computed', () => {
    const literal = readPythonImports(
      'import importlib\nm = importlib.import_module("a.b")\nn = __import__(\'c\')\n',
    );
    expect(literal.imports.map(({ module }) => module)).toEqual(['importlib', 'a.b', 'c']);
    expect(literal.isWhole).toBe(true);
    expect(readPythonImports('__import__(name)').isWhole).toBe(false);
    expect(readPythonImports('import_module("a" + b)').isWhole).toBe(false);
    expect(readPythonImports('def import_module(name): pass').isWhole).toBe(true);
  });

  it('goes on behind what is no Python, and says so', () => {
    const { imports, isWhole } = readPythonImports('x = "open\nimport a\n');
    expect(imports.map(({ module }) => module)).toEqual(['a']);
    expect(isWhole).toBe(false);
  });

  it('takes hostile texts in linear time', () => {
    const texts = [
      `import ${'a.'.repeat(500_000)}b`,
      'import a,'.repeat(100_000),
      `${'try:\n'.repeat(50_000)}import a`,
      `from a import ${'b,'.repeat(500_000)}`,
      `try:\n${' import a\n'.repeat(60_000)}${'except ImportError:pass\n'.repeat(60_000)}`,
    ];
    for (const text of texts) expect(readPythonImports(text).imports.length).toBeLessThanOrEqual(200_000);
  });
});
