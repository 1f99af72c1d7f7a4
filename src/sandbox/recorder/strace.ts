import type { ObservedEvent } from '../../model/observation.ts';
import { EventLog } from './event-log.ts';
import { LAST_PHASE, PHASE_MARK } from './phase-mark.ts';

/**
 * The prefix that makes strace follow a command and all its children from outside and write what they asked the kernel for.
 *
 * A backend puts it in front of the program that it would start (`[...straceCommand(file), 'bwrap', …]`), with a file on the host
 * that the sandbox cannot see, and hands the file's text to {@link parseStrace}. Plain tracing on purpose: with `--seccomp-bpf` a
 * call that the sandbox's own filter refuses never shows, because the filter's answer outranks the trace.
 * @param outputFile absolute path on the host
 */
export function straceCommand(outputFile: string): readonly string[] {
  return [
    'strace',
    '-f',
    '-qq',
    '-ttt',
    '-e',
    // A question mark: an older strace does not know every name.
    `trace=%file,%network,%process,kill,tkill,tgkill,${[...PRIVILEGES, ...MOUNTS].map((name) => `?${name}`).join(',')}`,
    '-s',
    '256',
    '-o',
    outputFile,
    '--',
  ];
}

/** What {@link parseStrace} makes of a trace. */
export interface StraceReading {
  readonly events: readonly ObservedEvent[];
  readonly lost: number;
}

/** Characters of a trace that are looked at; a payload can make one of any length. */
const LONGEST_TRACE = 64 * 1024 * 1024;

const PHASE = /^[a-z]{1,16}(?: [\w.-]{1,64})?/;
const LINE = /^(?:\d+ +)?(\d+\.\d+) ([a-z_0-9]+)\((.*)$/;
const RESULT = / = (-?\d+|\?)(?: ([A-Z]+))?[^=]*$/;

/** Refusals by the sandbox; a file that is simply not there was not refused. */
const REFUSED = new Set([
  'EPERM',
  'EACCES',
  'EROFS',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ENOSYS',
  'EAFNOSUPPORT',
]);

/** The C library asks there before any name server. */
const NAME_CACHE = 'unix:/var/run/nscd/socket';

const DELETES = new Set(['unlink', 'unlinkat', 'rmdir']);
const WRITES = new Set([
  'rename',
  'renameat',
  'renameat2',
  'link',
  'linkat',
  'symlink',
  'symlinkat',
  'truncate',
  'mknod',
  'mknodat',
  'mkdir',
  'mkdirat',
  'creat',
]);
const IDENTITIES = new Set([
  'setuid',
  'setgid',
  'setreuid',
  'setregid',
  'setresuid',
  'setresgid',
  'setgroups',
]);
const MOUNTS = new Set(['mount', 'umount2', 'pivot_root', 'chroot', 'move_mount', 'fsopen', 'open_tree']);
const PRIVILEGES = new Set([
  ...IDENTITIES,
  'unshare',
  'setns',
  'ptrace',
  'process_vm_readv',
  'process_vm_writev',
  'pidfd_getfd',
  'bpf',
  'perf_event_open',
  'keyctl',
  'add_key',
  'request_key',
  'userfaultfd',
  'io_uring_setup',
  'open_by_handle_at',
  'init_module',
  'finit_module',
  'kexec_load',
]);
const SIGNALS = new Set(['kill', 'tkill', 'tgkill']);

/**
 * Reads what strace wrote. What came before the first phase mark is the sandbox's and the interpreter's own start-up and is left
 * out; without a mark everything counts.
 */
export function parseStrace(trace: string): StraceReading {
  const text = trace.slice(0, LONGEST_TRACE);
  const log = new EventLog();
  let phase = 'run';
  let isStarted = !text.includes(`"${PHASE_MARK}`);
  let starter = '';
  let began: number | null = null;
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : Math.min(end, start + 8_192));
    start = end === -1 ? text.length : end + 1;
    const match = LINE.exec(line);
    if (match === null) continue;
    const [, time = '0', call = '', rest = ''] = match;
    began ??= Number(time);
    const mark = rest.indexOf(`"${PHASE_MARK}`);
    if (mark !== -1) {
      const named = PHASE.exec(rest.slice(mark + 1 + PHASE_MARK.length))?.[0] ?? phase;
      const process = /^\d*/.exec(line)?.[0] ?? '';
      if (!isStarted) starter = process;
      if (named !== LAST_PHASE || process === starter) phase = named;
      isStarted = true;
      continue;
    }
    if (!isStarted) continue;
    const at = Math.max(0, Math.round((Number(time) - began) * 1000));
    record(log, call, rest, phase, at);
  }
  return { events: log.events(), lost: log.lost };
}

