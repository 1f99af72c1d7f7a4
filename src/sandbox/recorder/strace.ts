import { PHASE_MARK } from './phase-mark.ts';
import { TRACED_CALLS, TraceLog, type TraceReading } from './trace/trace-log.ts';
import { absolute, type TracedCall } from './trace/traced-call.ts';
import { WorkingFolders } from './trace/working-folders.ts';

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
    // Paths of descriptors and, from strace 5.19 on, of the working folder: where a relative path leads, and an open ended.
    '-y',
    '-e',
    // A question mark: an older strace does not know every name.
    `trace=%file,%network,%process,${TRACED_CALLS.map((name) => `?${name}`).join(',')}`,
    '-s',
    '256',
    '-o',
    outputFile,
    '--',
  ];
}

/** Characters of a trace that are looked at; a payload can make one of any length. */
const LONGEST_TRACE = 64 * 1024 * 1024;
const LONGEST_LINE = 8_192;
/** Threads whose unfinished call is remembered. */
const MOST_THREADS = 20_000;

const LINE = /^(?:(\d+) +)?(\d+\.\d+) (.*)$/;
const CALL = /^([a-z_0-9]+)\((.*)$/;
const UNFINISHED = ' <unfinished ...>';
const RESUMED = /^<\.\.\. [a-z_0-9]+ resumed>(.*)$/;
const RESULT = / = (-?\d+|\?)(<(?:[^>\\]|\\.)*>)?(?:\(deleted\))?(?: ([A-Z]+))?[^=]*$/;
const TEXT = /"((?:[^"\\]|\\.)*)"/g;
/** A descriptor with what it stands for, or the name for the working folder, in front of the path that is relative to it. */
const FOLDER = /(AT_FDCWD|\b\d+)(?:<((?:[^>\\]|\\.)*)>)?/g;

/** How many of a call's texts are paths, from the first one on. */
const PATHS: Readonly<Partial<Record<string, number>>> = {
  mount: 2,
  rename: 2,
  renameat: 2,
  renameat2: 2,
  link: 2,
  linkat: 2,
  symlink: 2,
  symlinkat: 2,
};
const NO_PATHS = new Set(['connect', 'sendto', 'sendmsg', 'sendmmsg', 'bind', 'socket']);

/** Reads what strace wrote. @see TraceLog */
export function parseStrace(trace: string): TraceReading {
  const text = trace.slice(0, LONGEST_TRACE);
  const log = new TraceLog(text.includes(`"${PHASE_MARK}`));
  const folders = new WorkingFolders();
  const unfinished = new Map<string, string>();
  for (const line of linesOf(text)) {
    const [, thread = '', time = '0', rest = ''] = LINE.exec(line) ?? [];
    if (rest === '') continue;
    if (rest.endsWith(UNFINISHED)) {
      if (unfinished.size < MOST_THREADS) unfinished.set(thread, rest.slice(0, -UNFINISHED.length));
      continue;
    }
    const resumed = RESUMED.exec(rest)?.[1];
    const whole = resumed === undefined ? rest : `${unfinished.get(thread) ?? ''}${resumed}`;
    unfinished.delete(thread);
    const [, name, given] = CALL.exec(whole) ?? [];
    if (name === undefined || given === undefined) continue;
    const call = callOf(name, given, thread, Number(time), folders);
    // Its results number processes as the sandbox does, its lines as the host does.
    folders.follow(call, undefined);
    log.take(call);
  }
  return log.reading();
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    yield text.slice(start, end === -1 ? text.length : Math.min(end, start + LONGEST_LINE));
    start = end === -1 ? text.length : end + 1;
  }
}

function callOf(
  name: string,
  given: string,
  thread: string,
  time: number,
  folders: WorkingFolders,
): TracedCall {
  const [, , opened, error] = RESULT.exec(given) ?? [];
  const texts = [...given.matchAll(TEXT)].map(([, text = '']) => unescape(text));
  const bare = given.replace(TEXT, '""');
  const named = [...bare.matchAll(FOLDER)];
  const at = named.filter(([, what, path]) => what === 'AT_FDCWD' || path !== undefined);
  const [, , working] = named.find(([, what, path]) => what === 'AT_FDCWD' && path !== undefined) ?? [];
  if (working !== undefined) folders.set(thread, unescape(working));
  const isAt = name.endsWith('at') || name.endsWith('at2');
  const base = (index: number): string | null => {
    const [, what, path] = (isAt ? (at[index] ?? at[0]) : undefined) ?? [];
    if (path !== undefined) return unescape(path);
    return what === undefined || what === 'AT_FDCWD' ? folders.of(thread) : null;
  };
  const isExec = name === 'execve' || name === 'execveat';
  const count = isExec ? 1 : NO_PATHS.has(name) ? 0 : (PATHS[name] ?? 1);
  const paths = texts.slice(0, count).map((text, index) => {
    // What a link says is relative to where the link is.
    if (name.startsWith('symlink') && index === 0) return text.startsWith('/') ? absolute(null, text) : null;
    if (text === '' && isExec) return base(0);
    return absolute(base(name === 'symlinkat' ? 0 : index), text);
  });
  const isOpen = name.startsWith('open');
  const onDescriptor = name === 'fchmod' || name === 'fchdir' ? at[0]?.[2] : undefined;
  return {
    name,
    thread,
    time,
    paths: onDescriptor === undefined ? paths : [unescape(onDescriptor)],
    opened: isOpen && opened !== undefined ? unescape(opened.slice(1, -1)) : null,
    flags: bare.replace(/<(?:[^>\\]|\\.)*>/g, ''),
    words: isExec ? wordsOf(given) : texts.slice(count),
    address: addressOf(given),
    data: NO_PATHS.has(name) && name.startsWith('send') ? Buffer.from(texts[0] ?? '', 'latin1') : null,
    error: error ?? null,
  };
}

function wordsOf(given: string): readonly string[] {
  const list = /\[((?:"(?:[^"\\]|\\.)*"(?:\.\.\.)?(?:, )?|\.\.\.)*)\]/.exec(given)?.[1];
  return list === undefined ? [] : [...list.matchAll(TEXT)].map(([, text = '']) => unescape(text));
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
