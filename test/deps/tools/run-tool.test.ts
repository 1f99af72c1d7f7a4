import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runTool } from '../../../src/deps/tools/run-tool.ts';
import { endOf, lastLine, stoppedRun } from '../../../src/deps/tools/tool-failure.ts';
import { isAlive, outputOf, plantTool } from './fake-tool.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbx-test-run-'));
  await mkdir(join(folder, 'empty'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function run(script: string, deadlineMs = 10_000, signal = new AbortController().signal) {
  await plantTool(folder, 'fake', script);
  return runTool({
    path: join(folder, 'bin', 'fake'),
    arguments: [],
    folder: join(folder, 'empty'),
    deadlineMs,
    signal,
  });
}

async function pidIn(name: string): Promise<number> {
  return Number(await readFile(join(folder, name), 'utf8'));
}

describe('a run', () => {
  it('tells exit status and both outputs', async () => {
    expect(await run('echo out; echo err >&2; exit 7')).toEqual(
      outputOf({ exit: 7, stdout: 'out\n', stderr: 'err\n' }),
    );
  });

  it('keeps proxies and certificates of the environment, and nothing else', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.example:3128');
    vi.stubEnv('SSL_CERT_FILE', '/certs/ca.pem');
    vi.stubEnv('DECOY_TOKEN', 'decoy');
    vi.stubEnv('PYTHONPATH', '/decoy');
    vi.stubEnv('LD_PRELOAD', '');
    const { stdout } = await run('env');
    expect(stdout).toContain('HTTPS_PROXY=http://proxy.example:3128\n');
    expect(stdout).toContain('SSL_CERT_FILE=/certs/ca.pem\n');
    expect(stdout).toContain(`HOME=${folder}/empty\n`);
    expect(stdout).not.toMatch(/decoy|LD_PRELOAD|npm_|VITEST/i);
  });

  it('happens in an empty folder, with nothing on standard input', async () => {
    expect((await run('pwd; ls -A; cat')).stdout).toBe(`${folder}/empty\n`);
  });

  it('is ended at the deadline with its whole group', async () => {
    const output = await run(
      `echo half; sleep 300 & echo $! > ${folder}/child; echo $$ > ${folder}/self; wait`,
      700,
    );
    expect(output).toMatchObject({ isTimedOut: true, exit: null, stdout: 'half\n' });
    expect([isAlive(await pidIn('self')), isAlive(await pidIn('child'))]).toEqual([false, false]);
  });

  it('is not waited for when a child that left the group holds the output', async () => {
    const started = performance.now();
    const output = await run(`setsid sleep 30 & echo $! > ${folder}/child; exit 0`, 700);
    expect(output.isTimedOut).toBe(true);
    expect(performance.now() - started).toBeLessThan(10_000);
    process.kill(await pidIn('child'), 'SIGKILL');
  });

  it('is ended when it writes without end', async () => {
    const output = await run(
      `echo $$ > ${folder}/self; exec yes 0123456789012345678901234567890123456789`,
      60_000,
    );
    expect(output).toMatchObject({ isOverflowing: true, isTimedOut: false });
    expect(output.stdout.length).toBeLessThanOrEqual(64 * 1024 ** 2);
    expect(isAlive(await pidIn('self'))).toBe(false);
  });

  it('is ended when it complains without end', async () => {
    expect(await run('exec yes complaint >&2', 60_000)).toMatchObject({ isOverflowing: true });
  });

  it('that is killed says by what', async () => {
    expect(await run('kill -9 $$')).toMatchObject({ exit: null, endedBy: 'SIGKILL' });
  });

  it('of something that cannot be started says so', async () => {
    const { signal } = new AbortController();
    const common = { arguments: [], folder: join(folder, 'empty'), deadlineMs: 1_000, signal };
    const { startError } = await runTool({ path: join(folder, 'none'), ...common });
    expect(startError).toContain('ENOENT');
  });
});

describe('the words for how a run ended', () => {
  it('give exit status and last error, not the advice after it', () => {
    expect(endOf(outputOf({ exit: 127, stderr: 'Scanning\nError: no such flag\nSee --help\n' }))).toBe(
      'exit 127: Error: no such flag',
    );
    expect(endOf(outputOf({ exit: null, endedBy: 'SIGSEGV', stderr: '' }))).toBe(
      'ended by SIGSEGV: no message',
    );
  });

  it('are the same in every run: no places in memory, no temporary folders', () => {
    expect(lastLine('at <obj 0x7f3a11b2c4d0>: /tmp/a/sbx-deps-Xy12_z/db/x.zip is broken')).toBe(
      'at <obj 0x…>: db/x.zip is broken',
    );
  });

  it('tell a deadline from a flood', () => {
    expect(stoppedRun(outputOf({ isTimedOut: true, stderr: 'querying' }), 60_000)).toMatchObject({
      status: 'timeout',
      message: 'did not end within 60 s and was stopped: querying',
    });
    expect(stoppedRun(outputOf({ isOverflowing: true }), 1)).toMatchObject({ status: 'failed' });
    expect(stoppedRun(outputOf({ startError: 'spawn x EACCES' }), 1)).toMatchObject({
      status: 'failed',
      message: 'could not be started: spawn x EACCES',
    });
    expect(stoppedRun(outputOf({}), 1)).toBeNull();
  });
});
