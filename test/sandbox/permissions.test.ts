import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.ts';
import type { BackendId } from '../../src/model/observation.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';
import { GUEST_FOLDER, INSIDE } from '../../src/sandbox/inside.ts';
import { ANYTHING, confined, permissionsOf, unenforced } from '../../src/sandbox/permissions.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { describeWith } from './backends/requirement.ts';
import { err, out, sample } from './backends/sample.ts';

const NO_DENIALS = { deny: {} };

function manifest(rest: Omit<Manifest, 'schema'>): Manifest {
  return { schema: 'sbx.manifest/1', ...rest };
}

describe('what a manifest permits', () => {
  it('is anything without one, or without a word on capabilities', () => {
    expect(permissionsOf(null, NO_DENIALS)).toEqual(ANYTHING);
    expect(permissionsOf(manifest({ resources: { pids: 5 } }), NO_DENIALS)).toEqual(ANYTHING);
  });

  it('is nothing where it declares none', () => {
    expect(permissionsOf(manifest({ capabilities: {}, syscalls: 'strict' }), NO_DENIALS)).toEqual({
      hosts: [],
      programs: [],
      writable: [],
      variables: [],
      syscalls: 'strict',
    });
  });

  it('is what it lists', () => {
    const capabilities = {
      'net.connect': ['api.example'],
      'proc.exec': ['git', '/usr/bin/env'],
      'env.read': ['MODE', '*_KEY', 'A B'],
      'fs.write': [
        '~/notes/**',
        '~/.config/app/a.json',
        '~/.apprc',
        '/tmp/x/*.txt',
        'out/**',
        '/**',
        '~/../../etc/',
      ],
    };
    expect(permissionsOf(manifest({ capabilities }), NO_DENIALS)).toEqual({
      hosts: ['api.example'],
      programs: ['git', '/usr/bin/env'],
      variables: ['MODE'],
      writable: ['/etc/', '/home/user/.apprc', '/home/user/.config/app/', '/home/user/notes/', '/tmp/x/'],
      syscalls: 'files-only',
    });
  });

  it('is any of what it declares as true, and none of what the policy denies', () => {
    const all = manifest({ capabilities: { 'proc.exec': true, 'fs.write': ['**'] } });
    expect(permissionsOf(all, NO_DENIALS)).toMatchObject({ programs: null, writable: null });
    expect(permissionsOf(all, { deny: { 'proc.exec': true } })).toMatchObject({
      programs: [],
      writable: null,
    });
    expect(permissionsOf(null, { deny: { 'fs.write': true } })).toMatchObject({
      programs: null,
      writable: [],
    });
  });

  it('never opens the network by itself', () => {
    expect(permissionsOf(manifest({ capabilities: { 'net.connect': true } }), NO_DENIALS).hosts).toEqual([]);
  });

  it('is said to be watched only where a backend cannot hold a program to it', async () => {
    expect(await unenforced({ ...ANYTHING, programs: [], syscalls: 'strict' }, 'gvisor')).toHaveLength(2);
    expect(await unenforced(ANYTHING, 'gvisor')).toEqual([]);
  });
});

/** Tries what the manifest of the tests allows, and what it does not. */
const PROGRAM = `
import os, socket, subprocess, sys
def attempt(name, action):
    try:
        action()
        print(name, "done")
    except OSError as error:
        print(name, "refused")
home = os.path.expanduser("~")
quiet = subprocess.DEVNULL
attempt("notes", lambda: open(home + "/notes/a.txt", "w").close())
attempt("file", lambda: open(home + "/.apprc", "w").close())
attempt("elsewhere", lambda: open(home + "/other.txt", "w").close())
attempt("moved", lambda: os.rename(home + "/notes/a.txt", home + "/other.txt"))
attempt("temporary", lambda: open(os.environ["TMPDIR"] + "/t", "w").close())
attempt("date", lambda: subprocess.run(["date"], stdout=quiet, check=True))
attempt("ls", lambda: subprocess.run(["ls"], stdout=quiet, check=True))
def child():
    program = "import os; os.execv('/bin/ls', ['ls'])"
    if subprocess.run([sys.executable, "-c", program], stdout=quiet, stderr=quiet).returncode != 0: raise OSError
attempt("child", child)
def memory():
    descriptor = os.memfd_create("x")
    os.write(descriptor, open("/bin/true", "rb").read())
    if os.spawnv(os.P_WAIT, "/proc/self/fd/%d" % descriptor, ["x"]) != 0: raise OSError
attempt("memory", memory)
attempt("own", lambda: subprocess.run([os.path.dirname(__file__) + "/own.sh"], check=True))
attempt("socket", lambda: socket.socket(socket.AF_UNIX).close())
attempt("pair", lambda: socket.socketpair()[0].close())
attempt("pipe", lambda: os.mkfifo(os.environ["TMPDIR"] + "/p"))
`;

const IDS: readonly BackendId[] = ['native', 'bubblewrap', 'docker', 'podman', 'firejail', 'landlock'];

for (const id of IDS) {
  await describeWith(id, `limits of a manifest in ${id}`, () => {
    async function run(rest: Omit<Manifest, 'schema'>): Promise<string[]> {
      const folder = temporaryFolder();
      chmodSync(folder, 0o755);
      writeFileSync(join(folder, 'try.py'), PROGRAM);
      writeFileSync(join(folder, 'own.sh'), '#!/usr/bin/env python3\n', { mode: 0o755 });
      const permissions = permissionsOf(manifest(rest), NO_DENIALS);
      const backend = await loadBackend(id);
      const result = await backend.run(
        sample(confined(['python3', '/target/try.py'], permissions, 'python3'), {
          mounts: [
            { source: folder, target: INSIDE.target },
            { source: GUEST_FOLDER, target: INSIDE.guest },
          ],
          syscalls: permissions.syscalls,
        }),
        new AbortController().signal,
      );
      expect(result.exit, err(result)).toBe(0);
      return out(result).trim().split('\n');
    }
    const refused = (lines: readonly string[]): string[] =>
      lines.flatMap((line) => (line.endsWith(' refused') ? [line.split(' ')[0]!] : []));

    it('lets a program do what it may, and nothing else', async () => {
      const lines = await run({
        capabilities: { 'fs.write': ['~/notes/**', '~/.apprc'], 'proc.exec': ['date', 'env'] },
      });
      expect(lines).toHaveLength(13);
      const strict = ['elsewhere', 'moved', 'ls', 'child', 'memory'];
      // No socket at all is what keeps it in where there are no namespaces.
      expect(refused(lines)).toEqual(id === 'landlock' ? [...strict, 'socket'] : strict);
    });

    it('refuses every socket, and tricks with memory and pipes, when system calls are strict', async () => {
      const lines = await run({ syscalls: 'strict' });
      expect(refused(lines)).toEqual(['notes', 'moved', 'memory', 'socket', 'pipe']);
    });
  });
}
