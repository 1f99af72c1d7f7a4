import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVENT_KINDS, type ObservedEvent } from '../../../model/observation.ts';
import type { Mount } from '../../backend.ts';
import { ERRNO } from '../../seccomp/seccomp.ts';
import type { SeccompProfile } from '../../seccomp/profiles.ts';
import { CHECKED_CALLS, seccompProgram } from '../../seccomp/bpf.ts';
import { EventLog, UNNAMED } from '../event-log.ts';
import { countOf, objectIn } from '../json-line.ts';
import { OWN_PHASES, PHASE_MARK } from '../phase-mark.ts';
import { QUIET, QUIET_BUT_TARGET } from '../quiet.ts';
import { WATCHED_CALLS, watchedNumbers } from './watched-calls.ts';

const SUPERVISOR = fileURLToPath(new URL('./supervisor.py', import.meta.url));
const LAUNCHER = fileURLToPath(new URL('./launcher.py', import.meta.url));

/** Where the sandbox's first process finds what it needs; empty once the command runs. */
const INSIDE_FOLDER = '/run/sbx/recorder';

/** How long the supervisor may take to say its last word, in milliseconds. */
const LAST_WORD_MS = 3000;
/** Bytes of its records that are read; 2,000 events of 2,000 characters are less. */
const LONGEST_RECORD = 32 * 1024 * 1024;

/** What the supervisor has to know of a run. */
export interface NotifyOptions {
  /** The host's python3, and its path inside. */
  readonly python: string;
  readonly pythonInside: string;
  /** The run's private folder. */
  readonly folder: string;
  /** Number of the sandboxed user on the host, and inside. */
  readonly user: number;
  readonly insideUser: number;
  /** Where things are that the command was told of by other paths; longer paths win. */
  readonly relocations: readonly { readonly from: string; readonly to: string }[];
  /** What is refused. */
  readonly profile: SeccompProfile;
  /** True: the sandbox has to end with the process that started it. A container's is a thread of its engine, which may come and go. */
  readonly isBound: boolean;
  /** True: no address but its own loopback can be reached. */
  readonly isIsolated: boolean;
  /** True: reading the target's own files is told, too. */
  readonly showsTarget: boolean;
}

/** A supervisor that waits for a sandbox, or watches it. */
export interface NotifyRecorder {
  /** What the sandbox has to show. */
  readonly mounts: readonly Mount[];
  /** Put in front of the command: makes it the first process's child, under the filter. */
  readonly launcher: readonly string[];
  /** Ends the recording, once the sandbox is gone. */
  read(): Promise<Journal>;
  /** Ends the supervisor in any case. */
  stop(): Promise<void>;
}

/** What a supervisor told. */
export interface Journal {
  readonly events: readonly ObservedEvent[];
  readonly lost: number;
  /** False when the sandbox's first process never came to it: nothing was recorded, and no command was run. */
  readonly hasBegun: boolean;
}

/** Whether this machine's kernel (5.5 or later) and architecture can hand system calls to a supervisor. */
export function canNotify(): boolean {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  const isNewEnough = major > 5 || (major === 5 && minor >= 5);
  return process.platform === 'linux' && isNewEnough && (process.arch === 'x64' || process.arch === 'arm64');
}

/**
 * Starts a supervisor outside the sandbox. The sandbox's first process connects to it, puts itself under a filter that hands watched and
 * refused system calls to the supervisor, and starts the command. Source: `seccomp_unotify(2)`.
 */
