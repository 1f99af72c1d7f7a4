import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SbxError } from '../../../src/errors.ts';
import { OFFLINE_WORLD } from '../../../src/sandbox/world.ts';
import type { BackendId, Guarantee } from '../../../src/model/observation.ts';
import type { Backend } from '../../../src/sandbox/backend.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { ATTACKS } from '../../../src/sandbox/proof/attacks.ts';
import { judge, shortfalls, type Check } from '../../../src/sandbox/proof/checks.ts';
import { layBait, type Bait } from '../../../src/sandbox/proof/bait.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { provenOnPage } from '../proof-page.ts';
import { containersOf, foldersOf, processesWith } from './leftovers.ts';
import { describeWith } from './requirement.ts';
import { err, out, sample } from './sample.ts';

/** Engines that answer here, whose containers have to be gone as well. */
const ENGINES: ('docker' | 'podman')[] = [];
for (const engine of ['docker', 'podman'] as const) {
  if ((await (await loadBackend(engine)).probe()).available) ENGINES.push(engine);
}

const IDS: readonly BackendId[] = [
  'native',
  'bubblewrap',
  'firejail',
  'docker',
  'gvisor',
  'podman',
  'landlock',
];

/** What an attack broke on every machine this was tried on, though the backend offers the guarantee: `doctor` says so, too. */
const KNOWN: Partial<Record<BackendId, readonly string[]>> = {
  // Without namespaces the host's files can be asked for by name.
  landlock: ['host-files: names'],
};

/** Attacks that are not tried where what they are about is not offered. */
const ABSENT: Readonly<Record<string, readonly Guarantee[]>> = {
  attackDisk: ['disk'],
  attackPids: ['pids'],
};

