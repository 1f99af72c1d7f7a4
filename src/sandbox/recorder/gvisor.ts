import { PHASE_MARK } from './phase-mark.ts';
import { TRACED_CALLS, TraceLog, type TraceReading } from './trace/trace-log.ts';
import { absolute, type TracedCall } from './trace/traced-call.ts';
import { WorkingFolders } from './trace/working-folders.ts';

/** Calls that gVisor knows only from some version on; naming one that it does not know keeps it from starting. */
const YOUNG_CALLS: ReadonlySet<string> = new Set([
  ...['openat2', 'faccessat2', 'fchmodat2', 'mount_setattr', 'quotactl_fd', 'process_madvise', 'pidfd_getfd'],
]);

/** The log that the sandbox itself writes, below the folder that {@link gvisorTraceOptions} is given. */
export const GVISOR_LOG = 'boot.log';

/**
 * Options that make `runsc` write down the system calls that its own kernel answers. As JSON: a line break in a path stays within its line.
 * @param folder of the host, for its logs
 * @param knowsYoungCalls whether this version knows the calls that older ones do not
 */
export function gvisorTraceOptions(folder: string, knowsYoungCalls: boolean): readonly string[] {
  const calls = TRACED_CALLS.filter((name) => knowsYoungCalls || !YOUNG_CALLS.has(name));
  return [
    ...['--strace', `--strace-syscalls=${calls.join(',')}`, '--strace-log-size=512'],
    ...[`--debug-log=${folder}/%COMMAND%.log`, '--debug-log-format=json'],
  ];
}

/** What a version says, in its log, that does not know one of the calls. */
export const UNKNOWN_CALL = /enabling strace: syscall \\*"\w+\\*" not found/;

/** Characters of a log that are looked at. */
const LONGEST_LOG = 64 * 1024 * 1024;
const LONGEST_LINE = 16_384;
/** Bytes of a thread's name, which the program chooses. */
const LONGEST_NAME = 15;

const HEAD = /^\[ *(\d+): *\d+\] /;
const EXIT = /^ X ([a-z_0-9]+)\(/;
const END = /^(.*)\) = (\S+) \(0x[0-9a-f]+\)(?: errno=(\d+) \([^)]*\))? \([^ ()]+\)$/s;
const ERRORS: Readonly<Partial<Record<number, string>>> = {
  ...{
    1: 'EPERM',
    2: 'ENOENT',
    13: 'EACCES',
    17: 'EEXIST',
    20: 'ENOTDIR',
    22: 'EINVAL',
    30: 'EROFS',
    38: 'ENOSYS',
  },
  ...{ 97: 'EAFNOSUPPORT', 99: 'EADDRNOTAVAIL', 100: 'ENETDOWN', 101: 'ENETUNREACH', 113: 'EHOSTUNREACH' },
};
const KNOWN = new Set(TRACED_CALLS);

/** Reads the log of a sandbox. @see TraceLog */
export function parseGvisorLog(log: string): TraceReading {
  const text = log.slice(0, LONGEST_LOG);
  const trace = new TraceLog(text.includes(PHASE_MARK));
  const folders = new WorkingFolders();
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : Math.min(end, start + LONGEST_LINE));
    start = end === -1 ? text.length : end + 1;
    for (const call of callsIn(line, folders)) trace.take(call);
  }
  return trace.reading();
}

/**
 * The calls that a line may stand for. In front of the call's name is that of the thread, which the program chooses and which may look like
 * a call: then every way to read the line counts, so that none can hide the other.
 */
function callsIn(line: string, folders: WorkingFolders): readonly TracedCall[] {
  const { msg, time } = recordIn(line);
  const [head = '', thread = ''] = HEAD.exec(msg) ?? [];
  if (head === '') return [];
  const rest = msg.slice(head.length);
  const calls: TracedCall[] = [];
  for (let at = 0; at <= LONGEST_NAME && at < rest.length; at++) {
    const [found, name = ''] = EXIT.exec(rest.slice(at)) ?? [];
    if (found === undefined || !KNOWN.has(name)) continue;
    const [, given, child, error] = END.exec(rest.slice(at + found.length)) ?? [];
    if (given === undefined) continue;
    const call = callOf(name, given, thread, time, error, folders);
    folders.follow(call, child);
    calls.push(call);
  }
  return calls;
}

function recordIn(line: string): { readonly msg: string; readonly time: number } {
  if (!line.includes(' X ')) return { msg: '', time: 0 };
  try {
    const { msg, time } = JSON.parse(line) as { readonly msg?: unknown; readonly time?: unknown };
    const at = typeof time === 'string' ? Date.parse(time) / 1000 : NaN;
    return { msg: typeof msg === 'string' ? msg : '', time: Number.isNaN(at) ? 0 : at };
  } catch {
    // Cut off, or too long.
    return { msg: '', time: 0 };
  }
}

