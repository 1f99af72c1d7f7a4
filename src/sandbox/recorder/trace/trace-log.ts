import type { EventKind, ObservedEvent } from '../../../model/observation.ts';
import { DENIED_SYSCALLS } from '../../seccomp/seccomp.ts';
import { EventLog, UNNAMED } from '../event-log.ts';
import { OWN_PHASES, PHASE_MARK } from '../phase-mark.ts';
import { isQuiet } from '../quiet.ts';
import { questionIn } from './question.ts';
import type { TracedCall } from './traced-call.ts';

/** What comes of a trace. */
export interface TraceReading {
  readonly events: readonly ObservedEvent[];
  readonly lost: number;
}

const PHASE = /^[a-z]{1,16}(?: [\w.-]{1,64})?/;

/** Refusals by the sandbox; a file that is simply not there was not refused. */
const REFUSED = new Set([
  ...['EPERM', 'EACCES', 'EROFS', 'ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'ENOSYS'],
  'EAFNOSUPPORT',
]);

/** The C library asks there before any name server. */
const NAME_CACHE = 'unix:/var/run/nscd/socket';

const OPENS = new Set(['open', 'openat', 'openat2']);
const DELETES = new Set(['unlink', 'unlinkat', 'rmdir']);
const RENAMES = new Set(['rename', 'renameat', 'renameat2']);
const LINKS = new Set(['link', 'linkat', 'symlink', 'symlinkat']);
const MAKES = new Set(['mkdir', 'mkdirat', 'mknod', 'mknodat', 'creat', 'truncate']);
const MODES = new Set(['chmod', 'fchmod', 'fchmodat', 'fchmodat2']);
const SENDS = new Set(['connect', 'sendto', 'sendmsg', 'sendmmsg']);
const SIGNALS = new Set(['kill', 'tkill', 'tgkill']);
const IDENTITIES = new Set([
  ...['setuid', 'setgid', 'setreuid', 'setregid', 'setresuid', 'setresgid', 'setgroups', 'capset'],
]);
const MOUNTS = new Set([
  ...['mount', 'umount2', 'pivot_root', 'chroot', 'move_mount', 'fsopen', 'open_tree', 'fsconfig', 'fsmount'],
  ...['fspick', 'mount_setattr'],
]);
const DENIED = new Set(DENIED_SYSCALLS.map(({ name }) => name));
const NAMESPACES: readonly (readonly [flag: string, name: string])[] = [
  ['CLONE_NEWUSER', 'user'],
  ['CLONE_NEWNS', 'mount'],
  ['CLONE_NEWPID', 'process'],
  ['CLONE_NEWNET', 'network'],
  ['CLONE_NEWUTS', 'host name'],
  ['CLONE_NEWIPC', 'ipc'],
  ['CLONE_NEWCGROUP', 'cgroup'],
];

/** Names of the system calls that {@link TraceLog} makes something of. */
export const TRACED_CALLS: readonly string[] = [
  ...new Set([
    ...[OPENS, DELETES, RENAMES, LINKS, MAKES, MODES, SENDS, SIGNALS, IDENTITIES, MOUNTS, DENIED].flatMap(
      (names) => [...names],
    ),
    ...[
      'execve',
      'execveat',
      'access',
      'faccessat',
      'faccessat2',
      'bind',
      'socket',
      'clone',
      'chdir',
      'fchdir',
    ],
  ]),
];

/**
 * Makes events of the calls of a trace, in the words of the notify recorder. What came before the first phase mark is the sandbox's and the
 * interpreter's own start-up and is left out; without a mark everything counts.
 */
export class TraceLog {
  readonly #log = new EventLog();
  #phase = 'run';
  #isStarted: boolean;
  #starter = '';
  #began: number | null = null;

  /** @param hasMarks whether the trace announces phases */
  constructor(hasMarks: boolean) {
    this.#isStarted = !hasMarks;
  }

  take(call: TracedCall): void {
    this.#began ??= call.time;
    const mark = call.paths.find((path) => path?.startsWith(PHASE_MARK) === true);
    if (typeof mark === 'string') this.#enter(mark.slice(PHASE_MARK.length), call.thread);
    else if (this.#isStarted) this.#record(call, Math.max(0, Math.round((call.time - this.#began) * 1000)));
  }

  reading(): TraceReading {
    const events = this.#log.events();
    // Another question tells who was meant.
    const isNamed = events.some(({ kind, detail }) => kind === 'dns' && detail !== UNNAMED);
    return {
      events: isNamed ? events.filter(({ kind, detail }) => kind !== 'dns' || detail !== UNNAMED) : events,
      lost: this.#log.lost,
    };
  }

  /** Anybody may name a phase; that what follows is not the command's, only who named the first one may say. */
  #enter(text: string, thread: string): void {
    const named = PHASE.exec(text)?.[0] ?? this.#phase;
    if (!this.#isStarted) this.#starter = thread;
    if (!OWN_PHASES.includes(named) || thread === this.#starter) this.#phase = named;
    this.#isStarted = true;
  }

  #record(call: TracedCall, first: number): void {
    const { error } = call;
    const add = (kind: EventKind, detail: string | null | undefined, allowed?: boolean): void => {
      if (detail === null || detail === undefined || detail === '') return;
      if (kind !== 'file.open' && isQuiet({ kind, detail })) return;
      // A look at a file that is not there tells nothing; an attempt to reach the network does, however it ends.
      const isAllowed = allowed ?? (error === null || !REFUSED.has(error));
      this.#log.add({ kind, phase: this.#phase, detail, allowed: isAllowed, first });
    };
    const { name } = call;
    if (name === 'execve' || name === 'execveat') {
      if (error !== 'ENOENT') started(call, add);
    } else if (SENDS.has(name)) reached(call, add);
    else if (name === 'bind') add('listen', call.address);
    else if (SIGNALS.has(name)) add('signal', signalOf(name, call.flags));
    else if (MOUNTS.has(name)) add('mount', mountOf(call));
    else if (IDENTITIES.has(name)) {
      // Becoming who one is already is no change; becoming another is refused.
      if (error !== null) add('privilege', identityOf(call), false);
    } else if (name === 'clone' || name === 'unshare') {
      const spaces = NAMESPACES.filter(([flag]) => call.flags.includes(flag)).map(([, space]) => space);
      if (name === 'unshare' || (spaces.length > 0 && error !== null))
        add('privilege', `${name} ${spaces.join(', ') || '0'}`);
    } else if (DENIED.has(name)) add('privilege', name);
    else if (name === 'socket') {
      if (error === 'EAFNOSUPPORT') add('socket', familyOf(call.flags));
    } else if (error !== 'ENOENT' && error !== 'ENOTDIR') files(call, add);
  }
}

type Add = (kind: EventKind, detail: string | null | undefined, allowed?: boolean) => void;

function files({ name, paths, opened, flags, error }: TracedCall, add: Add): void {
  const [first, second] = paths;
  if (OPENS.has(name)) {
    if (/\bO_(?:DIRECTORY|PATH)\b/.test(flags)) return;
    const writes = /\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)\b/.test(flags);
    add(writes ? 'file.write' : 'file.open', opened ?? first);
  } else if (DELETES.has(name)) add('file.delete', first);
  else if (RENAMES.has(name)) {
    add('file.delete', first);
    add('file.write', second);
  } else if (LINKS.has(name)) {
    // A second name for a file is a way to read it later.
    add('file.open', first);
    if (error !== 'EEXIST') add('file.write', second);
  } else if (MAKES.has(name)) {
    if (error !== 'EEXIST') add('file.write', first);
  } else if (MODES.has(name) && typeof first === 'string') {
    const octal = /\b0o?([0-7]{3,4})\b/.exec(flags)?.[1];
    const bits = octal === undefined ? 0 : parseInt(octal, 8);
    // Who may run it matters; who may read it does not leave the sandbox.
    if ((bits & 0o6111) === 0) add('file.write', first);
    else add('file.mode', `${bits.toString(8).padStart(4, '0')} ${first}`);
  }
}

function started({ paths, words }: TracedCall, add: Add): void {
  const [path = ''] = paths;
  const hidden = /^\/?(memfd:[^/]*?)(?: \(deleted\))?$/.exec(path ?? '')?.[1];
  const command = words.join(' ');
  add('exec', command === '' ? path : command);
  if (hidden !== undefined) add('exec.fileless', `${hidden} ${command}`);
}

function reached({ address, data }: TracedCall, add: Add): void {
  const name = data === null ? null : questionIn(data);
  const port = /:(\d+)$/.exec(address ?? '')?.[1];
  if (name !== null && (address === null || port === '53' || port === '5353')) add('dns', name);
  // The question follows; where it cannot be read, that there was one is known.
  else if (address !== null && port === '53' && !address.startsWith('unix:')) add('dns', UNNAMED);
  else if (address !== NAME_CACHE) add('connect', address);
}

function mountOf({ name, paths, words }: TracedCall): string {
  const target = paths.at(-1) ?? '';
  if (name === 'mount') return `mount ${words.at(-1) ?? paths[0] ?? 'something'} on ${target}`;
  return name === 'umount2' || name === 'chroot' ? `${name} ${target}`.trim() : name;
}

/** `setuid 0`: the first number that is another's; nobody is who a sandboxed program is. */
function identityOf({ name, flags }: TracedCall): string {
  if (name === 'setgroups' || name === 'capset') return name;
  const numbers = [...flags.matchAll(/(?<![\w-])(0x[0-9a-f]+|\d+)\b/g)].map(([text]) => Number(text));
  const other = numbers.find((number) => number !== 65_534 && number !== 0xffff_ffff);
  return `${name} ${other ?? ''}`.trim();
}

/** Numbers of processes differ from run to run, so whom it is for is said as far as it can be without. */
function signalOf(name: string, flags: string): string | null {
  const sign = /\bSIG\w+/.exec(flags)?.[0];
  if (sign === undefined) return null;
  const target = name === 'kill' ? Number(/-?(?:0x)?[0-9a-f]+/.exec(flags)?.[0] ?? '2') : 2;
  const signed = target > 0x7fff_ffff ? target - 2 ** 32 : target;
  if (signed === -1) return `${sign} to all processes`;
  if (signed === 0) return `${sign} to its own group`;
  if (signed < 0) return `${sign} to a process group`;
  return `${sign} to ${signed === 1 ? 'the first process' : 'another process'}`;
}

function familyOf(flags: string): string | undefined {
  const named = /^AF_\w+/.exec(flags)?.[0];
  return (
    named ??
    (/^\d+|^0x[0-9a-f]+/.exec(flags)?.[0] === undefined
      ? undefined
      : `address family ${Number(/^\w+/.exec(flags)?.[0])}`)
  );
}
