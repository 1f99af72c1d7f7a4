import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

/** Handlers that hand what a visitor sends to something dangerous: the file, its code, the rule that says so. */
const BAD: Readonly<Record<string, readonly [code: string, rule: string]>> = {
  'flask_path.py': [
    'import subprocess\nfrom flask import Flask\napp = Flask(__name__)\n@app.route("/ping/<host>")\ndef ping(host):\n' +
      '    return subprocess.check_output("ping -c 1 " + host, shell=True)\n',
    'shell-text-from-outside',
  ],
  'flask_file.py': [
    'from flask import Blueprint\nbp = Blueprint("b", __name__)\n@bp.get("/files/<path:name>")\ndef show(name):\n' +
      '    return open("/srv/" + name).read()\n',
    'path-from-input',
  ],
  'fastapi_query.py': [
    'import sqlite3\nfrom fastapi import FastAPI\napp = FastAPI()\n@app.get("/users")\ndef users(name: str):\n' +
      '    db = sqlite3.connect("a.db")\n    return db.execute(f"SELECT * FROM users WHERE name = \'{name}\'").fetchall()\n',
    'sql-from-input',
  ],
  'starlette_eval.py': [
    'from starlette.applications import Starlette\nfrom starlette.endpoints import HTTPEndpoint\n' +
      'class Calc(HTTPEndpoint):\n    async def get(self, request):\n        return eval(request.query_params["q"])\n',
    'eval-of-input',
  ],
  'aiohttp_route.py': [
    'import os\nfrom aiohttp import web\nroutes = web.RouteTableDef()\n@routes.get("/run")\nasync def run(request):\n' +
      '    os.system("convert " + request.query["file"])\n',
    'shell-text-from-outside',
  ],
  'views.py': [
    'from django.http import HttpResponse\nfrom django.template import Template\ndef greet(request):\n' +
      '    return HttpResponse(Template("Hello " + request.GET["name"]).render())\n',
    'template-from-input',
  ],
  'express.js': [
    "const express = require('express');\nconst { exec } = require('child_process');\nconst app = express();\n" +
      "app.get('/ping/:host', (req, res) => { exec(`ping -c 1 ${req.params.host}`); });\n",
    'shell-text-from-outside',
  ],
  'koa.js': [
    "import Router from '@koa/router';\nimport fs from 'node:fs';\nconst router = new Router();\n" +
      "router.get('/f/:name', async (ctx) => { ctx.body = fs.readFileSync('/srv/' + ctx.params.name, 'utf8'); });\n",
    'path-from-input',
  ],
  'fastify.js': [
    "const fastify = require('fastify')();\nfastify.post('/calc', async (request, reply) => eval(request.body.formula));\n",
    'eval-of-input',
  ],
  'hono.ts': [
    "import { Hono } from 'hono';\nimport { execSync } from 'node:child_process';\nconst app = new Hono();\n" +
      "app.get('/log', (c) => c.text(execSync('git log ' + c.req.query('ref')).toString()));\n",
    'shell-text-from-outside',
  ],
  'pages/api/read.ts': [
    "import fs from 'node:fs';\nexport default function handler(req, res) {\n" +
      "  res.send(fs.readFileSync('/srv/' + req.query.name, 'utf8'));\n}\n",
    'path-from-input',
  ],
};

/** The same with the value made harmless, or from somewhere else. */
const GOOD: Readonly<Record<string, string>> = {
  'good/flask_int.py':
    'import sqlite3\nfrom flask import Flask\napp = Flask(__name__)\n@app.route("/users/<int:id>")\ndef user(id):\n' +
    '    db = sqlite3.connect("a.db")\n    return db.execute("SELECT * FROM users WHERE id = ?", (id,)).fetchone()\n',
  'good/flask_quoted.py':
    'import shlex, subprocess\nfrom flask import Flask\napp = Flask(__name__)\n@app.route("/ping/<host>")\ndef ping(host):\n' +
    '    return subprocess.check_output(["ping", "-c", "1", "--", shlex.quote(host)])\n',
  'good/fastapi_depends.py':
    'from fastapi import Depends, FastAPI\napp = FastAPI()\ndef settings():\n    return "/srv/data.txt"\n@app.get("/data")\n' +
    'def data(path=Depends(settings)):\n    return open(path).read()\n',
  'good/flask_secure.py':
    'from flask import Flask\nfrom werkzeug.utils import secure_filename\napp = Flask(__name__)\n@app.route("/f/<name>")\n' +
    'def show(name):\n    return open("/srv/" + secure_filename(name)).read()\n',
  'good/express_number.js':
    "const express = require('express');\nconst { exec } = require('child_process');\nconst app = express();\n" +
    "app.get('/head/:n', (req, res) => { exec(`head -n ${Number.parseInt(req.params.n, 10)} notes.txt`); });\n",
  'good/no_route.js':
    "const { execFile } = require('child_process');\nmodule.exports = (request) => execFile('git', ['log', request.ref]);\n",
};

const FROM_INPUT = new Set([...Object.values(BAD).map(([, rule]) => rule), 'address-from-request']);

async function scanned(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { stdout } = await sbx(['scan', writeTree(files), '--format', 'json', '--no-cache']);
  return (JSON.parse(stdout) as Report).findings.map(({ ruleId, location }) => `${location.path} ${ruleId}`);
}

describe('what visitors send to a web server', () => {
  it('is followed from the handler of every framework', async () => {
    const found = await scanned(
      Object.fromEntries(Object.entries(BAD).map(([path, [code]]) => [path, code])),
    );
    const missed = Object.entries(BAD).filter(([path, [, rule]]) => !found.includes(`${path} ${rule}`));
    expect(missed.map(([path]) => path)).toEqual([]);
  });

  it('is left alone where it was made harmless or comes from somewhere else', async () => {
    const found = await scanned(GOOD);
    expect(found.filter((each) => FROM_INPUT.has(each.split(' ')[1] ?? ''))).toEqual([]);
  });
});
