import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openIndex } from '../../../src/deps/advisories/database.ts';
import { matchEmbedded } from '../../../src/deps/embedded.ts';
import { judgeOsvRun, runOsvScanner } from '../../../src/deps/tools/osv-scanner.ts';
import type { Reported } from '../../../src/deps/reported.ts';
import type { ToolOutput } from '../../../src/deps/tools/run-tool.ts';
import { runTools } from '../../../src/deps/tools/audit-tools.ts';
import { drawPins, pinOf } from '../pins.ts';
import { isToolAbsent } from '../require-tool.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbx-test-osv-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function context(signal = new AbortController().signal) {
  return { folder, online: false, signal };
}

function output(changed: Partial<ToolOutput>): ToolOutput {
  return {
    exit: 0,
    stdout: '{"results":[]}',
    stderr: '',
    isTimedOut: false,
    isOverflowing: false,
    startError: null,
    ...changed,
  };
}

/** Puts a shell script in the place of a tool. */
async function plant(name: string, script: string): Promise<void> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, name), 0o755);
  vi.stubEnv('SBX_TOOLS_BIN', bin);
}

describe('judging a run', () => {
  it.each([
    ['clean', {}, 'ok'],
    ['nothing found at all', { stdout: '{"results":null}' }, 'ok'],
    ['found some', { exit: 1 }, 'ok'],
    ['a broken lock', { exit: 1, stderr: 'Error during extraction: (extracting as x) y: bad' }, 'partial'],
    ['no database', { exit: 127, stderr: 'could not load db for npm ecosystem' }, 'partial'],
    ['no database, and clean', { exit: 0, stderr: 'could not load db for npm ecosystem' }, 'partial'],
    ['another failure with output', { exit: 127, stderr: 'odd' }, 'partial'],
    ['no packages', { exit: 128, stdout: '' }, 'failed'],
    ['bad configuration in the tree', { exit: 130 }, 'failed'],
    ['garbage', { stdout: 'garbage' }, 'failed'],
    ['JSON of another kind', { stdout: '{}' }, 'failed'],
    ['half of it', { stdout: '{"results":[' }, 'failed'],
    ['killed', { exit: null, stdout: '' }, 'failed'],
    ['too slow', { isTimedOut: true }, 'timeout'],
    ['endless', { isOverflowing: true }, 'failed'],
    ['not startable', { startError: 'EACCES' }, 'failed'],
  ] as const)('%s', async (_, changed, status) => {
    expect(await judgeOsvRun(output(changed))).toMatchObject({ status, reports: [] });
  });
});

describe('a tool that misbehaves', () => {
  const pins = [pinOf('PyPI', 'flask', '1.0.0')];

  async function audit(signal?: AbortSignal) {
    return runOsvScanner(pins, await matchEmbedded(pins), context(signal));
  }

  it('is missing: says how to install it', async () => {
    vi.stubEnv('PATH', '/nonexistent:.:');
    vi.stubEnv('SBX_TOOLS_BIN', '');
    expect(await audit()).toMatchObject({
      status: 'missing',
      message: expect.stringContaining('go install') as string,
    });
  });

  it('is of a version that matches nothing offline', async () => {
    await plant('osv-scanner', 'echo "osv-scanner version: 2.5.0"');
    expect(await audit()).toMatchObject({ status: 'skipped', version: '2.5.0' });
  });

  it('prints garbage', async () => {
    await plant(
      'osv-scanner',
      'test "$1" = --version && echo "osv-scanner version: 2.5.1" && exit; echo oops; echo why >&2; exit 0',
    );
    expect(await audit()).toMatchObject({ status: 'failed', message: 'why' });
  });

  it('dies half-way', async () => {
    await plant(
      'osv-scanner',
      'test "$1" = --version && echo "osv-scanner version: 2.5.1" && exit; echo \'{"results":[\'; kill -9 $$',
    );
    expect(await audit()).toMatchObject({ status: 'failed' });
  });

  it('hangs with a child: the signal ends both', async () => {
    await plant(
      'osv-scanner',
      `test "$1" = --version && echo "osv-scanner version: 2.5.1" && exit; sleep 300 & echo $! > ${folder}/child; wait`,
    );
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 500);
    const started = performance.now();
    await expect(audit(controller.signal)).rejects.toThrow(/abort/i);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('sees an empty folder and next to no environment', async () => {
    vi.stubEnv('DECOY_TOKEN', 'decoy');
    await plant(
      'osv-scanner',
      `test "$1" = --version && echo "osv-scanner version: 2.5.1" && exit; ls -A > ${folder}/seen; env >> ${folder}/seen; echo '{"results":[]}'`,
    );
    expect(await audit()).toMatchObject({ status: 'ok' });
    const { readFile } = await import('node:fs/promises');
    const seen = await readFile(join(folder, 'seen'), 'utf8');
    expect(seen).not.toContain('decoy');
    expect(seen.split('\n')[0]).toMatch(/=/);
  });
});

describe.skipIf(isToolAbsent('osv-scanner'))('the real osv-scanner', () => {
  const spelled = (reports: readonly Reported[]) =>
    [...new Set(reports.map((report) => `${report.package} ${report.version} ${report.id}`))].sort();

  it('agrees with the built-in matcher on 300 pins of the shipped index', async () => {
    const pins = [
      ...drawPins((await openIndex('PyPI')).index, 150),
      ...drawPins((await openIndex('npm')).index, 150),
    ];
    const embedded = await matchEmbedded(pins);
    const result = await runOsvScanner(pins, embedded, context());
    expect(result).toMatchObject({ status: 'ok', message: '' });
    expect(result.reports.length).toBeGreaterThan(100);
    expect(spelled(result.reports)).toEqual(spelled(embedded.reports));
  });

  it('works out the fixed version', async () => {
    const pins = [pinOf('PyPI', 'flask', '1.0.0')];
    const { reports } = await runOsvScanner(pins, await matchEmbedded(pins), context());
    expect(reports.find(({ id }) => id === 'PYSEC-2023-62')).toMatchObject({
      fixed: '2.2.5',
      malicious: false,
    });
  });

  it('is asked by the stage, and leaves no folder behind', async () => {
    vi.stubEnv('TMPDIR', folder);
    const pins = [pinOf('PyPI', '0x000testqwe', '5.20.4')];
    const tools = await runTools(pins, await matchEmbedded(pins), context());
    expect(tools.find(({ id }) => id === 'osv-scanner')).toMatchObject({
      status: 'ok',
      reports: [{ malicious: true }],
    });
    const { readdir } = await import('node:fs/promises');
    expect((await readdir(folder)).filter((name) => name.startsWith('sbx-deps-'))).toEqual([]);
  });
});
