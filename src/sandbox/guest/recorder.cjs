// Records what JavaScript asks of the system, loaded by `node --require` before the script; runs inside a sandbox only.
// It lives in the same process as what it watches: evidence, never proof.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { syncBuiltinESMExports } = require('node:module');

/** So many bytes of standard input, and no more: what follows belongs to the script. */
function told(size) {
  const buffer = Buffer.alloc(size);
  for (let at = 0; at < size;) {
    const count = fs.readSync(0, buffer, at, size - at, null);
    if (count === 0) break;
    at += count;
  }
  return buffer.toString('utf8');
}

// Started by a script that is recorded: told by the environment. Started by sbx: told on standard input, by length.
const job = JSON.parse(process.env.SBX_RECORDER ?? told(Number(told(8))));
/** The real clock, whatever the script is shown. */
const now = Date.now.bind(Date);
const began = now();
const events = new Map();
const MOST_EVENTS = 2000;
const LONGEST_DETAIL = 2000;
let lost = 0;
let isBusy = false;
const writeSync = fs.writeSync;
const channel = Number(process.env.SBX_RECORDER_CHANNEL ?? 1);

function send(record) {
  try {
    // A line of its own, whatever the script has written before.
    writeSync(channel, `\n${job.nonce}${JSON.stringify(record)}\n`);
  } catch {
    // The reader has gone: nobody to tell.
  }
}

function note(kind, detail, capability) {
  if (isBusy) return;
  const text = String(detail).slice(0, LONGEST_DETAIL);
  const key = `${kind}\0${text}`;
  const at = now() - began;
  const known = events.get(key);
  if (known !== undefined) {
    known.count += 1;
    known.last = at;
  } else if (events.size >= MOST_EVENTS) lost += 1;
  else {
    const record = { t: 'event', kind, phase: 'run', detail: text, first: at, last: at, count: 1, step: 0 };
    if (capability !== undefined) record.capability = capability;
    events.set(key, record);
    send(record);
  }
}

/** Puts a note before a function of a module, keeping its own properties (`util.promisify.custom` among them). */
function watch(owner, names, take) {
  for (const name of names) {
    const original = owner[name];
    if (typeof original !== 'function') continue;
    const watched = function (...args) {
      try {
        take(args, name, this);
      } catch {
        lost += 1;
      }
      return new.target === undefined
        ? Reflect.apply(original, this, args)
        : Reflect.construct(original, args, new.target);
    };
    Object.defineProperties(watched, Object.getOwnPropertyDescriptors(original));
    owner[name] = watched;
  }
}

const QUIET = [
  '/usr/lib',
  '/usr/share',
  '/lib',
  '/etc/ssl',
  '/proc/self',
  '/dev/null',
  '/dev/urandom',
  '/proc/meminfo',
  '/sys/',
];
const own = [process.env.SBX_TARGET ?? __dirname, __dirname].map((folder) => `${folder}/`);
const isQuiet = (file) =>
  QUIET.some((start) => file.startsWith(start)) || own.some((start) => file.startsWith(start));

function nameOf(file) {
  if (typeof file === 'number' || file === null || file === undefined) return null;
  if (file instanceof URL) return file.protocol === 'file:' ? decodeURIComponent(file.pathname) : null;
  if (typeof file === 'object' && !Buffer.isBuffer(file)) return null;
  return path.resolve(String(file));
}
function read(file) {
  const name = nameOf(file);
  if (name === null) return;
  if (name.endsWith('/environ') && name.startsWith('/proc/')) note('file.open', name, 'env.read');
  else if (!isQuiet(name)) note('file.open', name);
}
const change = (kind, file) => {
  const name = nameOf(file);
  if (name !== null && name !== '/dev/null') note(kind, name);
};

