import { describe, expect, it } from 'vitest';
import type { TargetFile } from '../../src/model/target.ts';
import { unitsOf } from '../../src/target/units.ts';

function files(tree: Readonly<Record<string, string>>): TargetFile[] {
  return Object.entries(tree).map(([path, text]) => {
    const content = Buffer.from(text);
    return { path, size: content.length, digest: 'x', executable: false, content };
  });
}

function kinds(tree: Readonly<Record<string, string>>): (string | number)[][] {
  return unitsOf(files(tree), 'target').map(({ path, kind, name, files: own }) => [
    path,
    kind,
    name,
    own.length,
  ]);
}

const ENVIRONMENT = 'import gymnasium as gym\nclass Grid(gym.Env):\n    pass\n';

describe('unitsOf', () => {
  it('gives every skill of a repository a unit of its own, and nothing more when there is nothing else', () => {
    const tree = Object.fromEntries(
      Array.from({ length: 80 }, (_, index) => [
        [`skills/s${index}/SKILL.md`, `---\nname: s${index}\n---\n`],
        [`skills/s${index}/scripts/run.py`, 'print()'],
      ]).flat() as [string, string][],
    );
    const units = unitsOf(files(tree), 'target');
    expect(units).toHaveLength(80);
    expect(units.every(({ kind, files: own }) => kind === 'skill' && own.length === 2)).toBe(true);
  });

  it('keeps what lies in no unit in one at the root', () => {
    expect(kinds({ 'README.md': 'x', 's/SKILL.md': 'x' })).toEqual([
      ['.', 'files', 'target', 1],
      ['s', 'skill', 's', 1],
    ]);
  });

  it('takes what a build noted, and a package.json that only says how files are read, for no package', () => {
    const project = {
      'pyproject.toml': '[project]\nname = "grid"\n',
      'src/grid.egg-info/PKG-INFO': 'Name: grid\n',
      'src/grid.egg-info/SOURCES.txt': 'x',
    };
    expect(kinds(project)).toEqual([['.', 'python-package', 'grid', 3]]);
    const built = { 'package.json': '{"name": "both"}', 'dist/cjs/a.js': 'x' };
    expect(kinds({ ...built, 'dist/cjs/package.json': '{\n  "type": "commonjs"\n}\n' })).toEqual([
      ['.', 'node-package', 'both', 3],
    ]);
    expect(kinds({ ...built, 'dist/cjs/package.json': '{"type": "commonjs", "scripts": {}}' })).toHaveLength(
      2,
    );
  });

  it('takes a skill as one whole with what lies below it', () => {
    expect(
      kinds({ 'SKILL.md': '---\nname: whole\n---', 'tool/package.json': '{}', 'tool/i.js': '' }),
    ).toEqual([['.', 'skill', 'whole', 3]]);
  });

  it.each([
    ['gym-env', { 'pyproject.toml': '[project]\nname = "grid"\n', 'grid/env.py': ENVIRONMENT }],
    [
      'gym-env',
      {
        'pyproject.toml': '[project]\nname = "grid"\n',
        'grid/__init__.py': 'from gymnasium.envs.registration import register\nregister(id="x")',
      },
    ],
    ['llm-env', { 'pyproject.toml': '[project]\nname = "grid"\n', 'grid.py': 'import verifiers as vf\n' }],
    [
      'mcp-server',
      { 'pyproject.toml': '[project]\nname = "grid"\n', 's.py': 'from mcp.server.fastmcp import FastMCP\n' },
    ],
    [
      'mcp-server',
      {
        'package.json': '{"name":"grid"}',
        's.js': "import {S} from '@modelcontextprotocol/sdk/server/index.js'",
      },
    ],
    ['python-package', { 'setup.cfg': '[metadata]\nname = grid\n', 'grid.py': 'import gymnasium\n' }],
    ['node-package', { 'package.json': '{"name":"grid"}', 'i.js': '' }],
    ['agent-plugin', { '.claude-plugin/plugin.json': '{"name":"grid"}', 'commands/x.md': '' }],
  ])('recognises a %s by its content', (kind, tree) => {
    expect(kinds(tree as Record<string, string>)).toEqual([['.', kind, 'grid', 2]]);
  });

  it('recognises an unpacked wheel', () => {
    expect(
      kinds({ 'g/e.py': ENVIRONMENT, 'g-1.dist-info/METADATA': 'Metadata-Version: 2.1\nName: grid\n' }),
    ).toEqual([['.', 'gym-env', 'grid', 2]]);
  });

  it('lets vendored packages belong to whoever ships them', () => {
    expect(kinds({ 'package.json': '{"name":"a"}', 'node_modules/b/package.json': '{"name":"b"}' })).toEqual([
      ['.', 'node-package', 'a', 2],
    ]);
  });

  it('has one unit even for an empty target', () => {
    expect(kinds({})).toEqual([['.', 'files', 'target', 0]]);
  });
});
