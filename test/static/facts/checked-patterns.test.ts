import { describe, expect, it } from 'vitest';
import { staticStage } from '../../../src/static/stage.ts';
import { takesPlainText } from '../../../src/static/facts/guards/checked-patterns.ts';
import { STAGE_CONTEXT, targetOf } from '../engine/target.ts';

describe('a pattern takes plain text alone', () => {
  it.each([
    '[a-z0-9.-]+',
    '[\\w./-]+',
    '\\d{1,5}',
    '(?:main|next)',
    'v\\d+\\.\\d+(\\.\\d+)?',
    '[A-Z]{2}-[0-9]{4,}',
    'refs\\/heads\\/[\\w-]+',
  ])('%s', (pattern) => {
    expect(takesPlainText(pattern)).toBe(true);
  });
});

describe('a pattern takes what a shell reads as its own', () => {
  it.each([
    ['.*', 'any letter'],
    ['[^ ]+', 'all but one letter'],
    ['\\S+', 'all that is no space'],
    ['[\\W]+', 'what is no letter, in a class'],
    ['[\\w;]+', 'a semicolon'],
    ['\\w+\\$', 'a dollar sign'],
    ['a|b', 'anchors that hold for one side each'],
    ['(?=a)\\w+', 'a look ahead'],
    ['[a-z', 'a class without an end'],
    ['\\w{x}', 'braces that are no count'],
    ['a'.repeat(500), 'more than is read'],
  ])('%s: %s', (pattern) => {
    expect(takesPlainText(pattern)).toBe(false);
  });
});

describe('a tool that holds its argument against a pattern before a shell gets it', () => {
  const python = (setUp: string, check: string): string => `import re
import subprocess
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("branches")
${setUp}

@mcp.tool()
def log(branch: str) -> str:
    """Lists the commits of a branch."""
    if not ${check}:
        raise ValueError("no branch")
    return subprocess.run(f"git log --oneline {branch}", shell=True, capture_output=True, text=True).stdout
`;
  const reported = async (text: string): Promise<boolean> => {
    const { findings } = await staticStage.run(targetOf({ 'server.py': text }), STAGE_CONTEXT);
    return findings.some(({ ruleId }) => ruleId === 'tool-input-spliced-into-command');
  };

  it.each([
    ['', 're.fullmatch(r"[a-z0-9-]+", branch)'],
    ['', 're.match(r"^[a-z0-9-]+$", branch)'],
    ['NAME = re.compile(r"^[a-z0-9-]+$")', 'NAME.match(branch)'],
  ])('is let alone: %s %s', async (setUp, check) => {
    expect(await reported(python(setUp, check))).toBe(false);
  });

  it.each([
    ['', 're.match(r"^[a-z0-9-]+$", branch, re.MULTILINE)', 'one line of many is plain'],
    ['NAME = re.compile(r"^[a-z0-9-]+$", re.M)', 'NAME.match(branch)', 'the same, compiled'],
    ['', 're.match(r"[a-z0-9-]+", branch)', 'the beginning alone is plain'],
  ])('is reported: %s %s (%s)', async (setUp, check) => {
    expect(await reported(python(setUp, check))).toBe(true);
  });

  it.each([
    ['/^[a-z0-9-]+$/', false],
    ['/^[a-z0-9-]+$/m', true],
    ['/^[a-z0-9-]+$/i', false],
  ])('reads the flags of %s', async (pattern, isReported) => {
    const text = `import { execSync } from 'node:child_process';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

const server = new McpServer({ name: 'branches', version: '1.0.0' });
server.tool('log', 'Lists the commits of a branch.', { branch: z.string() }, async ({ branch }) => {
  if (!${pattern}.test(branch)) throw new Error('no branch');
  return { content: [{ type: 'text', text: execSync(\`git log --oneline \${branch}\`).toString() }] };
});
`;
    const { findings } = await staticStage.run(targetOf({ 'server.mjs': text }), STAGE_CONTEXT);
    expect(findings.some(({ ruleId }) => ruleId === 'tool-input-spliced-into-command')).toBe(isReported);
  });
});

describe('a tool that holds the name of a table against a pattern', () => {
  const server = (pattern: string): string => `import re, sqlite3, subprocess
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("tables")

def checked(name: str) -> str:
    if not re.match(r"${pattern}", name):
        raise ValueError("no name")
    return name

@mcp.tool()
def show(table: str) -> str:
    \"\"\"Shows the rows of a table.\"\"\"
    name = checked(table)
    subprocess.run(f"echo {name}", shell=True)
    return str(sqlite3.connect("a.db").execute(f"SELECT * FROM {name} LIMIT 10").fetchall())
`;

  it.each([
    ['^[a-zA-Z0-9_]+$', [false, false]],
    ['^[a-zA-Z0-9_$]+$', [false, true]],
    ["^[a-zA-Z0-9_$']+$", [true, true]],
    ['^[a-zA-Z0-9_$;]+$', [true, true]],
  ])('%s: reported for the query and the shell: %s', async (pattern, expected) => {
    const { findings } = await staticStage.run(targetOf({ 'server.py': server(pattern) }), STAGE_CONTEXT);
    const reported = ['sql-from-input', 'tool-input-spliced-into-command'].map((id) =>
      findings.some(({ ruleId }) => ruleId === id),
    );
    expect(reported).toEqual(expected);
  });
});