for (const owner of [fs, fs.promises]) {
  watch(owner, ['readFile', 'readFileSync', 'createReadStream'], ([file]) => read(file));
  watch(owner, ['open', 'openSync'], ([file, flags]) =>
    typeof flags === 'string' && /[wa+]/.test(flags) ? change('file.write', file) : read(file),
  );
  watch(
    owner,
    [
      'writeFile',
      'writeFileSync',
      'appendFile',
      'appendFileSync',
      'createWriteStream',
      'truncate',
      'truncateSync',
    ],
    ([file]) => change('file.write', file),
  );
  watch(owner, ['unlink', 'unlinkSync', 'rm', 'rmSync', 'rmdir', 'rmdirSync'], ([file]) =>
    change('file.delete', file),
  );
  watch(
    owner,
    [
      'copyFile',
      'copyFileSync',
      'rename',
      'renameSync',
      'link',
      'linkSync',
      'symlink',
      'symlinkSync',
      'cp',
      'cpSync',
    ],
    ([from, to]) => {
      read(from);
      change('file.write', to);
    },
  );
  watch(owner, ['readdir', 'readdirSync'], ([file]) => {
    const name = nameOf(file);
    if (name !== null && /^\/(?:home|root|Users)\b/.test(name)) note('file.open', name);
  });
}

const processes = require('node:child_process');
const commandOf = ([file, args]) => [file, ...(Array.isArray(args) ? args : [])].join(' ');
watch(processes, ['spawn', 'spawnSync', 'execFile', 'execFileSync'], (args) => note('exec', commandOf(args)));
watch(processes, ['exec', 'execSync'], ([command]) => note('exec', command));
watch(processes, ['fork'], (args) => note('exec', `node ${commandOf(args)}`));

const net = require('node:net');
watch(net.Socket.prototype, ['connect'], (args) => {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const options = typeof first === 'object' && first !== null ? first : { port: first, host: second };
  if (typeof options.path === 'string') note('connect', `unix:${options.path}`);
  else if (typeof options.port === 'string' && Number.isNaN(Number(options.port)))
    note('connect', `unix:${options.port}`);
  else note('connect', `${options.host ?? 'localhost'}:${options.port}`);
});
watch(net.Server.prototype, ['listen'], ([first]) =>
  note(
    'listen',
    typeof first === 'object' && first !== null
      ? `${first.host ?? '*'}:${first.port ?? first.path}`
      : `*:${first}`,
  ),
);
// What was asked for: the address alone would hide a path or a query that carries something away.
const urlOf = (first, scheme) =>
  typeof first === 'string' || first instanceof URL
    ? String(first)
    : `${scheme}://${first?.hostname ?? first?.host ?? 'localhost'}${first?.port ? `:${first.port}` : ''}${first?.path ?? ''}`;
for (const scheme of ['http', 'https'])
  watch(require(`node:${scheme}`), ['request', 'get'], ([first]) => note('connect', urlOf(first, scheme)));
for (const name of ['node:dns', 'node:dns/promises'])
  watch(
    require(name),
    ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'resolveAny'],
    ([host]) => net.isIP(host) === 0 && note('dns', host),
  );
watch(require('node:dgram').Socket.prototype, ['send'], (args) => {
  const host = [...args].reverse().find((value) => typeof value === 'string');
  note('connect', `${host ?? 'localhost'}:0`);
});
if (typeof globalThis.fetch === 'function') {
  const request = globalThis.fetch;
  globalThis.fetch = (...args) => {
    const [first, options] = args;
    const body = options?.body;
    note('connect', `${first?.url ?? first}${typeof body === 'string' ? ` ${body}` : ''}`);
    return request(...args);
  };
}

if (typeof job.startsAtMs === 'number') require('./world_clock.cjs')(job.startsAtMs);
if (job.skipsWaiting === true) require('./skip_waiting.cjs');

const tokens = new Set(job.tokens ?? []);
const environment = process.env;
process.env = new Proxy(environment, {
  get: (target, key) => {
    if (tokens.has(key)) note('file.open', `env:${key}`, 'env.read');
    return Reflect.get(target, key);
  },
});
syncBuiltinESMExports();

process.on('uncaughtExceptionMonitor', (error) => {
  const message = String(error?.message ?? error);
  const isMissing = error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND';
  const named = isMissing ? (/(?:module|package) '([^']+)'/.exec(message)?.[1] ?? null) : null;
  // A file of its own that is not there is no package that could be installed.
  const module = named === null || /^[./]/.test(named) ? null : named;
  send({
    t: 'failure',
    phase: 'run',
    subject: null,
    type: error?.name ?? 'Error',
    message: message.slice(0, 1000),
    module,
  });
});
process.on('exit', () => {
  isBusy = true;
  send({ t: 'phase', name: 'run', ms: now() - began });
  for (const event of events.values()) if (event.count > 1) send({ ...event, count: event.count - 1 });
  if (lost > 0) send({ t: 'lost', count: lost });
  send({ t: 'end' });
});
