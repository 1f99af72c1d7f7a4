import { mkdirSync, mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import type { Backend } from '../../../src/sandbox/backend.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { decoyFiles } from '../../../src/sandbox/recorder/inotify/decoy-reads.ts';
import { startDecoyWitness } from '../../../src/sandbox/recorder/inotify/decoy-witness.ts';
import type { Sightings } from '../../../src/sandbox/recorder/inotify/sightings.ts';
import { makeDecoys, writeHome } from '../../../src/sandbox/decoys/decoys.ts';
import { describeWith } from '../backends/requirement.ts';
import { err, out, sample } from '../backends/sample.ts';
import { readerProgram } from './reader-program.ts';

const IDS: readonly BackendId[] = ['native', 'bubblewrap', 'docker', 'podman', 'firejail', 'landlock'];
const signal = new AbortController().signal;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs a command in a home folder with decoys, without a recorder, and gives what was seen from outside. */
async function watch(
  backend: Backend,
  command: readonly string[],
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<{ sightings: Sightings; output: string; exit: number | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-test-witness-'));
  folders.push(folder);
  chmodSync(folder, 0o755);
  const [home, target] = [join(folder, 'home'), join(folder, 'target')];
  for (const each of [home, target]) mkdirSync(each, { mode: 0o755 });
  const decoys = makeDecoys();
  writeHome(decoys, home);
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(target, name), content, { mode: 0o755 });
  const witness = await startDecoyWitness(
    '/usr/bin/python3',
    join(folder, 'witness'),
    home,
    decoyFiles(decoys.decoys),
  );
  const result = await backend.run(
    sample(command, {
      mounts: [...witness.mounts, { source: target, target: '/target' }],
      copies: [{ source: home, target: '/home/user', gate: witness.gate! }],
      environment: { HOME: '/home/user', DECOYS: '/home/user', ORIGINALS: '/run/sbx/original/0' },
    }),
    signal,
  );
  return { sightings: await witness.end([]), output: out(result) + err(result), exit: result.exit };
}

const PYTHON = ['python3', '-I', '-S', '-B', '-c'];

/** Reads under every name but the file's own, by no function of the C library, and where the home folder is copied from. */
const HIDDEN_READS = `
import ctypes, mmap, os, platform
home, tmp = os.environ["DECOYS"], os.environ["TMPDIR"]
libc = ctypes.CDLL(None)
x64 = platform.machine() == "x86_64"
path = (home + "/.ssh/id_rsa").encode()
number = libc.syscall(2, path, 0) if x64 else libc.syscall(56, -100, path, 0)
libc.syscall(0 if x64 else 63, number, ctypes.create_string_buffer(64), 64)
os.symlink(home + "/.aws/credentials", tmp + "/harmless")
open(tmp + "/harmless").read()
os.link(home + "/.netrc", home + "/notes.txt")
open(home + "/notes.txt").read()
os.rename(home + "/.npmrc", home + "/moved")
open(home + "/moved").read()
open(os.environ["ORIGINALS"] + "/.ssh/id_ed25519").read()
with open(home + "/.pypirc", "rb") as file:
    print(len(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:]) > 0)
`;

/** Looks, and writes, and reads what is no secret. */
const HONEST = `
import os
home, tmp = os.environ["DECOYS"], os.environ["TMPDIR"]
for folder, _, names in os.walk(home):
    for name in names:
        os.stat(os.path.join(folder, name))
        os.access(os.path.join(folder, name), os.R_OK)
open(home + "/.profile", "a").write("# mine")
open(tmp + "/out", "w").write("x")
print(open(tmp + "/out").read())
`;

for (const id of IDS) {
  await describeWith(id, `the second witness of ${id}`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await loadBackend(id);
    });

    it('sees decoys that are read in hidden ways, without any recorder', async () => {
      const { sightings, output } = await watch(backend, [...PYTHON, HIDDEN_READS]);
      expect(output).toBe('True\n');
      expect(sightings.limitation).toBeNull();
      expect(sightings.reads.map(({ file }) => file).sort()).toEqual([
        '.aws/credentials',
        '.netrc',
        '.npmrc',
        '.pypirc',
        '.ssh/id_ed25519',
        '.ssh/id_rsa',
      ]);
    });

    it.skipIf(process.arch !== 'x64')('sees what a program without a C library reads', async () => {
      const { sightings, output, exit } = await watch(backend, ['/target/reader', '/home/user/.ssh/id_rsa'], {
        reader: readerProgram(),
      });
      expect({ output, exit }).toEqual({ output: '', exit: 45 });
      expect(sightings).toMatchObject({ limitation: null, reads: [{ file: '.ssh/id_rsa', count: 1 }] });
    });

    it('sees nothing where an honest program looks around and writes', async () => {
      const { sightings, output } = await watch(backend, [...PYTHON, HONEST]);
      expect(output).toBe('x\n');
      expect(sightings).toEqual({ reads: [], limitation: null });
    });
  });
}
