import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/sandbox/backend.ts';
import { readLandlockVersion } from '../../../src/sandbox/backends/landlock-version.ts';
import { launcherEnd } from '../../../src/sandbox/backends/launcher-report.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { processesWith } from './leftovers.ts';
import { describeWith } from './requirement.ts';
import { err, out, sample } from './sample.ts';

const signal = new AbortController().signal;
const MIB = 1024 * 1024;

async function python(program: string, changes: Parameters<typeof sample>[1] = {}): Promise<string> {
  const backend: Backend = await loadBackend('landlock');
  const result = await backend.run(sample(['python3', '-I', '-S', '-c', program], changes), signal);
  return out(result) + err(result);
}

await describeWith('landlock', 'behind Landlock', () => {
  it('speaks of the paths that the command was told', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'a.py'), 'import os; print(os.path.realpath(__file__), os.getcwd())');
    const backend = await loadBackend('landlock');
    const mounts = [{ source: folder, target: '/target' }];
    const result = await backend.run(sample(['python3', '/target/a.py'], { mounts }), signal);
    expect(out(result)).toBe('/target/a.py /tmp\n');
  });

  it('makes no socket but a pair that carries a stream', async () => {
    const said = await python(`
import socket
for family, kind in ((1, 1), (1, 2), (2, 1), (2, 2), (10, 1), (16, 3)):
    try: socket.socket(family, kind); print("made", family, kind)
    except OSError as error: print(error.errno, end=" ")
for kind in (1, 5, 2, 2 | 0o4000):
    try: socket.socketpair(1, kind); print("pair", kind, end=" ")
    except OSError as error: print(error.errno, end=" ")
`);
    expect(said).toBe('97 97 97 97 97 97 pair 1 pair 5 1 1 ');
  });

  it('reaches nothing shared by name, no other limits, and no process of the host', async () => {
    const said = await python(`
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for call in (lambda: libc.shmget(0x5bc, 4096, 0o1600), lambda: libc.msgget(0x5bc, 0o1600), lambda: libc.inotify_init1(0)):
    print(call(), ctypes.get_errno(), end=" ")
parent = os.getppid()
for call in (lambda: libc.kill(parent, 0), lambda: libc.prlimit(parent, 7, None, None)):
    print(call(), end=" ")
try: open("/proc/%d/cmdline" % parent); print("read")
except OSError as error: print(error.errno)
`);
    expect(said).toBe('-1 1 -1 1 -1 1 -1 -1 13\n');
  });

  it('keeps what leaves its session in the group that ends with it, and takes along what a finished command left', async () => {
    const seconds = 700_000 + Math.floor(Math.random() * 99_999);
    const said = await python(
      `
import os, subprocess, sys
group = os.getpgid(0)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", sys.argv[-1]])
    os._exit(0)
os.wait()
print(os.getpgid(0) == group)
`.replace('sys.argv[-1]', `"${seconds}"`),
    );
    expect(said).toBe('True\n');
    expect(processesWith(`sleep ${seconds}`)).toEqual([]);
  });

  it('ends a command by the signal that it sends to its own group', async () => {
    const backend = await loadBackend('landlock');
    const gentle = await backend.run(sample(['sh', '-c', 'kill -TERM 0; sleep 60']), signal);
    expect(gentle).toMatchObject({ exit: 143, signal: 'SIGTERM' });
  });

  it('ends a run that fills the disk', async () => {
    const backend = await loadBackend('landlock');
    const script =
      'i=0; while [ $i -lt 40 ]; do head -c 4194304 /dev/zero >/tmp/f$i; i=$((i+1)); sleep 0.1; done';
    const result = await backend.run(
      sample(['sh', '-c', script], { limits: { temporaryBytes: 16 * MIB, fileBytes: 8 * MIB } }),
      signal,
    );
    expect(result).toMatchObject({ exit: null, limitsHit: ['disk'] });
  });

  it('shows what lies below a folder that only root may enter, and leaves it as it is', async () => {
    const closed = temporaryFolder();
    const folder = join(closed, 'open');
    mkdirSync(folder);
    writeFileSync(join(folder, 'file'), 'shown');
    chmodSync(folder, 0o755);
    chmodSync(closed, 0o700);
    const program = `
import os
print(open("/target/file").read())
for attempt in (lambda: os.chmod("/target/file", 0o777), lambda: os.unlink("/target/file"), lambda: os.truncate("/target/file", 0)):
    try: attempt()
    except OSError: pass
`;
    const said = await python(program, { mounts: [{ source: folder, target: '/target' }] });
    expect(said).toBe('shown\n');
    const status = statSync(join(folder, 'file'));
    expect([status.mode & 0o777, status.size]).toEqual([0o644, 5]);
  });

  it('starts no program from where it may write', async () => {
    const script = 'cp /bin/true /tmp/mine && chmod 755 /tmp/mine && /tmp/mine';
    const backend = await loadBackend('landlock');
    const result = await backend.run(sample(['sh', '-c', script]), signal);
    expect(result.exit).toBe(126);
  });
});

describe('what a kernel says of Landlock', () => {
  it.each([
    ['7\n', 7],
    ['-1\n', null],
    ['0\n', null],
    ['', null],
    ['Traceback', null],
  ])('reads %j', (answer, version) => {
    expect(readLandlockVersion(answer)).toBe(version);
  });
});

describe("a launcher's last words", () => {
  const traits = { name: 'x', sharesGroup: true, help: () => 'do this' };
  const said = (text: string, ended: NodeJS.Signals | null = null): Parameters<typeof launcherEnd>[0] => ({
    collected: Buffer.from(text),
    signal: ended,
  });

  it('tell an exit from a death', () => {
    expect(launcherEnd(said('{"exit": 3}'), 0, traits)).toEqual({ exit: 3, signal: null });
    expect(launcherEnd(said('{"signal": 11}'), 0, traits)).toEqual({ exit: 139, signal: 'SIGSEGV' });
  });

  it('are missing when the command killed its group, or memory ran out; anything else is a failure', () => {
    const killed = { exit: 137, signal: 'SIGKILL' };
    expect(launcherEnd(said('', 'SIGKILL'), 0, traits)).toEqual(killed);
    expect(launcherEnd(said(''), 1, { ...traits, sharesGroup: false })).toEqual(killed);
    expect(() => launcherEnd(said('', 'SIGKILL'), 0, { ...traits, sharesGroup: false })).toThrow(/x sandbox/);
    expect(() => launcherEnd(said('{"error": "no"}'), 0, traits)).toThrow(/no/);
  });
});