export async function startNotify(options: NotifyOptions): Promise<NotifyRecorder> {
  const folder = join(options.folder, 'recorder');
  await mkdir(folder);
  await chmod(folder, 0o755);
  await copyFile(LAUNCHER, join(folder, 'launcher.py'));
  await writeFile(
    join(folder, 'filter'),
    seccompProgram(process.arch, options.profile, watchedNumbers(architecture())),
  );
  for (const name of ['launcher.py', 'filter']) await chmod(join(folder, name), 0o644);
  const child = spawn(options.python, ['-I', '-S', '-B', SUPERVISOR], {
    env: {},
    cwd: '/',
    // Killing the sandbox's process group must not take the record along.
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close').catch(() => undefined);
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= LONGEST_RECORD) chunks.push(chunk);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(settings(options, folder))}\n`);
  const stop = async (): Promise<void> => {
    // The end of its standard input ends it; so does the end of sbx.
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), LAST_WORD_MS);
    await closed;
    clearTimeout(timer);
  };
  const bond = options.isBound ? 'bound' : 'free';
  return {
    mounts: [{ source: folder, target: INSIDE_FOLDER }],
    launcher: [options.pythonInside, '-I', '-S', `${INSIDE_FOLDER}/launcher.py`, INSIDE_FOLDER, bond],
    read: async () => {
      await stop();
      return readJournal(Buffer.concat(chunks).toString('utf8'));
    },
    stop,
  };
}

function architecture(): 'x64' | 'arm64' {
  return process.arch === 'arm64' ? 'arm64' : 'x64';
}

/** The names are those that `supervisor.py` reads. */
function settings(options: NotifyOptions, folder: string): object {
  const machine = architecture();
  const { clone, socket } = CHECKED_CALLS[machine];
  const refused: Record<number, readonly [name: string, error: number]> = {
    [clone]: ['clone', ERRNO.EPERM],
    [socket]: ['socket', ERRNO.EAFNOSUPPORT],
  };
  for (const call of options.profile.denied) {
    const number = call[machine];
    if (number !== null) refused[number] = [call.name, ERRNO.EPERM];
  }
  const watched: Record<number, string> = { [CHECKED_CALLS[machine].sendto]: 'sendto' };
  const methods: Record<string, string> = {};
  for (const { name, method, ...call } of WATCHED_CALLS) {
    const number = call[machine];
    if (number !== null) watched[number] = name;
    if (method !== null) methods[name] = method;
  }
  return {
    socket: join(folder, 'socket'),
    leftovers: ['launcher.py', 'filter'].map((name) => join(folder, name)),
    phaseMark: PHASE_MARK,
    ownPhases: OWN_PHASES,
    user: options.user,
    insideUser: options.insideUser,
    isIsolated: options.isIsolated,
    relocated: options.relocations
      .map(({ from, to }) => [to, from])
      .sort(([one = ''], [other = '']) => other.length - one.length),
    quiet: options.showsTarget ? QUIET_BUT_TARGET : QUIET,
    refused,
    watched,
    methods,
  };
}

/**
 * Reads what the supervisor told: each event when it first happened, then how often and until when. A record without an end lost at least
 * one event, as nobody knows what came after.
 */
export function readJournal(text: string): Journal {
  const log = new EventLog();
  const told: Parameters<EventLog['add']>[0][] = [];
  let lost = 1;
  let hasBegun = false;
  for (const line of text.split('\n')) {
    const record = objectIn(line);
    if (record === null) continue;
    if (record['end'] === true) lost = countOf(record['lost']);
    else if (record['met'] === true) hasBegun = true;
    else if (record['again'] !== undefined) {
      const event = told[countOf(record['again'])];
      if (event !== undefined) {
        const allowed = event.allowed === true && record['allowed'] === true;
        told[countOf(record['again'])] = {
          ...event,
          allowed,
          last: countOf(record['last']),
          count: countOf(record['count']),
        };
      }
    } else {
      const kind = EVENT_KINDS.find((known) => known === record['kind']);
      if (kind === undefined || typeof record['phase'] !== 'string' || typeof record['detail'] !== 'string')
        continue;
      const allowed = record['allowed'] === true;
      told.push({
        kind,
        phase: record['phase'],
        detail: record['detail'],
        allowed,
        first: countOf(record['at']),
      });
    }
  }
  const isNamed = told.some(({ kind, detail }) => kind === 'dns' && detail !== UNNAMED);
  for (const event of told) if (event.kind !== 'dns' || event.detail !== UNNAMED || !isNamed) log.add(event);
  return { events: log.events(), lost: lost + log.lost, hasBegun };
}
