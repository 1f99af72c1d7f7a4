import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { isIndexUnknown } from './backends.ts';
import { messagesOf, unfinishedStages } from './vetting.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/sbx.js', import.meta.url));
const GRID_WORLD = fileURLToPath(new URL('../../fixtures/envs/gridworld-benign', import.meta.url));

/** What a plain machine does not have. */
const HIDDEN = ['docker', 'podman', 'runsc', 'bwrap', 'firejail', 'strace', 'osv-scanner', 'pip-audit'];

/**
 * Runs the built sbx where those programs cannot be found: with a file that is no program mounted over each, in a mount namespace of
 * its own, since sbx looks into the system's folders whatever PATH says.
 */
async function onBareMachine(
  cache: string,
  ...args: readonly string[]
): Promise<{ status: number; stdout: string; stderr: string }> {
  const script = `for name in ${HIDDEN.join(' ')}; do
  for folder in /usr/bin /usr/sbin /usr/local/bin $(echo "$PATH" | tr : ' '); do
    if [ -e "$folder/$name" ]; then mount --bind /dev/null "$(readlink -f "$folder/$name")" || exit 99; fi
  done
done
exec "$@"`;
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const words = [...asRoot, '--mount', 'sh', '-c', script, 'sh', process.execPath, PROGRAM, ...args];
  const env = {
    ...process.env,
    SBX_CACHE_DIR: cache,
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    DOCKER_HOST: undefined,
  };
  return new Promise((resolve) => {
    execFile('unshare', words, { env, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe.skipIf(isIndexUnknown)('first use on a machine without tools [needs the package index]', () => {
  it('asks for `sbx setup`, and approves the grid world after it, with every stage done', async () => {
    const cache = join(temporaryFolder(), 'cache');
    const doctor = await onBareMachine(cache, 'doctor', '--format', 'json');
    const { backends, tools } = JSON.parse(doctor.stdout) as Record<
      'backends' | 'tools',
      { id: string; available: boolean }[]
    >;
    // Pyodide comes with the checkout, for the tests.
    const here = backends.filter(({ available }) => available).map(({ id }) => id);
    expect(here).toEqual(['native', 'landlock', 'wasm']);
    const found = tools.filter(({ available }) => available).map(({ id }) => id);
    expect(found.filter((id) => HIDDEN.includes(id))).toEqual([]);

    const before = await onBareMachine(cache, 'vet', GRID_WORLD, '--format', 'json');
    const unprepared = JSON.parse(before.stdout) as Report;
    expect(before.status).toBe(4);
    expect(unprepared.verdict.decision).toBe('incomplete');
    expect(messagesOf(unprepared).join('\n')).toMatch(/^gymnasium is not installed .*: run `sbx setup`/m);
    expect(before.stderr).toContain('run `sbx setup`');

    const setup = await onBareMachine(cache, 'setup');
    expect({ status: setup.status, stderr: setup.stderr }).toEqual({ status: 0, stderr: '' });

    const after = await onBareMachine(cache, 'vet', GRID_WORLD, '--format', 'json');
    const prepared = JSON.parse(after.stdout) as Report;
    expect(unfinishedStages(prepared)).toEqual([]);
    expect(prepared.verdict).toEqual({ decision: 'approve', reasons: [] });
    expect(after.status).toBe(0);
    expect(prepared.stages.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'manifest done',
      'static done',
      'deps done',
      'sandbox done',
    ]);
    expect(prepared.observations.backend).toBe('native');
  }, 300_000);
});
