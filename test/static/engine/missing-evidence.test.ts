import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/model/outcome.ts';
import { staticStage } from '../../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from './target.ts';

function stageOn(files: Readonly<Record<string, string>>): Promise<Outcome> {
  return staticStage.run(targetOf(files), STAGE_CONTEXT);
}

function notebook(...cells: readonly string[]): string {
  return JSON.stringify({
    cells: cells.map((source) => ({ cell_type: 'code', source, metadata: {}, outputs: [] })),
    metadata: {},
    nbformat: 4,
  });
}

const NESTED_CALLS = `import os\nx = ${'f('.repeat(5_000)}os.system(c)${')'.repeat(5_000)}\n`;

describe('what was not understood', () => {
  it.each<[string, string, string]>([
    ['two million brackets of Python', 'a.py', '('.repeat(2_000_000)],
    ['two million brackets of JavaScript', 'a.js', '('.repeat(2_000_000)],
    ['two million brackets of shell', 'a.sh', '('.repeat(2_000_000)],
    ['calls 5,000 deep in Python', 'a.py', NESTED_CALLS],
    ['lists 5,000 deep in JavaScript', 'a.js', `x = ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['substitutions 5,000 deep in shell', 'a.sh', `x=${'$('.repeat(5_000)}id${')'.repeat(5_000)}`],
    ['a program larger than is parsed', 'a.py', 'x = 1\n'.repeat(1_000_000)],
    ['a notebook that is cut off', 'a.ipynb', notebook('print(1)').slice(0, -2)],
    ['a cell that nests too deep', 'a.ipynb', notebook('print(1)', NESTED_CALLS)],
    ['an order for an agent behind very many sentences', 'SKILL.md', 'It is so. \n\n'.repeat(60_000)],
    ['code in texts, six times over', 'a.py', codeInTexts(6)],
    ['a hook in a file that cannot be read', 'package.json', '{"scripts": {"postinstall": "node x.js"'],
    ['a hole that may hold a command', 'a.sh', 'if true; then\n  ( eval "$(cat x)"\n'],
  ])(
    '%s leave a gap',
    async (_what, path, text) => {
      const outcome = await stageOn({ [path]: text });
      expect(outcome.status).toBe('partial');
      expect(outcome.gaps).toHaveLength(1);
      expect(outcome.coverage?.opaque).toEqual([
        { path, reason: expect.stringMatching(/\w{3}/) as string, blocking: true },
      ]);
      expect(outcome.coverage?.analysed).toBe(0);
    },
    60_000,
  );

  it('is listed without a gap when nothing in the file could do harm', async () => {
    const outcome = await stageOn({
      'template.py': 'class {{ name }}Env:\n    size = {{ size }}\n    def f(:\n',
    });
    expect(outcome.status).toBe('done');
    expect(outcome.coverage?.opaque).toEqual([
      { path: 'template.py', reason: expect.stringContaining('line 1') as string, blocking: false },
    ]);
    expect(outcome.coverage?.analysed).toBe(1);
  });

  it.each<[string, string, string]>([
    ['Python 2', 'a.py', 'import os\nprint "x"\nexec "y = 1"\nraise E, "z"\n'],
    ['a broken example in a document', 'README.md', '# Use\n\n```python\nos.system(((\neval("x"\n```\n'],
    ['a deep example in a document', 'README.md', `# Use\n\n\`\`\`python\n${NESTED_CALLS}\`\`\`\n`],
    ['an ordinary notebook', 'a.ipynb', notebook('!pip install numpy', '%matplotlib inline\nprint(1)')],
  ])('is not said of %s', async (_what, path, text) => {
    const outcome = await stageOn({ [path]: text });
    expect(outcome.status).toBe('done');
    expect(outcome.coverage).toMatchObject({ analysed: 1, opaque: [] });
  });
});

describe('scripts that source each other', () => {
  it.each<[string, number]>([
    ['a long way', 0],
    ['a shorter way, deep in blocks', 90],
  ])('are said not to be followed: %s', async (_what, nesting) => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [
        `s${at}.sh`,
        `${'if true; then\n'.repeat(nesting)}. ./s${at + 1}.sh\n${'fi\n'.repeat(nesting)}`,
      ]),
    );
    const outcome = await stageOn(files);
    expect(outcome.status).toBe('partial');
    expect(outcome.coverage?.opaque[0]?.reason).toContain('source each other');
  });

  it('are followed as far as people write them', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`s${at}.sh`, `if true; then\n. ./s${at + 1}.sh\nfi\n`]),
    );
    expect((await stageOn(files)).status).toBe('done');
  });
});

/** `exec("exec(\"…\")")`, so many levels of it. */
function codeInTexts(levels: number): string {
  let code = 'import os';
  for (let level = 0; level < levels; level++) code = `exec(${JSON.stringify(code)})`;
  return code;
}
