import { describe, expect, it } from 'vitest';
import { createNotebookFrontend } from '../../../../src/static/frontends/notebook/frontend.ts';

const frontend = await createNotebookFrontend();

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly outputs?: readonly unknown[];
}

function notebook(cells: readonly Cell[], language?: string): string {
  const metadata = language === undefined ? {} : { kernelspec: { language } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1);
}

function code(source: string | readonly string[]): Cell {
  return { cell_type: 'code', source };
}

/** Fragments as `language layer line:column: text`. */
function fragments(text: string): string[] {
  return frontend
    .parse(text, 'notebook', 'x.ipynb')
    .fragments.map(({ language, layer, origin, text: inner }) => {
      const place =
        origin.kind === 'lines'
          ? `${String(origin.line)}:${String(origin.column)}`
          : text.slice(origin.span.start, origin.span.end);
      return `${language} ${layer ?? '-'} ${place}: ${inner}`;
    });
}

type Case = readonly [string, string, readonly string[]];

/** What a cell holds and the fragments it becomes. */
const CELLS: readonly Case[] = [
  ['plain code', 'import os\nos.getcwd()', ['python #cell-1 1:1: import os\nos.getcwd()']],
  [
    'a command',
    'a = 1\n!curl https://a.example | sh\nb = 2',
    [
      'python #cell-1 1:1: a = 1\n                            \nb = 2',
      'shell #cell-1 2:2: curl https://a.example | sh',
    ],
  ],
  [
    'a command in a block',
    'if a:\n    !ls\n    b()',
    ['python #cell-1 1:1: if a:\n    0  \n    b()', 'shell #cell-1 2:6: ls'],
  ],
  [
    'a magic that is all there is of a block',
    'try:\n  %%time\nexcept:\n  pass\nb()',
    ['python #cell-1 1:1: try:\n  0     \nexcept:\n  pass\nb()'],
  ],
  ['a command over two lines', '!ls \\\n  -l', ['shell #cell-1 1:2: ls \\\n  -l']],
  [
    'a command whose output is kept',
    'files = !ls -l\nf(files)',
    ['python #cell-1 1:1: files = []    \nf(files)', 'shell #cell-1 1:10: ls -l'],
  ],
  ['a magic that installs', '%pip install -q x', ['shell #cell-1 1:6: pip install -q x']],
  ['an install without a mark', 'pip install x', ['shell #cell-1 1:1: pip install x']],
  ['a magic that runs a command', '%system id', ['shell #cell-1 1:9: id']],
  ['a magic that runs Python', '%time f(1)', ['python #cell-1 1:7: f(1)']],
  ['a magic that does neither', '%matplotlib inline\nf()', ['python #cell-1 1:1:                   \nf()']],
  ['a question', 'print?\nf()', ['python #cell-1 1:1:       \nf()']],
  ['a shell cell', '\n%%bash -e\nid\nls', ['shell #cell-1 3:1: id\nls']],
  ['a script cell', '%%script bash\nid', ['shell #cell-1 2:1: id']],
  ['a JavaScript cell', '%%javascript\nf()', ['javascript #cell-1 2:1: f()']],
  ['a cell that is written to a file', '%%writefile run.sh\nid', ['shell #cell-1 2:1: id']],
  ['a timed cell', '%%time\nf()\n!id', ['python #cell-1 2:1: f()\n   ', 'shell #cell-1 3:2: id']],
  [
    'marks inside strings and brackets',
    's = """\n!no\n"""\nx = (a\n%b)',
    ['python #cell-1 1:1: s = """\n!no\n"""\nx = (a\n%b)'],
  ],
  [
    'a string with an escaped quote',
    "s = 'it\\'s (' # (\n!id",
    ["python #cell-1 1:1: s = 'it\\'s (' # (\n   ", 'shell #cell-1 2:2: id'],
  ],
  ['comparison and modulo', 'x = a != b\ny = a %b', ['python #cell-1 1:1: x = a != b\ny = a %b']],
  [
    'a command with a bracket and a quote left open',
    "!echo \\( '\n!id",
    ["shell #cell-1 1:2: echo \\( '", 'shell #cell-1 2:2: id'],
  ],
  ['nothing', '  \n', []],
];

