import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

/** A server's code around the body of a tool's handler, in which `$X` is what the model gives. */
type Server = (body: string) => Readonly<Record<string, string>>;

function indented(body: string): string {
  return body.replaceAll(/^/gm, '    ');
}

const PYTHON = 'import os, re, shlex, sqlite3, subprocess, requests\nfrom pathlib import Path\n';

const PYTHON_SERVERS: Readonly<Record<string, Server>> = {
  'a decorator': (body) => ({
    'server.py': `${PYTHON}from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("a")\n\n@mcp.tool()\ndef run(x: str) -> str:\n    """Runs."""\n${indented(body.replaceAll('$X', 'x'))}\n`,
  }),
  'a decorator without brackets': (body) => ({
    'server.py': `${PYTHON}from fastmcp import FastMCP\napp = FastMCP("a")\n\n@app.tool\nasync def run(x: str) -> str:\n${indented(body.replaceAll('$X', 'x'))}\n`,
  }),
  'a function that is added': (body) => ({
    'server.py': `${PYTHON}from mcp.server.fastmcp import FastMCP\n\ndef run(x: str) -> str:\n${indented(body.replaceAll('$X', 'x'))}\n\nmcp = FastMCP("a")\nmcp.add_tool(run)\n`,
  }),
  'a decorator that is called': (body) => ({
    'server.py': `${PYTHON}from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("a")\n\ndef run(x: str) -> str:\n${indented(body.replaceAll('$X', 'x'))}\n\nmcp.tool()(run)\n`,
  }),
  'a handler of all calls': (body) => ({
    'server.py': `${PYTHON}from mcp.server import Server\nserver = Server("a")\n\n@server.call_tool()\nasync def call_tool(name: str, arguments: dict):\n${indented(body.replaceAll('$X', 'arguments["x"]'))}\n`,
  }),
  'a handler that calls others': (body) => ({
    'server.py': `${PYTHON}from mcp.server import Server\nfrom tools import run\nserver = Server("a")\n\n@server.call_tool()\nasync def call_tool(name, arguments):\n    if name == "run":\n        return run(arguments.get("x"))\n`,
    'tools.py': `${PYTHON}def run(given):\n${indented(body.replaceAll('$X', 'given'))}\n`,
  }),
  'handlers in a table': (body) => ({
    'server.py': `${PYTHON}from mcp.server import Server\nserver = Server("a")\n\ndef run(given):\n${indented(body.replaceAll('$X', 'given'))}\n\nHANDLERS = {"run": run}\n\n@server.call_tool()\nasync def call_tool(name, arguments):\n    return HANDLERS[name](arguments["x"])\n`,
  }),
};

const NODE =
  "import { execSync, execFileSync } from 'node:child_process';\nimport fs from 'node:fs';\nimport path from 'node:path';\nimport Database from 'better-sqlite3';\nconst db = new Database('a.db');\n";

const NODE_SERVERS: Readonly<Record<string, Server>> = {
  'server.tool': (body) => ({
    'server.ts': `${NODE}import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nconst server = new McpServer({ name: 'a', version: '1' });\nserver.tool('run', 'Runs.', { x: z.string() }, async ({ x }) => {\n${body.replaceAll('$X', 'x')}\n});\n`,
  }),
  'server.registerTool': (body) => ({
    'server.ts': `${NODE}import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nconst server = new McpServer({ name: 'a', version: '1' });\nserver.registerTool('run', { description: 'Runs.', inputSchema: { x: z.string() } }, async (args) => {\n${body.replaceAll('$X', 'args.x')}\n});\n`,
  }),
  setRequestHandler: (body) => ({
    'server.ts': `${NODE}import { Server } from '@modelcontextprotocol/sdk/server/index.js';\nimport { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';\nconst server = new Server({ name: 'a', version: '1' });\nserver.setRequestHandler(CallToolRequestSchema, async (request) => {\n  const { name, arguments: args } = request.params;\n  switch (name) {\n    case 'run': {\n${body.replaceAll('$X', 'args.x')}\n    }\n  }\n});\n`,
  }),
  'a method that is bound': (body) => ({
    'server.ts': `${NODE}import { Server } from '@modelcontextprotocol/sdk/server/index.js';\nimport { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';\nclass A {\n  constructor() {\n    this.server = new Server({ name: 'a', version: '1' });\n    this.server.setRequestHandler(CallToolRequestSchema, this.handle.bind(this));\n  }\n  async handle(request) {\n${body.replaceAll('$X', 'request.params.arguments.x')}\n  }\n}\nnew A();\n`,
  }),
  'addTool with execute': (body) => ({
    'server.ts': `${NODE}import { FastMCP } from 'fastmcp';\nconst server = new FastMCP({ name: 'a', version: '1.0.0' });\nserver.addTool({ name: 'run', description: 'Runs.', execute: async (args) => {\n${body.replaceAll('$X', 'args.x')}\n} });\n`,
  }),
  'a function of another file': (body) => ({
    'server.ts': `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nimport { run } from './run.js';\nconst server = new McpServer({ name: 'a', version: '1' });\nserver.tool('run', 'Runs.', { x: z.string() }, async ({ x }) => run(x));\n`,
    'run.ts': `${NODE}export async function run(given) {\n${body.replaceAll('$X', 'given')}\n}\n`,
  }),
};

