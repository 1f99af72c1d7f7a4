import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

/** A tool whose parameters are these, and which puts `n` into a shell's text. */
function python(parameters: string): Readonly<Record<string, string>> {
  return {
    'server.py': `import os
from datetime import date
from typing import Annotated, Literal, Optional, Union
from pydantic import Field, PlainValidator
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("net")

@mcp.tool()
def run(${parameters}) -> str:
    return os.popen(f"ping -c 1 {n}").read()
`,
  };
}

/** A tool whose schema has this entry, before the handler or in a table above it. */
function zod(entry: string, isFarther = false): Readonly<Record<string, string>> {
  const schema = `{ n: ${entry}, k: z.string() }`;
  return {
    'server.ts': `import { execSync } from 'node:child_process';
import { z } from 'zod';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
const server = new McpServer({ name: 'a', version: '1' });
const schema = ${isFarther ? schema : '{}'};
server.tool('run', 'Runs.', ${isFarther ? 'schema' : schema}, async ({ n, k }) =>
  execSync(\`ping -c 1 \${n}\`).toString(),
);
`,
  };
}

const TYPED_OPENLY = [
  'n: str',
  'n',
  'n: int | str',
  'n: int | None | str',
  'n: str | None = None',
  'n: integer_or_text',
  'n: "int | str"',
  'n: Union[int, str]',
  'n: Optional[str] = None',
  "n: Literal['a'] | str",
  "n: Annotated[Literal['a'] | str, Field(description='n: int')]",
  'n: Annotated[int, PlainValidator(str)]',
  "a: str = '(n: int', n: str = ''",
  "n: str = 'localhost'",
  '*n: int',
];

const TYPED_PLAINLY = [
  'n: int',
  'n: int = 5',
  'n: "int" = 5',
  'n: int | None = None',
  'n: None | float = None',
  'n: Optional[int] = None',
  'n: Union[int, float]',
  "n: Literal['a', 'b']",
  "n: Literal['a', 'b'] | None = None",
  "n: Annotated[int, Field(description='How many: str')] = 1",
  'a: str, n: date',
];

const OPEN_ENTRIES = [
  'z.string()',
  'z.number().or(z.string())',
  "z.enum(['a', 'b']).or(z.string())",
  "z.literal('a').or(z.string())",
  "z.number().optional()['or'](z.string())",
  'z.number().transform(String)',
  'z.number().pipe(z.any())',
  'z.number().catch(() => 0)',
  'z.number().default(z.string())',
  'z.union([z.number(), z.string()])',
  'text /* n: z.number() */',
];

const PLAIN_ENTRIES = [
  'z.number()',
  'z.number().int().max(5)',
  'z.coerce.number()',
  'z.number().optional()',
  "z.number().describe('of a, or (b) } c').default(5)",
  'z\n  .number()\n  .min(1) // or(z.string()) is for later\n  .max(9)',
  "z.enum(['a', 'b'])",
  "z.literal('a').nullable()",
];

async function isFound(files: Readonly<Record<string, string>>): Promise<boolean> {
  const { findings } = await staticStage.run(targetOf(files), STAGE_CONTEXT);
  return findings.some(({ ruleId }) => ruleId === 'tool-input-spliced-into-command');
}

describe('what the types of a tool leave no room in', () => {
  it.each(TYPED_OPENLY)('is not believed of %s', async (parameters) => {
    expect(await isFound(python(parameters))).toBe(true);
  });

  it.each(TYPED_PLAINLY)('is believed of %s', async (parameters) => {
    expect(await isFound(python(parameters))).toBe(false);
  });

  it('is not believed of a name that stands for another type', async () => {
    const files = python('n: int');
    expect(await isFound({ 'server.py': `int = str\n${files['server.py']!}` })).toBe(true);
  });

  describe.each([false, true])('of a schema (in a table: %s)', (isFarther) => {
    it.each(OPEN_ENTRIES)('is not believed of %s', async (entry) => {
      expect(await isFound(zod(entry, isFarther))).toBe(true);
    });

    it.each(PLAIN_ENTRIES)('is believed of %s', async (entry) => {
      expect(await isFound(zod(entry, isFarther))).toBe(false);
    });
  });

  it('is not believed of what only a text says', async () => {
    const { 'server.ts': code } = zod('text');
    const said = code!.replace("'Runs.'", "'Runs. n: z.number(), k: z.string()'");
    expect(await isFound({ 'server.ts': said.replace('n: text, ', '...text, ') })).toBe(true);
  });
});
