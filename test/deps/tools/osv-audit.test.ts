import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { matchEmbedded } from '../../../src/deps/embedded.ts';
import { auditWithOsvScanner, judgeOsvAudit } from '../../../src/deps/tools/osv-audit.ts';
import { openOsvScanner } from '../../../src/deps/tools/osv-scanner.ts';
import type { Package } from '../../../src/model/dependency.ts';
import { pinOf } from '../pins.ts';
import { isToolAbsent } from '../require-tool.ts';
import { osvScannerScript, outputOf, plantTool } from './fake-tool.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbx-test-osv-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const FLASK = pinOf('PyPI', 'flask', '1.0.0');

async function audit(
  packages: readonly Package[] = [FLASK],
  { online = false, signal = new AbortController().signal } = {},
) {
  const context = { folder, online, signal };
  return auditWithOsvScanner(await openOsvScanner(context), packages, await matchEmbedded(packages), context);
}

/** Arguments and environment of the last call of a fake tool that writes them down. */
const WRITES_DOWN = 'for a in "$@"; do echo "$a"; done > "$0.arguments"; env > "$0.environment"';
async function written(what: 'arguments' | 'environment'): Promise<string[]> {
  return (await readFile(join(folder, 'bin', `osv-scanner.${what}`), 'utf8')).trimEnd().split('\n');
}

describe('judging a run', () => {
  it.each([
    ['clean', {}, 'ok', ''],
    ['nothing found at all', { stdout: '{"results":null}' }, 'ok', ''],
    ['found some', { exit: 1 }, 'ok', ''],
    [
      'a broken lock',
      { exit: 1, stderr: 'Error during extraction: (extracting as x) y: bad' },
      'partial',
      'exit 1: Error during extraction: (extracting as x) y: bad',
    ],
    [
      'no database',
      { exit: 127, stderr: 'could not load db for npm ecosystem' },
      'partial',
      'exit 127: could not load db for npm ecosystem',
    ],
    [
      'no database, and clean',
      { exit: 0, stderr: 'could not load db for npm ecosystem' },
      'partial',
      'exit 0: could not load db for npm ecosystem',
    ],
    ['another failure with output', { exit: 127, stderr: 'odd' }, 'partial', 'exit 127: odd'],
    ['no packages', { exit: 128, stdout: '' }, 'failed', 'exit 128: no message'],
    ['bad configuration in the tree', { exit: 130 }, 'failed', 'exit 130: no message'],
    ['garbage', { stdout: 'garbage', stderr: 'why' }, 'failed', 'exit 0: why'],
    ['JSON of another kind', { stdout: '{}' }, 'failed', 'exit 0: no message'],
    ['half of it', { stdout: '{"results":[' }, 'failed', 'exit 0: no message'],
    ['killed', { exit: null, endedBy: 'SIGKILL', stdout: '' }, 'failed', 'ended by SIGKILL: no message'],
    ['killed after it printed', { exit: null, endedBy: 'SIGKILL' }, 'failed', 'ended by SIGKILL: no message'],
    ['too slow', { isTimedOut: true }, 'timeout', 'did not end within 60 s and was stopped: no message'],
    ['endless', { isOverflowing: true }, 'failed', 'wrote too much and was stopped'],
    ['not startable', { startError: 'EACCES' }, 'failed', 'could not be started: EACCES'],
  ] as const)('%s', async (_, changed, status, message) => {
    const output = outputOf({ stdout: '{"results":[]}', ...changed });
    expect(await judgeOsvAudit(output, 60_000)).toEqual({ status, message, reports: [] });
  });
});

