import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planUnit } from '../../src/sandbox/plan/plan.ts';
import { openTarget } from '../../src/target/open.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** What is said not to be run of a folder with these files. */
async function leftOut(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const target = await openTarget(folder, new AbortController().signal);
  return target.units.flatMap((unit) => planUnit(unit, target).leftOut);
}

const many = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);

describe('what is more than is run', () => {
  it('is said of servers that settings name', async () => {
    const servers = Object.fromEntries(
      many(8).map((number) => [`s${number}`, { command: 'python3', args: [`s${number}.py`] }]),
    );
    const scripts = Object.fromEntries(many(8).map((number) => [`s${number}.py`, 'print("hello")\n']));
    expect(await leftOut({ '.mcp.json': JSON.stringify({ mcpServers: servers }), ...scripts })).toContain(
      '3 more servers',
    );
    const few = Object.fromEntries(Object.entries(servers).slice(0, 5));
    expect(await leftOut({ '.mcp.json': JSON.stringify({ mcpServers: few }), ...scripts })).toEqual([]);
  });

  it('is said of servers of a skill', async () => {
    const servers = Object.fromEntries(
      many(7).map((number) => [`s${number}`, { command: 'python3', args: [`s${number}.py`] }]),
    );
    const scripts = Object.fromEntries(many(7).map((number) => [`s${number}.py`, 'print("hello")\n']));
    const document = '---\nname: counts\ndescription: Counts.\n---\n\nIt has servers.\n';
    const said = await leftOut({
      'SKILL.md': document,
      '.mcp.json': JSON.stringify({ mcpServers: servers }),
      ...scripts,
    });
    expect(said).toContain('2 more servers that settings name');
  });

  it('is said of servers elsewhere', async () => {
    const servers = Object.fromEntries(
      many(9).map((number) => [`s${number}`, { command: 'npx', args: [`@example/s${number}`] }]),
    );
    const said = await leftOut({
      '.mcp.json': JSON.stringify({ mcpServers: servers }),
      'a.py': 'print(1)\n',
    });
    expect(said).toContain('4 more servers that start no file of the target');
  });

  it('is said of commands that agents run by themselves', async () => {
    const hooks = {
      PreToolUse: many(15).map((number) => ({ hooks: [{ type: 'command', command: `echo ${number}` }] })),
    };
    expect(
      await leftOut({ '.claude/settings.json': JSON.stringify({ hooks }), 'a.py': 'print(1)\n' }),
    ).toContain('3 more commands that agents run by themselves');
  });

  it('is said of modules', async () => {
    const modules = Object.fromEntries(many(63).map((number) => [`m${10 + number}/__init__.py`, 'X = 1\n']));
    const said = await leftOut({
      'pyproject.toml': '[project]\nname = "many"\nversion = "1.0.0"\n',
      ...modules,
    });
    expect(said).toContain('3 more modules, from m70 on');
  });
});
