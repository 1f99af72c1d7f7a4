// Runs one Python program in WebAssembly (pyodide): the whole of what the backend `wasm` starts. Takes a job as JSON on standard input
// (see wasm.ts), puts its files into a file system in memory, runs the program and ends with its status. What the program asks of that
// file system is written to descriptor 3, one JSON line per event; a word on descriptor 4 says when it begins.
//
// Started by Node with its permission model, so that files and processes are closed; the network is closed by taking its functions away
// first. None of it is a wall of the kernel's. Code cannot be made from strings (a flag of V8), which is how Python would get from an
// object that it is handed to everything else.
'use strict';

const cp = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const fs = require('node:fs');
const http = require('node:http');
const http2 = require('node:http2');
const https = require('node:https');
const module_ = require('node:module');
const net = require('node:net');
const tls = require('node:tls');
const { pathToFileURL } = require('node:url');

const MOST_EVENTS = 5000;
let started = performance.now();
/** Milliseconds until the program began. */
let loadingMs = 0;
const seen = new Map();
let lost = 0;

function note(kind, detail, allowed) {
  const key = `${kind}\0${detail}\0${allowed}`;
  const at = Math.round(performance.now() - started);
  const known = seen.get(key);
  if (known !== undefined) Object.assign(known, { last: at, count: known.count + 1 });
  else if (seen.size < MOST_EVENTS) seen.set(key, { kind, detail, allowed, first: at, last: at, count: 1 });
  else lost += 1;
}

/** What stands in for a function that is not to be had. */
function refuse(kind, what) {
  return (...asked) => {
    const [first] = asked.flat();
    const detail =
      typeof first === 'object' && first !== null
        ? `${first.host ?? ''}:${first.port ?? first.path ?? ''}`
        : String(first ?? what);
    note(kind, detail.slice(0, 200), false);
    throw Object.assign(new Error(`${what} is refused`), { code: 'ECONNREFUSED', errno: -111 });
  };
}

function closeEverything() {
  net.Socket.prototype.connect = refuse('connect', 'connect');
  net.Server.prototype.listen = refuse('listen', 'listen');
  net.connect = net.createConnection = tls.connect = http2.connect = refuse('connect', 'connect');
  http.request = http.get = https.request = https.get = refuse('connect', 'request');
  dgram.createSocket = refuse('connect', 'socket');
  for (const name of ['bind', 'send', 'connect']) dgram.Socket.prototype[name] = refuse('connect', name);
  for (const group of [dns, dns.promises])
    for (const name of Object.keys(group))
      if (/^(?:lookup|resolve|reverse)/.test(name)) group[name] = refuse('dns', name);
  for (const name of Object.keys(cp)) if (typeof cp[name] === 'function') cp[name] = refuse('exec', name);
  // Python's `os.system` ends here, and expects an answer: what a shell says of a program that is not there.
  cp.spawnSync = (file, words = []) => {
    note('exec', [file, ...(Array.isArray(words) ? words : [])].join(' ').slice(0, 200), false);
    return { status: 127, signal: null, error: null };
  };
  const constants = { fs: { ...fs.constants } };
  process.binding = (name) => {
    if (name === 'constants') return constants;
    throw new Error('refused');
  };
  process.kill = refuse('signal', 'kill');
  process.dlopen = refuse('exec', 'dlopen');
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'navigator', 'Request', 'Response'])
    Reflect.deleteProperty(globalThis, name);
  module_.syncBuiltinESMExports();
}

/** A socket that waits for others would look for a package of Node's, at which the whole interpreter gives up. */
function closeListening({ SOCKFS }, FS) {
  SOCKFS.websocket_sock_ops.listen = (socket) => {
    note('listen', `${socket.saddr ?? ''}:${socket.sport ?? ''}`, false);
    throw new FS.ErrnoError(EACCES);
  };
}

/** What Python code can see of JavaScript: values, and nothing that does anything. */
const SHOWN = [
  'Object',
  'Array',
  'Map',
  'Set',
  'Promise',
  'Error',
  'JSON',
  'Math',
  'Symbol',
  'ArrayBuffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'setTimeout',
  'clearTimeout',
  'queueMicrotask',
];

/** Tells what is opened, made, changed and removed in the file system, whoever asks. */
function watch(FS) {
  const wrap = (name, tell) => {
    const real = FS[name];
    FS[name] = function (...asked) {
      let done = false;
      try {
        const result = real.apply(this, asked);
        done = true;
        return result;
      } finally {
        tell(asked, done);
      }
    };
  };
  const absolute = (path) => (typeof path === 'string' ? path : FS.getPath(path));
  wrap('open', ([path, flags], done) => {
    const isWrite = typeof flags === 'string' ? /[wa+]/.test(flags) : ((flags ?? 0) & 3) !== 0;
    if (done) note(isWrite ? 'file.write' : 'file.open', absolute(path), true);
  });
  wrap('unlink', ([path], done) => done && note('file.delete', absolute(path), true));
  wrap('rmdir', ([path], done) => done && note('file.delete', absolute(path), true));
  wrap(
    'rename',
    ([from, to], done) =>
      done && (note('file.delete', absolute(from), true), note('file.write', absolute(to), true)),
  );
}