describe('what it is given (a fake osv-scanner writes it down)', () => {
  it('is our own list, a configuration of our own, and no file of the target', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript(`${WRITES_DOWN}; echo '{"results":[]}'`));
    const pins = [
      FLASK,
      FLASK,
      pinOf('npm', 'next', '15.2.3'),
      { ...FLASK, pin: 'range', version: null } as const,
    ];
    expect(await audit(pins)).toMatchObject({ status: 'ok', version: '2.5.1', message: '' });
    expect(await written('arguments')).toEqual([
      ...['scan', 'source', '--format', 'json', '--all-packages', '--no-resolve', '--no-call-analysis=all'],
      ...['--config', `${folder}/empty.toml`, '--allow-no-lockfiles', '--offline'],
      ...['--local-db-path', `${folder}/db`, '-L', `osv-scanner:${folder}/packages.json`],
    ]);
    expect(await readFile(join(folder, 'empty.toml'), 'utf8')).toBe('');
    expect(JSON.parse(await readFile(join(folder, 'packages.json'), 'utf8'))).toEqual({
      results: [
        {
          packages: [
            { package: { name: 'flask', version: '1.0.0', ecosystem: 'PyPI' } },
            { package: { name: 'next', version: '15.2.3', ecosystem: 'npm' } },
          ],
        },
      ],
    });
  });

  it('is a database in both layouts, with an archive for every ecosystem, under both names', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript(`${WRITES_DOWN}; echo '{"results":[]}'`));
    await audit();
    for (const layout of ['osv-scanner', 'osv-scalibr']) {
      expect((await readdir(join(folder, 'db', layout))).sort()).toEqual(['PyPI', 'npm']);
      // No package of npm is asked about: its archive is there and empty.
      expect((await readFile(join(folder, 'db', layout, 'npm', 'all.zip'))).subarray(0, 4)).toEqual(
        Buffer.from([0x50, 0x4b, 5, 6]),
      );
    }
    const environment = await written('environment');
    expect(environment).toContain(`OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY=${folder}/db`);
    expect(environment).toContain(`OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY=${folder}/db`);
  });

  it('is no database online', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript(`${WRITES_DOWN}; echo '{"results":[]}'`));
    expect(await audit([FLASK], { online: true })).toMatchObject({ status: 'ok' });
    const given = (await written('arguments')).join(' ');
    expect(given).not.toMatch(/offline|local-db/);
    expect((await written('environment')).join('\n')).not.toContain('CACHE_DIRECTORY');
  });

  it('is an empty folder and next to no environment', async () => {
    vi.stubEnv('DECOY_TOKEN', 'decoy');
    await plantTool(
      folder,
      'osv-scanner',
      osvScannerScript(`${WRITES_DOWN}; ls -A > "$0.folder"; echo '{"results":[]}'`),
    );
    expect(await audit()).toMatchObject({ status: 'ok' });
    expect((await written('environment')).join('\n')).not.toContain('decoy');
    expect(await readFile(join(folder, 'bin', 'osv-scanner.folder'), 'utf8')).toBe('');
  });

  it('leaves out packages of an ecosystem without advisories, and says so', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript(`${WRITES_DOWN}; echo '{"results":[]}'`));
    const others = [pinOf('Go', 'example.com/a', '1.0.0'), pinOf('crates.io', 'b', '1.0.0')];
    expect(await audit([FLASK, ...others])).toMatchObject({
      status: 'ok',
      message: 'not covered, no advisories: Go (1), crates.io (1)',
    });
    expect(await readFile(join(folder, 'packages.json'), 'utf8')).not.toContain('example.com');
    expect(await audit(others)).toMatchObject({
      status: 'skipped',
      message: 'no exact pin to ask about; not covered, no advisories: Go (1), crates.io (1)',
    });
  });

  it('is asked again without flags that its version does not know', async () => {
    const refuses = `case "$*" in *local-db-path*|*allow-no-lockfiles*)
      echo 'flag provided but not defined: -local-db-path' >&2; exit 127;; esac`;
    await plantTool(
      folder,
      'osv-scanner',
      osvScannerScript(`${refuses}; ${WRITES_DOWN}; echo '{"results":[]}'`),
    );
    expect(await audit()).toMatchObject({ status: 'ok' });
    const given = await written('arguments');
    expect(given).toContain('--offline');
    expect(given).not.toContain(`${folder}/db`);
    expect(await written('environment')).toContain(`OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY=${folder}/db`);
  });

  it('is asked once again, not for ever', async () => {
    await plantTool(
      folder,
      'osv-scanner',
      osvScannerScript(`echo call >> "$0.calls"; echo 'flag provided but not defined: -x' >&2; exit 127`),
    );
    expect(await audit()).toMatchObject({
      status: 'failed',
      message: 'exit 127: flag provided but not defined: -x',
    });
    expect(await readFile(join(folder, 'bin', 'osv-scanner.calls'), 'utf8')).toBe('call\ncall\n');
  });
});

