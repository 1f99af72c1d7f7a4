import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SbxError } from '../../../src/errors.ts';
import { runscBackend } from '../../../src/sandbox/backends/runsc.ts';
import { ATTACKS } from '../../../src/sandbox/proof/attacks.ts';
import { layBait, type Bait } from '../../../src/sandbox/proof/bait.ts';
import { sbx } from '../../support/sbx.ts';
import { temporaryFolder, writeTree } from '../../support/temporary.ts';
import { foldersOf, processesWith } from './leftovers.ts';
import { err, out, sample } from './sample.ts';

const { available, reason } = await runscBackend.probe();
const isRequired = process.env['CI'] === 'true';
const signal = new AbortController().signal;

describe.skipIf(!available && !isRequired)(`gVisor without docker [needs runsc: ${reason}]`, () => {
  let bait: Bait;
  beforeAll(async () => {
    bait = await layBait();
  });
  afterAll(async () => {
    await bait.remove();
  });

  it('hands on the exit status, both outputs and standard input', async () => {
    const command = sample(['sh', '-c', 'cat; echo oops >&2; exit 7'], { stdin: Buffer.from('hello') });
    const result = await runscBackend.run(command, signal);
    expect(result).toMatchObject({ exit: 7, signal: null, limitsHit: [] });
    expect([out(result), err(result)]).toEqual(['hello', 'oops\n']);
  });

  it('tells a crash from an exit, and a missing program from both', async () => {
    expect(await runscBackend.run(sample(['sh', '-c', 'kill -SEGV $$']), signal)).toMatchObject({
      exit: 139,
    });
    expect((await runscBackend.run(sample(['no-such-program']), signal)).exit).toBe(127);
  });

  it('shows mounts read-only and copies writable', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub', 'file'), 'original');
    const script =
      'cat /target/sub/file && echo changed >/home/user/sub/file && ! echo x 2>/dev/null >/target/new; uname -n; id -un';
    const result = await runscBackend.run(
      sample(['sh', '-c', script], {
        mounts: [{ source: folder, target: '/target' }],
        copies: [{ source: folder, target: '/home/user' }],
      }),
      signal,
    );
    expect(out(result) + err(result)).toBe('originalsandbox\nuser\n');
  });

  it('has no images', async () => {
    const running = runscBackend.run(sample(['true'], { image: 'python:3.12-slim' }), signal);
    await expect(running).rejects.toMatchObject({ kind: 'sandbox', code: 'image-needs-docker' });
  });

  it('stops in the middle when asked, and leaves nothing', async () => {
    const abort = new AbortController();
    const seconds = 800_000 + Math.floor(Math.random() * 99_999);
    const command = sample(['sh', '-c', `trap "" TERM INT; setsid sleep ${seconds} & sleep ${seconds}`]);
    const running = runscBackend.run(command, abort.signal);
    setTimeout(() => {
      abort.abort();
    }, 1500);
    const error: unknown = await running.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SbxError);
    // Gofer and sentry name their state folder, which names its owner.
    const own = new RegExp(`sbx-\\d+-${process.pid}-\\d+-[0-9a-f]{12}/state`);
    expect(processesWith('/state').filter((line) => own.test(line))).toEqual([]);
    expect(foldersOf(process.pid)).toHaveLength(1);
  });

  for (const attack of ATTACKS) {
    it(`holds against ${attack.name}`, { timeout: 120_000 }, async () => {
      const checks = await attack({ backend: runscBackend, bait, signal });
      expect(checks.length).toBeGreaterThan(0);
      const broken = checks.filter(({ outcome }) => outcome === 'broken' || outcome === 'untried');
      expect(broken.map(({ guarantee, name }) => `${guarantee}: ${name}`)).toEqual([]);
    });
  }

  it('is what `--backend gvisor` takes where no daemon answers', async () => {
    const target = writeTree({ file: 'shown\n' });
    const { status, stdout } = await sbx(['run', target, '--backend', 'gvisor', '--', 'cat', 'file'], {
      environment: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'shown\n' });
  });
});