describe('cells', () => {
  it.each(CELLS)('%s', (_, source, expected) => {
    expect(fragments(notebook([code(source)]))).toEqual(expected);
  });

  it('counts all cells and joins lines', () => {
    const text = notebook([
      { cell_type: 'markdown', source: ['# Title\n', 'text'] },
      { cell_type: 'raw', source: 'raw' },
      code(['a\n', 'b']),
    ]);
    expect(fragments(text)).toEqual([
      'markdown #cell-1 1:1: # Title\ntext',
      'text #cell-2 1:1: raw',
      'python #cell-3 1:1: a\nb',
    ]);
  });

  it('reads the language of the kernel', () => {
    expect(fragments(notebook([code('!f()')], 'javascript'))).toEqual(['javascript #cell-1 1:1: !f()']);
    expect(fragments(notebook([code('id')], 'bash'))).toEqual(['shell #cell-1 1:1: id']);
    expect(fragments(notebook([code('f <- 1')], 'R'))).toEqual(['text #cell-1 1:1: f <- 1']);
  });

  it('reads notebooks of the third format', () => {
    const text = JSON.stringify({
      nbformat: 3,
      worksheets: [{ cells: [{ cell_type: 'code', language: 'python', input: ['f()'], outputs: [] }] }],
    });
    expect(fragments(text)).toEqual(['python #cell-1 1:1: f()']);
  });
});

describe('saved outputs', () => {
  it('gives pages, JavaScript and words to be looked into', () => {
    const html = [
      '<p onclick="g()">x</p>',
      "<script type='a'>f()</script><script src=https://a.example/x.js></script>",
    ];
    const outputs = [
      { output_type: 'display_data', data: { 'text/html': html, 'text/plain': 'x' } },
      { output_type: 'display_data', data: { 'application/javascript': 'h()' } },
      { output_type: 'display_data', data: { 'text/html': '<table><tr><td>1</td></tr></table>' } },
    ];
    const text = notebook([{ ...code('a'), outputs }]);
    const found = frontend.parse(text, 'notebook', 'x.ipynb').fragments.slice(1);
    expect(found.map(({ language, text: shown, layer }) => [language, shown, layer])).toEqual([
      ['html', html.join(''), '#cell-1-output'],
      ['markdown', 'x', '#cell-1-output'],
      ['javascript', 'h()', '#cell-1-output'],
      ['html', '<table><tr><td>1</td></tr></table>', '#cell-1-output'],
    ]);
  });
});

describe('what is no notebook', () => {
  it.each([
    ['{"cells": [', 'line 1, column 12: the text ends too early'],
    ['not json', 'line 1, column 5: text after the value'],
    ['{"a": 1}', 'line 1, column 1: a notebook without cells'],
    ['', 'line 1, column 1: the text ends too early'],
  ])('%j', (text, problem) => {
    expect(frontend.parse(text, 'notebook', 'x.ipynb')).toMatchObject({
      status: 'unparsed',
      fragments: [],
      problem,
    });
  });

  it('survives cells of the wrong shape', () => {
    const text =
      '{"cells": [1, null, [], {"cell_type": "code", "source": 7, "outputs": {"a": 1}}, {"source": [[]]}]}';
    expect(frontend.parse(text, 'notebook', 'x.ipynb')).toMatchObject({ status: 'complete', fragments: [] });
  });

  it('is not slowed down by lines made to be slow', () => {
    const started = performance.now();
    const slow = [
      '('.repeat(50_000),
      '"'.repeat(50_001),
      `x${' '.repeat(50_000)}y`,
      `${'a.'.repeat(20_000)}!`,
    ];
    const html = `${'<script'.repeat(20_000)}${' onload='.repeat(20_000)}`;
    const outputs = [{ data: { 'text/html': html } }];
    frontend.parse(notebook([...slow.map(code), { ...code(''), outputs }]), 'notebook', 'x.ipynb');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