/** A folder in front of a path: its descriptor's number, or the working folder's name, and its path. */
const RELATIVE = /^(?:AT_FDCWD|0x[0-9a-f]+) (\/.*)$/s;
const POINTED = /^0x[0-9a-f]+ ?(.*)$/s;

/** Which arguments are paths (`p`), folders of the next path (`d`), or words (`w`), from the first on; the rest are flags and numbers. */
const SHAPES: Readonly<Partial<Record<string, string>>> = {
  ...{
    openat: 'dp',
    openat2: 'dp',
    unlinkat: 'dp',
    mkdirat: 'dp',
    mknodat: 'dp',
    fchmodat: 'dp',
    fchmodat2: 'dp',
  },
  ...{
    faccessat: 'dp',
    faccessat2: 'dp',
    renameat: 'dpdp',
    renameat2: 'dpdp',
    linkat: 'dpdp',
    execveat: 'dp',
  },
  ...{
    open: 'p',
    unlink: 'p',
    rmdir: 'p',
    mkdir: 'p',
    mknod: 'p',
    creat: 'p',
    truncate: 'p',
    chmod: 'p',
    access: 'p',
  },
  ...{ execve: 'p', chroot: 'p', umount2: 'p', rename: 'pp', link: 'pp', symlink: 'pp', symlinkat: 'pdp' },
  ...{ mount: 'ppw', fchmod: 'd', fchdir: 'd', chdir: 'p' },
};

function callOf(
  name: string,
  given: string,
  thread: string,
  time: number,
  error: string | undefined,
  folders: WorkingFolders,
): TracedCall {
  const shape = SHAPES[name] ?? '';
  const parts = given.split(', ');
  const isExec = name.startsWith('exec');
  // A path that holds what divides arguments makes more parts than there are; its beginning is in the right place.
  const surplus = isExec ? 0 : Math.max(0, parts.length - (COUNTS[name] ?? parts.length));
  const last = shape.lastIndexOf('p');
  const merged =
    surplus > 0 && last !== -1
      ? [
          ...parts.slice(0, last),
          parts.slice(last, last + surplus + 1).join(', '),
          ...parts.slice(last + surplus + 1),
        ]
      : parts;
  let folder = folders.of(thread);
  const paths: (string | null)[] = [];
  const words: string[] = [];
  [...shape].forEach((kind, index) => {
    const part = merged[index] ?? '';
    if (kind === 'd') {
      folder = RELATIVE.exec(part)?.[1] ?? null;
      if (part.startsWith('AT_FDCWD ') && folder !== null) folders.set(thread, folder);
    } else {
      const text = POINTED.exec(part)?.[1] ?? '';
      if (kind === 'w') words.push(text);
      else paths.push(text === '' && name === 'execveat' ? folder : absolute(folder, text));
    }
  });
  if (name === 'fchmod' || name === 'fchdir') paths.push(folder);
  return {
    name,
    thread,
    time,
    paths,
    opened: null,
    flags: isExec ? '' : merged.slice(shape.length).join(', '),
    words: isExec ? wordsOf(given) : words,
    address: addressOf(given),
    data: null,
    error: error === undefined ? null : (ERRORS[Number(error)] ?? `errno ${error}`),
  };
}

/** How many arguments are written for a call with paths. */
const COUNTS: Readonly<Partial<Record<string, number>>> = {
  ...{
    openat: 4,
    unlinkat: 3,
    mkdirat: 3,
    mknodat: 4,
    fchmodat: 3,
    faccessat: 3,
    renameat: 4,
    renameat2: 5,
    linkat: 5,
  },
  ...{
    open: 3,
    unlink: 1,
    rmdir: 1,
    mkdir: 2,
    mknod: 3,
    creat: 2,
    truncate: 2,
    chmod: 2,
    access: 2,
    chroot: 1,
  },
  ...{
    umount2: 2,
    rename: 2,
    link: 2,
    symlink: 2,
    symlinkat: 3,
    mount: 5,
    fchmod: 2,
    openat2: 4,
    faccessat2: 4,
  },
};

/** The command line: the first list; its words are quoted as Go does. */
function wordsOf(given: string): readonly string[] {
  const list =
    /\[((?:"(?:[^"\\]|\\.)*"(?:, )?)*)\]?/.exec(given.slice(Math.max(0, given.indexOf(' ['))))?.[1] ?? '';
  return [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([quoted]) => {
    try {
      return JSON.parse(quoted) as string;
    } catch {
      // Go has escapes that JSON has not.
      return quoted.slice(1, -1);
    }
  });
}

function addressOf(given: string): string | null {
  const [, family, address = '', port] =
    /\{Family: (AF_\w+), Addr: (.*?)(?:, Port: (\d+))?\}/s.exec(given) ?? [];
  if (family === 'AF_UNIX')
    return address === '' ? null : `unix:${address.replace(/^"(.*)"$/s, '$1').replace(/^\0/, '@')}`;
  return family === 'AF_INET' || family === 'AF_INET6' ? `${address}:${port ?? '0'}` : null;
}