describe('a fake osv-scanner that misbehaves', () => {
  it('is missing: says how to install it', async () => {
    vi.stubEnv('PATH', '/nonexistent:.:');
    vi.stubEnv('SBX_TOOLS_BIN', '');
    expect(await audit()).toMatchObject({
      status: 'missing',
      message: expect.stringContaining('go install') as string,
    });
  });

  it('is of a version that matches nothing offline', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript('exit 0', '2.5.0'));
    expect(await audit()).toMatchObject({ status: 'skipped', version: '2.5.0' });
  });

  it('is too old', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript('exit 0', '2.0.3'));
    expect(await audit()).toMatchObject({
      status: 'skipped',
      version: '2.0.3',
      message: 'needs version 2.1 or later',
    });
  });

  it('states no version', async () => {
    await plantTool(folder, 'osv-scanner', 'echo Segmentation fault >&2; exit 139');
    expect(await audit()).toMatchObject({
      status: 'failed',
      version: null,
      message: 'states no version: exit 139: Segmentation fault',
    });
  });

  it('prints garbage', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript('echo oops; echo why >&2; exit 0'));
    expect(await audit()).toMatchObject({ status: 'failed', message: 'exit 0: why' });
  });

  it('prints JSON that makes no sense', async () => {
    const report = '{"results":[{"packages":[7,{"package":{"name":1},"vulnerabilities":[{"id":[]}]}]},null]}';
    await plantTool(folder, 'osv-scanner', osvScannerScript(`echo '${report}'`));
    expect(await audit()).toMatchObject({ status: 'ok', reports: [] });
  });

  it('dies half-way', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript(`echo '{"results":['; kill -9 $$`));
    expect(await audit()).toMatchObject({ status: 'failed', message: 'ended by SIGKILL: no message' });
  });

  it('dies with all of it printed', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript(`echo '{"results":[]}'; kill -9 $$`));
    expect(await audit()).toMatchObject({ status: 'failed' });
  });

  it('prints too much', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript(`exec yes '{"results":[]}${' '.repeat(500)}'`));
    expect(await audit()).toMatchObject({ status: 'failed', message: 'wrote too much and was stopped' });
  });

  it('prints too much for a long list: is asked in halves until it fits', async () => {
    const pins = Array.from({ length: 5 }, (_, at) => pinOf('PyPI', `p${String(at)}`, '1.0'));
    const countsPins = `n=$(grep -o '"version"' ${folder}/packages.json | wc -l); echo $n >> "$0.calls"`;
    await plantTool(
      folder,
      'osv-scanner',
      osvScannerScript(
        `${countsPins}; test $n -gt 2 && exec yes '${'x'.repeat(900)}'; echo '{"results":[]}'`,
      ),
    );
    expect(await audit(pins)).toMatchObject({ status: 'ok', message: '' });
    const calls = await readFile(join(folder, 'bin', 'osv-scanner.calls'), 'utf8');
    expect(calls.trim().split(/\s+/).map(Number)).toEqual([5, 3, 2, 1, 2]);
  });

  it('prints too much whatever it is asked: is not asked for ever', async () => {
    const pins = Array.from({ length: 3 }, (_, at) => pinOf('PyPI', `p${String(at)}`, '1.0'));
    await plantTool(
      folder,
      'osv-scanner',
      osvScannerScript(`echo call >> "$0.calls"; exec yes '${'x'.repeat(900)}'`),
    );
    expect(await audit(pins)).toMatchObject({ status: 'failed', message: 'wrote too much and was stopped' });
    expect(await readFile(join(folder, 'bin', 'osv-scanner.calls'), 'utf8')).toBe('call\n'.repeat(5));
  });

  it('hangs with a child: the signal ends both', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript(`sleep 300 & echo $! > ${folder}/child; wait`));
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 500);
    const started = performance.now();
    await expect(audit([FLASK], { signal: controller.signal })).rejects.toThrow(/abort/i);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe.skipIf(isToolAbsent('osv-scanner'))('the real osv-scanner', () => {
  it('works out the fixed version', async () => {
    const { reports } = await audit();
    expect(reports.find(({ id }) => id === 'PYSEC-2023-62')).toMatchObject({
      fixed: '2.2.5',
      malicious: false,
    });
  });

  it('is not stopped by an ecosystem without a database', async () => {
    // Alone, osv-scanner 2.5.1 stops all matching at the first ecosystem whose archive is missing.
    const { status, reports } = await audit([FLASK, pinOf('Go', 'example.com/a', 'v1.0.0')]);
    expect(status).toBe('ok');
    expect(reports.map(({ id }) => id)).toContain('PYSEC-2023-62');
  });
});