/** The program's arguments: those that Python itself knows are taken off. */
function programOf(words) {
  const rest = words.slice(1);
  let isIsolated = false;
  while (rest.length > 0 && /^-[IBSEsuOq]+$/.test(rest[0]))
    isIsolated = rest.shift().includes('I') || isIsolated;
  if (rest[0] === '-c')
    return { mode: 'code', what: rest[1] ?? '', argv: ['-c', ...rest.slice(2)], isIsolated };
  if (rest[0] === '-m') return { mode: 'module', what: rest[1] ?? '', argv: rest.slice(1), isIsolated };
  return { mode: 'script', what: rest[0] ?? '', argv: rest, isIsolated };
}

const START = `
import sys, os, runpy, traceback
def _start(mode, what, argv, folder, isolated):
    # What finds modules of JavaScript keeps them, whoever takes them out of the modules.
    sys.modules["_pyodide._importhook"].jsfinder.jsproxies.clear()
    sys.executable = sys._base_executable = "/usr/bin/python3"
    for name in ("js", "pyodide_js", "_pyodide_core", "pyodide_js._api"):
        sys.modules.pop(name, None)
    sys.meta_path[:] = [each for each in sys.meta_path if type(each).__module__.split(".")[0] != "_pyodide"]
    os.chdir(folder)
    sys.argv, sys.orig_argv = list(argv), ["python3", *argv]
    try:
        if mode == "code":
            if not isolated:
                sys.path.insert(0, "")
            exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
        elif mode == "module":
            sys.path.insert(0, "")
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            if not isolated:
                sys.path.insert(0, os.path.dirname(os.path.abspath(what)))
            runpy.run_path(what, run_name="__main__")
    except SystemExit as leaving:
        if leaving.code is None or isinstance(leaving.code, int):
            return (leaving.code or 0) & 255
        print(leaving.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0
_start
`;

/**
 * Closes everything but some folders for good: without rights to write, and with no way to give itself such rights again. A program owns
 * all that it sees, so that rights alone would hold nothing.
 */
function makeReadOnly(FS, writable) {
  const refuseChange = () => {
    throw new FS.ErrnoError(EPERM);
  };
  const close = (path) => {
    if (writable.has(path)) return;
    const { node } = FS.lookupPath(path, { follow: false });
    if (FS.isDir(node.mode)) {
      for (const name of FS.readdir(path))
        if (name !== '.' && name !== '..') close(`${path === '/' ? '' : path}/${name}`);
    } else if (!FS.isFile(node.mode)) return;
    node.mode &= ~0o222;
    node.node_ops = { ...node.node_ops, setattr: refuseChange };
  };
  close('/');
}

/** Numbers of errors in WebAssembly's system interface. */
const EACCES = 2;
const EPERM = 63;

function writeAll(descriptor, bytes) {
  for (let at = 0; at < bytes.length;) at += fs.writeSync(descriptor, bytes, at);
}

function leave(status) {
  const lines = [...seen.values()].map((event) => JSON.stringify(event));
  writeAll(3, Buffer.from(`${[...lines, JSON.stringify({ lost, loadingMs })].join('\n')}\n`));
  process.reallyExit(status);
}

async function main() {
  const job = JSON.parse(fs.readFileSync(0, 'utf8'));
  const { loadPyodide } = await import(pathToFileURL(`${job.pyodide}/pyodide.mjs`).href);
  closeEverything();
  const shown = Object.assign(
    Object.create(null),
    Object.fromEntries(SHOWN.map((name) => [name, globalThis[name]])),
  );
  const python = await loadPyodide({
    indexURL: `${job.pyodide}/`,
    jsglobals: shown,
    env: job.environment,
    fullStdLib: false,
  });
  const { FS } = python;
  for (const { path, content } of job.files) {
    FS.mkdirTree(path.slice(0, path.lastIndexOf('/')) || '/');
    FS.writeFile(path, Buffer.from(content, 'base64'));
  }
  for (const folder of job.folders) FS.mkdirTree(folder);
  FS.MAX_OPEN_FDS = job.openFiles;
  closeListening(python._module, FS);
  delete FS.filesystems.NODEFS;
  delete FS.filesystems.NODERAWFS;
  const input = Buffer.from(job.stdin, 'base64');
  let read = 0;
  python.setStdin({
    read: (buffer) => {
      const part = input.subarray(read, read + buffer.length);
      buffer.set(part);
      read += part.length;
      return part.length;
    },
  });
  const stream = (descriptor) => ({
    write: (bytes) => (writeAll(descriptor, Buffer.from(bytes)), bytes.length),
  });
  python.setStdout(stream(1));
  python.setStderr(stream(2));
  const { mode, what, argv, isIsolated } = programOf(job.command);
  const start = python.runPython(START);
  for (const name of ['mountNodeFS', 'mountNativeFS', 'loadPackage', 'loadPackagesFromImports', 'pyimport'])
    python[name] = undefined;
  makeReadOnly(FS, new Set([...job.writable, '/dev', '/proc']));
  // Frames of a stack say where files lie on the host, and hand out objects of JavaScript.
  for (const name of ['stackTraceLimit', 'prepareStackTrace'])
    Object.defineProperty(Error, name, {
      value: name === 'stackTraceLimit' ? 0 : undefined,
      writable: false,
      configurable: false,
    });
  watch(FS);
  seen.clear();
  loadingMs = Math.round(performance.now());
  started = performance.now();
  // From here on it is the program's time.
  writeAll(4, Buffer.from('begun'));
  fs.closeSync(4);
  leave(start(mode, what, python.toPy(argv), job.workingDirectory, isIsolated));
}

main().catch((error) => {
  if (typeof error?.status === 'number') leave(error.status & 255);
  process.stderr.write(`sbx-wasm: ${String(error?.message ?? error).slice(0, 400)}\n`);
  leave(125);
});