/** What a handler does, dangerously and as it should be done. */
const PYTHON_BODIES: Readonly<Record<string, readonly [attack: string, honest: string]>> = {
  process: [
    'return subprocess.run(f"ls {$X}", shell=True).stdout',
    'return subprocess.run(f"ls {shlex.quote($X)}", shell=True).stdout',
  ],
  path: [
    'return open($X).read()',
    'p = (Path("/srv") / $X).resolve()\nif not p.is_relative_to("/srv"):\n    raise ValueError("outside")\nreturn p.read_text()',
  ],
  query: [
    'return sqlite3.connect("a.db").execute(f"SELECT * FROM t WHERE a = \'{$X}\'").fetchall()',
    'return sqlite3.connect("a.db").execute("SELECT * FROM t WHERE a = ?", ($X,)).fetchall()',
  ],
  network: [
    'return requests.get($X).text',
    'return requests.get("https://api.example/v1", params={"q": $X}).text',
  ],
};

const NODE_BODIES: Readonly<Record<string, readonly [attack: string, honest: string]>> = {
  process: ['return execSync(`ls ${$X}`).toString();', "return execFileSync('ls', ['--', $X]).toString();"],
  path: [
    "return fs.readFileSync($X, 'utf8');",
    "const p = path.resolve('/srv', $X);\nif (!p.startsWith('/srv/')) throw new Error('outside');\nreturn fs.readFileSync(p, 'utf8');",
  ],
  query: [
    "return db.prepare(`SELECT * FROM t WHERE a = '${$X}'`).all();",
    "return db.prepare('SELECT * FROM t WHERE a = ?').all($X);",
  ],
  network: [
    'return (await fetch($X)).text();',
    'return (await fetch(`https://api.example/v1?q=${encodeURIComponent($X)}`)).text();',
  ],
};

const EXPECTED: Readonly<Record<string, RegExp>> = {
  process: /^tool-input-in-shell-text$/,
  path: /^(?:tool-input-as-path|path-from-input)$/,
  query: /^(?:tool-input-in-query|sql-from-input)$/,
  network: /^tool-input-as-address$/,
};

type Row = readonly [name: string, files: Readonly<Record<string, string>>, expected: RegExp];

function rows(isAttack: boolean): readonly Row[] {
  const of = (
    servers: Readonly<Record<string, Server>>,
    bodies: Readonly<Record<string, readonly [string, string]>>,
  ): readonly Row[] =>
    Object.entries(servers).flatMap(([server, filesFor]) =>
      Object.entries(bodies).map(([sink, [attack, honest]]): Row => [
        `${server}: ${sink}`,
        filesFor(isAttack ? attack : honest),
        EXPECTED[sink]!,
      ]),
    );
  return [...of(PYTHON_SERVERS, PYTHON_BODIES), ...of(NODE_SERVERS, NODE_BODIES)];
}

async function rulesIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await staticStage.run(targetOf(files), STAGE_CONTEXT);
  return findings.map(({ ruleId }) => ruleId);
}

describe('what a model gives to a tool', () => {
  it.each(rows(true))('is followed: %s', async (_name, files, expected) => {
    expect(await rulesIn(files)).toContainEqual(expect.stringMatching(expected));
  });

  it.each(rows(false))('is left alone where it does no harm: %s', async (_name, files, expected) => {
    expect((await rulesIn(files)).filter((rule) => expected.test(rule))).toEqual([]);
  });
});