for (const id of IDS) {
  await describeWith(id, `the ${id} backend`, () => {
    let backend: Backend;
    let bait: Bait;
    const signal = new AbortController().signal;

    beforeAll(async () => {
      backend = await loadBackend(id);
      bait = await layBait();
    });
    afterAll(async () => {
      await bait.remove();
    });

    it('hands on the exit status, both outputs and standard input', async () => {
      const result = await backend.run(
        sample(['sh', '-c', 'cat; echo oops >&2; exit 7'], { stdin: Buffer.from('hello') }),
        signal,
      );
      expect(result).toMatchObject({ exit: 7, signal: null, limitsHit: [], outputTruncated: false });
      expect(out(result)).toBe('hello');
      expect(err(result)).toBe('oops\n');
    });

    it('does not give away the /dev/null of the host', async () => {
      // Each change of owner or mode shows here, also one to the same owner.
      const changed = (): number => statSync('/dev/null').ctimeMs;
      const before = changed();
      expect((await backend.run(sample(['cat']), signal)).exit).toBe(0);
      expect(changed()).toBe(before);
    });

    it('shows the host name, account and variables of the world that it is given', async () => {
      const world = { ...OFFLINE_WORLD, hostName: 'build-7', userName: 'deploy', variables: { CI: 'true' } };
      const { stdout } = await backend.run(
        sample(['sh', '-c', 'uname -n; echo "$USER $CI"; id -un'], { world }),
        signal,
      );
      const [host, variables, name] = Buffer.from(stdout).toString('utf8').trim().split('\n');
      expect(variables).toBe('deploy true');
      // Landlock has no names of its own.
      if (id !== 'landlock') expect(host).toBe('build-7');
      // Nor has firejail accounts of its own; only what the environment says is the world's.
      if (id !== 'firejail' && id !== 'landlock') expect(name).toBe('deploy');
    });

    it('tells a crash from an exit', async () => {
      const result = await backend.run(sample(['sh', '-c', 'kill -SEGV $$']), signal);
      expect(result).toMatchObject({ exit: 139, signal: 'SIGSEGV' });
    });

    it.each([
      ['Error: no such thing', 1],
      ['sbx-start: cannot read the folder', 125],
      ['error: running container: starting container: no', 128],
    ])('takes no word of the command for one of its own: %s', async (words, exit) => {
      const script = `echo "${words}" >&2; exit ${exit}`;
      const result = await backend.run(sample(['sh', '-c', script]), signal);
      expect(result).toMatchObject({ exit, signal: null });
      expect(err(result)).toContain(words);
    });

    it('says 127 for a program that is not there', async () => {
      const result = await backend.run(sample(['no-such-program']), signal);
      expect(result.exit).toBe(127);
      expect(err(result)).toContain('no-such-program');
    });

    it('shows mounts read-only and copies writable, and changes neither on the host', async () => {
      const folder = temporaryFolder();
      // Inside it is another user's.
      chmodSync(folder, 0o755);
      mkdirSync(join(folder, 'sub'));
      writeFileSync(join(folder, 'sub', 'file'), 'original');
      const script =
        'cat /target/sub/file /home/user/sub/file && echo changed >/home/user/sub/file && ! echo x 2>/dev/null >/target/new';
      const result = await backend.run(
        sample(
          [
            'sh',
            '-c',
            script.replaceAll('/target', '"$1"').replaceAll('/home/user', '"$2"'),
            'sh',
            '/target',
            '/home/user',
          ],
          {
            mounts: [{ source: folder, target: '/target' }],
            copies: [{ source: folder, target: '/home/user' }],
          },
        ),
        signal,
      );
      expect(err(result)).toBe('');
      expect(result.exit).toBe(0);
      expect(out(result)).toBe('originaloriginal');
      expect(readFileSync(join(folder, 'sub', 'file'), 'utf8')).toBe('original');
    });

    it('gives the command a small environment of its own', async () => {
      process.env['SBX_TEST_SECRET'] = 'do-not-leak';
      const result = await backend.run(sample(['env'], { environment: { ASKED_FOR: 'yes' } }), signal);
      delete process.env['SBX_TEST_SECRET'];
      expect(out(result)).toContain('ASKED_FOR=yes');
      expect(out(result)).not.toContain('do-not-leak');
      expect(out(result)).toMatch(/^HOME=/m);
    });

    it('refuses to start with a copy that it cannot read', async () => {
      const folder = temporaryFolder();
      const command = sample(['true'], { copies: [{ source: folder, target: '/home/user' }] });
      // As root the command is another user; as anybody else it is oneself.
      const isReadable = process.getuid?.() !== 0;
      const result = backend.run(command, signal);
      if (isReadable) expect((await result).exit).toBe(0);
      else await expect(result).rejects.toMatchObject({ kind: 'sandbox', code: 'start-failed' });
    });

    it('refuses a mount that is not there as a failure of the sandbox', async () => {
      const command = sample(['true'], { mounts: [{ source: '/nonexistent/folder', target: '/target' }] });
      await expect(backend.run(command, signal)).rejects.toMatchObject({ kind: 'sandbox' });
    });

    it('stops in the middle when asked, and leaves nothing', async () => {
      const abort = new AbortController();
      const seconds = 800_000 + Math.floor(Math.random() * 99_999);
      const script = `trap "" TERM INT; setsid sleep ${seconds} & sleep ${seconds}`;
      const running = backend.run(sample(['sh', '-c', script]), abort.signal);
      setTimeout(() => {
        abort.abort();
      }, 900);
      const error: unknown = await running.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(SbxError);
      expect(error).toMatchObject({ kind: 'interrupted' });
      expect(processesWith(`sleep ${seconds}`)).toEqual([]);
      // The bait's own folder is the one that stays.
      expect(foldersOf(process.pid)).toHaveLength(1);
      for (const engine of ENGINES) expect(containersOf(process.pid, engine)).toEqual([]);
    });

    const answered: Check[] = [];
    for (const attack of ATTACKS) {
      it(`holds against ${attack.name}`, { timeout: 120_000 }, async () => {
        const checks = await attack({ backend, bait, signal });
        answered.push(...checks);
        const isOffered = !ABSENT[attack.name]?.some((guarantee) => backend.offers[guarantee] === 'absent');
        expect(checks.length > 0).toBe(isOffered);
        const broken = checks.filter(
          ({ guarantee, outcome }) =>
            (outcome === 'broken' || outcome === 'untried') && backend.offers[guarantee] !== 'absent',
        );
        expect(broken.map(({ guarantee, name }) => `${guarantee}: ${name}`)).toEqual(
          (KNOWN[id] ?? []).filter((line) =>
            checks.some(({ guarantee, name }) => line === `${guarantee}: ${name}`),
          ),
        );
      });
    }

    it('was asked everything', () => {
      const missing = shortfalls(backend.offers, answered).filter((line) =>
        line.startsWith('could not be tried'),
      );
      expect(missing).toEqual([]);
    });

    it('has proven what docs/sandbox.md says of it', () => {
      const said = provenOnPage()[id];
      expect(said).toBeDefined();
      // The page was written as root; what an ordinary user can have is less.
      if (process.getuid?.() === 0) expect(judge(backend.offers, answered)).toEqual(said);
    });
  });
}