function record(log: EventLog, call: string, rest: string, phase: string, first: number): void {
  const [, value = '?', error] = RESULT.exec(rest) ?? [];
  // A look at a file that is not there tells nothing; an attempt to reach the network does, however it ends.
  const allowed = error === undefined || !REFUSED.has(error);
  const strings = stringsOf(rest);
  const add = (kind: ObservedEvent['kind'], detail: string | undefined): void => {
    if (detail !== undefined && detail !== '') log.add({ kind, phase, detail, allowed, first });
  };
  if (call === 'execve' || call === 'execveat') {
    if (error !== 'ENOENT') add('exec', commandOf(rest));
  } else if (call === 'connect' || call === 'sendto' || call === 'sendmsg') {
    const address = addressOf(rest);
    // Asking a name server: the trace does not show which name.
    if (address?.endsWith(':53') === true) add('dns', '*');
    else if (address !== null && address !== NAME_CACHE) add('connect', address);
  } else if (call === 'bind') add('listen', addressOf(rest) ?? undefined);
  else if (SIGNALS.has(call)) add('signal', rest.split(')')[0]);
  else if (call === 'open' || call === 'openat' || call === 'openat2') {
    if (value.startsWith('-') && error === 'ENOENT') return;
    if (rest.includes('O_DIRECTORY')) return;
    add(/O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)/.test(rest) ? 'file.write' : 'file.open', absolute(strings[0]));
  } else if (MOUNTS.has(call)) {
    const [source, target, type] = strings;
    const place = target === undefined ? (source ?? '') : `${type ?? source ?? 'something'} on ${target}`;
    add('mount', `${call} ${place}`.trim());
  } else if (IDENTITIES.has(call)) {
    // Becoming who one is already is no change; becoming another is refused.
    if (error !== undefined) add('privilege', `${call} ${/\d+/.exec(rest)?.[0] ?? ''}`.trim());
  } else if (PRIVILEGES.has(call)) add('privilege', call);
  else if (call === 'socket') {
    if (error === 'EAFNOSUPPORT') add('socket', /^AF_\w+/.exec(rest)?.[0]);
  } else if (DELETES.has(call)) {
    if (error !== 'ENOENT') add('file.delete', absolute(strings[0]));
  } else if (WRITES.has(call) && error !== 'ENOENT' && error !== 'EEXIST') {
    if (call.startsWith('rename')) add('file.delete', absolute(strings[0]));
    add('file.write', absolute(strings.at(-1)));
  }
}

/** Relative paths cannot be placed without following every change of folder; they lie in the working folder, which is ours. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') === true ? path : undefined;
}

/** The quoted strings of a call's arguments, unescaped. */
function stringsOf(rest: string): readonly string[] {
  return [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => unescape(text));
}

function commandOf(rest: string): string {
  const list = /\[(.*)\]/.exec(rest)?.[1];
  const words = stringsOf(list ?? rest);
  return words.join(' ');
}

function addressOf(rest: string): string | null {
  const unix = /sun_path=(@?)"((?:[^"\\]|\\.)*)"/.exec(rest);
  if (unix !== null) return `unix:${unix[1] ?? ''}${unescape(unix[2] ?? '')}`;
  const port = /sin6?_port=htons\((\d+)\)/.exec(rest)?.[1];
  const host = /inet_addr\("([^"]*)"\)|inet_pton\(AF_INET6, "([^"]*)"/.exec(rest);
  if (host === null) return null;
  return `${host[1] ?? host[2] ?? ''}:${port ?? '0'}`;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f' };

function unescape(text: string): string {
  return text.replace(/\\(x[0-9a-f]{2}|[0-7]{1,3}|.)/g, (_, code: string) => {
    if (code.startsWith('x') && code.length === 3) return String.fromCharCode(parseInt(code.slice(1), 16));
    if (/^[0-7]+$/.test(code)) return String.fromCharCode(parseInt(code, 8));
    return ESCAPES[code] ?? code;
  });
}
