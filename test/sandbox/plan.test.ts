import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { PlannedRun } from '../../src/sandbox/plan/run.ts';
import { planUnit } from '../../src/sandbox/plan/plan.ts';
import { scriptsOf } from '../../src/sandbox/plan/scripts.ts';
import { openTarget } from '../../src/target/open.ts';
import { writeTree } from '../support/temporary.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function planOf(files: Readonly<Record<string, string>>): Promise<readonly PlannedRun[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-test-plan-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const target = await openTarget(folder, new AbortController().signal);
  return target.units.flatMap((unit) => planUnit(unit, target).runs);
}

const ENV = 'import gymnasium as gym\nclass E(gym.Env):\n    def step(self, a): ...\n';

describe('planUnit', () => {
  it('drives the package that registers environments, from the folder that holds it', async () => {
    const runs = await planOf({
      'pyproject.toml': '[project]\nname = "maze"\n',
      'src/maze/__init__.py':
        'from gymnasium import register\nregister(id="M-v0", entry_point="maze.env:E")\n',
      'src/maze/env.py': ENV,
      'tests/test_env.py': ENV,
      'setup.py': 'import gymnasium\n',
    });
    expect(runs).toMatchObject([{ program: 'gym', roots: ['src'], modules: ['maze'] }]);
  });

  it('drives a module that lies in no package', async () => {
    const runs = await planOf({ 'grid.py': ENV });
    expect(runs).toMatchObject([{ program: 'gym', roots: ['.'], modules: ['grid'], path: 'grid.py' }]);
  });

  it('says that an environment which cannot be imported by name is not run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sbx-test-plan-'));
    folders.push(folder);
    writeFileSync(join(folder, 'grid-world.py'), ENV);
    const target = await openTarget(folder, new AbortController().signal);
    const [unit] = target.units;
    expect(unit?.kind).toBe('gym-env');
    expect(planUnit(unit!, target).leftOut.join()).toContain('no Python module');
  });

  it('drives the environments that a manifest names, whatever kind the unit is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sbx-test-plan-'));
    folders.push(folder);
    writeFileSync(join(folder, 'training.py'), 'import gymnasium\n');
    const target = await openTarget(folder, new AbortController().signal);
    expect(planUnit(target.units[0]!, target, ['CartPole-v1']).runs[0]).toMatchObject({
      program: 'gym',
      modules: ['training'],
      environments: ['CartPole-v1'],
    });
  });

  it('runs the scripts of a skill, first with --help, then plain', async () => {
    const runs = await planOf({
      'SKILL.md': '---\nname: s\ndescription: d\n---\n# S\n',
      'scripts/a.sh': 'echo hi\n',
      'tool.py': 'print(1)\n',
      'lib/helper.test.js': 'x\n',
      'data.json': '{}',
    });
    expect(runs.map(({ program, path, arguments: args }) => [program, path, ...args].join(' '))).toEqual([
      'shell scripts/a.sh --help',
      'shell scripts/a.sh',
      'python tool.py --help',
      'python tool.py',
    ]);
  });

  it('says from which command of a long document on nothing is typed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sbx-test-plan-'));
    folders.push(folder);
    const commands = Array.from({ length: 103 }, (_, at) => `echo ${at}`);
    const head = '---\nname: s\ndescription: d\n---\n# S\n';
    writeFileSync(join(folder, 'SKILL.md'), `${head}\n\`\`\`bash\n${commands.join('\n')}\n\`\`\`\n`);
    const target = await openTarget(folder, new AbortController().signal);
    const plan = planUnit(target.units[0]!, target);
    expect(plan.runs[0]?.commands).toEqual(commands.slice(0, 100));
    expect(plan.leftOut).toEqual(['commands of SKILL.md from echo 100 on']);
  });

  it('runs a script that imports by the name of its own folder as a module', async () => {
    const runs = await planOf({
      'SKILL.md': '---\nname: s\ndescription: d\n---\n# S\n',
      'scripts/count.py': 'from scripts.words import words\nprint(words)\n',
      'scripts/words.py': 'words = 3\n',
    });
    expect(runs.map(({ label }) => label.join(' '))).toEqual([
      'python3 -m scripts.count --help',
      'python3 -m scripts.count',
      'python3 scripts/words.py --help',
      'python3 scripts/words.py',
    ]);
    expect(runs[1]).toMatchObject({ entry: 'scripts.count', roots: ['.'], path: 'scripts/count.py' });
  });

  it('runs the install hooks of a Node package before its main module', async () => {
    const settings = {
      name: 'p',
      version: '1.0.0',
      main: './lib',
      scripts: { postinstall: 'node x.js', test: 'node y.js' },
    };
    const runs = await planOf({
      'package.json': JSON.stringify(settings),
      'lib/index.js': 'module.exports = 1;\n',
      'x.js': '1\n',
    });
    expect(runs).toMatchObject([
      { program: 'hook', arguments: ['node x.js'] },
      { program: 'node-import', path: 'lib/index.js' },
    ]);
  });

  it('runs the commands of a Node package', async () => {
    const settings = { name: 'p', version: '1.0.0', bin: { p: 'src/server.js', q: 'missing.js' } };
    const runs = await planOf({ 'package.json': JSON.stringify(settings), 'src/server.js': '1\n' });
    expect(runs.map(({ label }) => label)).toEqual([
      ['node', 'src/server.js', '--help'],
      ['node', 'src/server.js'],
    ]);
  });

  it('imports the packages of a Python package, and never runs setup.py', async () => {
    const runs = await planOf({
      'setup.py': 'raise SystemExit(1)\n',
      'pkg/__init__.py': '',
      'pkg/inner.py': 'if __name__ == "__main__":\n    pass\n',
    });
    expect(runs).toMatchObject([{ program: 'import', modules: ['pkg'], roots: ['.'] }]);
  });

  it('finds nothing to run in text', async () => {
    expect(await planOf({ 'README.md': '# Hello\n', 'notes.txt': 'x\n' })).toEqual([]);
  });

  it('runs what a published Node package installs: commands without an ending, and no hook of its author', async () => {
    const runs = await planOf({
      'package/package.json': JSON.stringify({
        name: 'served',
        bin: { serve: 'bin/serve' },
        exports: { '.': { import: { types: './a.d.ts', default: './lib/esm/main.js' } } },
        scripts: { prepare: 'make', postinstall: 'node note.js' },
      }),
      'package/bin/serve': '#!/usr/bin/env node\n',
      'package/lib/esm/package.json': '{"type": "module"}',
      'package/lib/esm/main.js': 'export {};\n',
      'package/note.js': '',
    });
    expect(runs.map(({ label }) => label.join(' ')).slice(0, 4)).toEqual([
      'npm run postinstall',
      'node package/bin/serve --help',
      'node package/bin/serve',
      "node -e import('package/lib/esm/main.js')",
    ]);
  });

  it('imports the modules of a package that has no folder of them, and leaves its examples', async () => {
    const runs = await planOf({
      'pyproject.toml': '[project]\nname = "small"\n',
      'small.py': 'def f(): ...\n',
      'setup.py': 'from setuptools import setup\nsetup()\n',
      'examples/show.py': 'import small\nif __name__ == "__main__": pass\n',
      'tools/make.py': 'import small\nif __name__ == "__main__": pass\n',
    });
    expect(runs.filter(({ program }) => program === 'import')).toMatchObject([
      { modules: ['small'], roots: ['.'] },
    ]);
    const scripts = runs.filter(({ program }) => program === 'python');
    expect([...new Set(scripts.map(({ path }) => path))]).toEqual(['tools/make.py']);
    expect(scripts.every(({ roots }) => roots.includes('.'))).toBe(true);
  });

  it('starts no file that is marked as a program and names no interpreter', async () => {
    const target = await openTarget(
      writeTree({ 'package.json': '{"name": "x"}', 'a.py': 'x = 1\n', 'b.py': '#!/usr/bin/env python3\n' }),
      new AbortController().signal,
    );
    const files = target.files.map((file) => ({ ...file, executable: true }));
    expect(scriptsOf(files, false).map(({ path }) => path)).toEqual(['b.py']);
  });
});
