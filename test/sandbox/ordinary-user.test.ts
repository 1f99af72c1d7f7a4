import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { chmod, chown, cp, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendId } from '../../src/model/observation.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';

const ROOT = join(import.meta.dirname, '../..');
/** An account without rights, home folder's content or groups; the one that firejail is run as. */
const ACCOUNT = 'sbx-firejail';
const SETPRIV = '/usr/bin/setpriv';
const isRequired = process.env['CI'] === 'true';
const hasAccount = new RegExp(`^${ACCOUNT}:`, 'm').test(readFileSync('/etc/passwd', 'utf8'));
/** Becoming somebody else takes root, and somebody to become. */
const canBecome = process.getuid?.() === 0 && (hasAccount || isRequired);
/** Each backend, and as whom its programs run: what is here; in CI all of them have to be. */
const CASES: (readonly [id: BackendId, user: string])[] = [];
for (const [id, inside] of [
  ['native', '65534'],
  ['bubblewrap', '65534'],
  ['landlock', 'own'],
  ['firejail', 'own'],
  ['docker', 'own'],
] as const) {
  if (isRequired || (await (await loadBackend(id)).probe()).available) CASES.push([id, inside]);
}

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program, a home folder of its own, and what an ordinary user starts it with. */
let folder: string;
let program: string;
let home: string;
let target: string;

async function user(args: readonly string[], groups: readonly string[] = []): Promise<Outcome> {
  const become = groups.length === 0 ? ['--clear-groups'] : ['--groups', groups.join(',')];
  const id = await idOf();
  const environment = {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin',
    HOME: home,
    SBX_CACHE_DIR: join(home, 'cache'),
    ...(process.env['DOCKER_HOST'] === undefined ? {} : { DOCKER_HOST: process.env['DOCKER_HOST'] }),
  };
  return new Promise((resolve) => {
    execFile(
      SETPRIV,
      [`--reuid=${id}`, `--regid=${id}`, ...become, process.execPath, program, ...args],
      { env: environment, cwd: '/', timeout: 60_000 },
      (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
      },
    );
  });
}

async function idOf(): Promise<number> {
  return new Promise((resolve, reject) => {
    execFile('id', ['-u', ACCOUNT], (error, stdout) => {
      if (error === null) resolve(Number(stdout));
      else reject(new Error(`no account ${ACCOUNT}`));
    });
  });
}

/** What can be tried from inside without harm, and has to fail. */
const TRIES = `
id -u
cat /target/file
echo x >"$TMPDIR/x" && echo written
echo x 2>/dev/null >/usr/x || echo closed
echo x 2>/dev/null >/target/file || echo kept
head -c 1 /etc/shadow 2>/dev/null || echo hidden
ls "$1" 2>/dev/null || echo away
`;

describe.skipIf(!canBecome)(`started by an ordinary user [needs root, and the account ${ACCOUNT}]`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sbx-test-'));
    await chmod(folder, 0o755);
    home = join(folder, 'home');
    await mkdir(home, { mode: 0o700 });
    await chown(home, await idOf(), await idOf());
    const copy = join(folder, 'program');
    // The checkout may lie where only root may go.
    for (const name of ['bin', 'dist', 'package.json', 'manifests', 'rules']) {
      if (existsSync(join(ROOT, name))) await cp(join(ROOT, name), join(copy, name), { recursive: true });
    }
    // The libraries that are not in the bundle; too large to copy, and readable where the checkout is.
    await symlink(await realpath(join(ROOT, 'node_modules')), join(copy, 'node_modules'));
    program = join(copy, 'bin', 'sbx.js');
    target = join(folder, 'target');
    await mkdir(target);
    await writeFile(join(target, 'file'), 'shown\n');
    await mkdir(join(home, 'private'), { mode: 0o700 });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    expect(existsSync('/usr/x')).toBe(false);
  });

  it.each(CASES)('%s contains', { timeout: 60_000 }, async (id, expected) => {
    // Who may speak to the daemon is a group's matter.
    const socket = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');
    const groups = id === 'docker' ? [String(statSync(socket).gid)] : [];
    const command = ['run', target, '--backend', id, '--', 'sh', '-c', TRIES, 'sh', join(home, 'private')];
    const { status, stdout, stderr } = await user(command, groups);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const inside = expected === 'own' ? String(await idOf()) : expected;
    expect(stdout.trim().split('\n')).toEqual([
      inside,
      'shown',
      'written',
      'closed',
      'kept',
      'hidden',
      'away',
    ]);
  });

  it('without its group, docker is not there, and podman is where limits would be ignored', async () => {
    const { stdout } = await user(['doctor', '--format', 'json']);
    const { backends } = JSON.parse(stdout) as {
      backends: { id: string; available: boolean; reason: string; guarantees: Record<string, string> }[];
    };
    const of = (id: string): (typeof backends)[number] | undefined => backends.find((each) => each.id === id);
    expect(of('docker')).toMatchObject({
      available: false,
      reason: expect.stringContaining('does not answer') as string,
    });
    if (!existsSync('/sys/fs/cgroup/cgroup.controllers')) {
      const podman = of('podman');
      expect(podman).toMatchObject({
        available: false,
        reason: expect.stringContaining('ignores every limit') as string,
      });
      expect(new Set(Object.values(podman?.guarantees ?? {}))).toEqual(new Set(['absent']));
    }
  });

  it('bounds processes and memory without a control group', { timeout: 60_000 }, async () => {
    const bomb = `
import os, sys, time
made = 0
try:
    for _ in range(200):
        if os.fork() == 0: time.sleep(20); os._exit(0)
        made += 1
except OSError: pass
print(made < 100)
sys.stdout.flush()
try: block = bytearray(900 * 1024 * 1024); print("all of it")
except MemoryError: print("refused")
`;
    for (const id of ['native', 'bubblewrap']) {
      const { stdout } = await user(['run', target, '--backend', id, '--', 'python3', '-c', bomb]);
      expect(stdout).toBe('True\nrefused\n');
    }
  });

  it.each(['native', 'firejail'] as const)(
    'has its system calls recorded, and reads of decoys seen from outside, on %s',
    { timeout: 120_000 },
    async (id) => {
      const skill = join(folder, `skill-${id}`);
      await mkdir(join(skill, 'scripts'), { recursive: true });
      const text = '---\nname: reader\ndescription: Reads.\n---\nRun `sh scripts/read.sh`.\n';
      await writeFile(join(skill, 'SKILL.md'), text);
      await writeFile(join(skill, 'scripts', 'read.sh'), 'cat ~/.ssh/id_r* >/dev/null\n');
      const { stdout } = await user(['vet', skill, '--backend', id, '--format', 'json']);
      const { stages, observations } = JSON.parse(stdout) as {
        stages: { id: string; tools: object[] }[];
        observations: { runs: { events: { kind: string; detail: string }[] }[] };
      };
      expect(stages.find((stage) => stage.id === 'sandbox')?.tools).toEqual(
        expect.arrayContaining([
          { id: 'recorder', version: 'notify', status: 'ok' },
          { id: 'decoy witness', version: 'inotify', status: 'ok' },
        ]),
      );
      const events = observations.runs.flatMap((run) => run.events);
      expect(events).toContainEqual(expect.objectContaining({ kind: 'decoy', detail: '~/.ssh/id_rsa' }));
    },
  );
});
