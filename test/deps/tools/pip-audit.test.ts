import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openIndex } from '../../../src/deps/advisories/database.ts';
import { VERSION_SCHEMES } from '../../../src/deps/advisories/version-scheme.ts';
import { matchEmbedded } from '../../../src/deps/embedded.ts';
import { mergeReports } from '../../../src/deps/merge.ts';
import { judgePipAuditRun, runPipAudit } from '../../../src/deps/tools/pip-audit.ts';
import type { OsvServer } from '../osv-server.ts';
import { startOsvServer } from '../osv-server.ts';
import { drawPins, pinOf } from '../pins.ts';
import { isToolAbsent } from '../require-tool.ts';
import { outputOf, pipAuditScript, plantTool } from './fake-tool.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbx-test-pip-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function context(online: boolean) {
  return { folder, online, signal: new AbortController().signal };
}

describe('judging a run', () => {
  const pins = [
    { name: 'flask', version: '1.0' },
    { name: 'django', version: '2.0' },
  ];
  const answer = (...dependencies: object[]) => JSON.stringify({ dependencies, fixes: [] });

  const flask = { name: 'Flask', version: '1.0.0', vulns: [] };
  const django = { name: 'django', version: '2.0', vulns: [] };

  it.each([
    ['an answer for every pin', { stdout: answer(flask, django) }, 'ok', ''],
    ['an answer, and vulnerabilities found', { exit: 1, stdout: answer(flask, django) }, 'ok', ''],
    [
      'one left out by name',
      { stdout: answer(flask, { name: 'django', skip_reason: 'Dependency not found on PyPI' }) },
      'partial',
      'Dependency not found on PyPI',
    ],
    ['one left out without a word', { stdout: answer(flask) }, 'partial', 'exit 0: no message'],
    [
      'an answer about another version',
      { stdout: answer(flask, { ...django, version: '3.0' }) },
      'partial',
      'exit 0: no message',
    ],
    [
      'everything answered, and an error on standard error',
      { stdout: answer(flask, django), stderr: 'ERROR:pip_audit: lost the connection' },
      'partial',
      'exit 0: ERROR:pip_audit: lost the connection',
    ],
    [
      'a traceback',
      { exit: 1, stderr: 'Traceback\nConnectionError: refused' },
      'failed',
      'exit 1: ConnectionError: refused',
    ],
    [
      'a flag that it does not know',
      { exit: 2, stdout: answer(flask, django), stderr: 'error: unrecognized arguments' },
      'failed',
      'exit 2: error: unrecognized arguments',
    ],
    ['half of it', { stdout: '{"dependencies": [' }, 'failed', 'exit 0: no message'],
    ['JSON of another kind', { stdout: '[]' }, 'failed', 'exit 0: no message'],
    ['killed', { exit: null, endedBy: 'SIGKILL' }, 'failed', 'ended by SIGKILL: no message'],
    ['too slow', { isTimedOut: true }, 'timeout', 'did not end within 60 s and was stopped: no message'],
    ['endless', { isOverflowing: true }, 'failed', 'wrote too much and was stopped'],
    ['not startable', { startError: 'EACCES' }, 'failed', 'could not be started: EACCES'],
  ] as const)('%s', (_, changed, status, message) => {
    expect(judgePipAuditRun(outputOf(changed), pins, 60_000)).toMatchObject({ status, message, reports: [] });
  });
});

describe('without the network', () => {
  it('is left out with a reason, never asked', async () => {
    vi.stubEnv('SBX_TOOLS_BIN', '');
    vi.stubEnv('PATH', '/nonexistent');
    expect(await runPipAudit([pinOf('PyPI', 'flask', '1.0')], 'osv', context(false))).toMatchObject({
      status: 'missing',
    });
  });
});

describe('a fake pip-audit', () => {
  const FLASK = [pinOf('PyPI', 'flask', '1.0')];

  it('is given names and versions alone, and pip switched off', async () => {
    const writesDown =
      'for a in "$@"; do echo "$a"; done > "$0.arguments"; cat "$2" > "$0.list"; env > "$0.environment"';
    await plantTool(folder, 'pip-audit', pipAuditScript(`${writesDown}; ls -A > "$0.folder"; echo '{}'`));
    vi.stubEnv('DECOY_TOKEN', 'decoy');
    await runPipAudit(FLASK, 'pypi', context(true));
    const written = (what: string) => readFileSync(join(folder, 'bin', `pip-audit.${what}`), 'utf8');
    expect(written('arguments').trimEnd().split('\n')).toEqual([
      ...['-r', `${folder}/0/requirements.txt`, '--no-deps', '--disable-pip', '-f', 'json'],
      ...['--progress-spinner', 'off', '--cache-dir', `${folder}/0/cache`, '--timeout', '10', '-s', 'pypi'],
    ]);
    expect(written('list')).toBe('flask==1.0\n');
    expect(written('folder')).toBe('');
    expect(written('environment')).toContain('PYTHONSAFEPATH=1\n');
    expect(written('environment')).not.toContain('decoy');
  });

  it.each([
    ['states no version', 'exit 3', 'failed', 'states no version: exit 3: no message'],
    [
      'prints garbage',
      pipAuditScript('echo No known vulnerabilities found'),
      'failed',
      '1 of 1 pins were not audited: exit 0: no message',
    ],
    [
      'dies half-way',
      pipAuditScript(`echo '{"dependencies": ['; kill -9 $$`),
      'failed',
      '1 of 1 pins were not audited: ended by SIGKILL: no message',
    ],
    [
      'prints too much',
      pipAuditScript('exec yes 0123456789012345678901234567890123456789'),
      'failed',
      '1 of 1 pins were not audited: wrote too much and was stopped',
    ],
    [
      'skips what it was asked',
      pipAuditScript(`echo '{"dependencies": [{"name": "flask", "skip_reason": "not found"}]}'`),
      'partial',
      '1 of 1 pins were not audited: not found',
    ],
  ] as const)('that %s', async (_, script, status, message) => {
    await plantTool(folder, 'pip-audit', script);
    expect(await runPipAudit(FLASK, 'osv', context(true))).toMatchObject({ status, message, reports: [] });
  });

  it('is not started a thousand times for a thousand versions of one name', async () => {
    await plantTool(
      folder,
      'pip-audit',
      pipAuditScript('echo call >> "$0.calls"; echo \'{"dependencies": []}\''),
    );
    const pins = Array.from({ length: 1_000 }, (_, at) => pinOf('PyPI', 'flask', `1.${String(at)}`));
    expect(await runPipAudit(pins, 'osv', context(true))).toMatchObject({
      status: 'partial',
      message: '1000 of 1000 pins were not audited: exit 0: no message',
    });
    expect(readFileSync(join(folder, 'bin', 'pip-audit.calls'), 'utf8').split('\n').length - 1).toBe(16);
  });

  it('that hangs is ended by the signal', async () => {
    await plantTool(folder, 'pip-audit', pipAuditScript('sleep 300'));
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 300);
    const asked = runPipAudit(FLASK, 'osv', { ...context(true), signal: controller.signal });
    await expect(asked).rejects.toThrow(/abort/i);
  });
});

describe.skipIf(isToolAbsent('pip-audit'))('the real pip-audit', () => {
  let server: OsvServer;
  beforeAll(async () => {
    server = await startOsvServer((await openIndex('PyPI')).index);
  });
  afterAll(async () => {
    await server.close();
  });
  beforeEach(() => {
    server.asked.length = 0;
    vi.stubEnv('PIP_AUDIT_OSV_URL', server.url);
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'])
      vi.stubEnv(name, '');
  });

  it('is not asked offline', async () => {
    expect(await runPipAudit([pinOf('PyPI', 'flask', '1.0')], 'osv', context(false))).toMatchObject({
      status: 'skipped',
    });
  });

  it('finds the same as the built-in matcher, also for several versions of a name', async () => {
    const pins = [
      ...drawPins((await openIndex('PyPI')).index, 40),
      pinOf('PyPI', 'flask', '1.0.0'),
      pinOf('PyPI', 'flask', '2.3.1'),
    ];
    const result = await runPipAudit(pins, 'osv', context(true));
    expect(result).toMatchObject({ status: 'ok', message: '' });
    const spelled = (reports: Parameters<typeof mergeReports>[0]) =>
      mergeReports(reports).map(
        (advisory) =>
          `${advisory.package} ${VERSION_SCHEMES.PyPI.canonical(advisory.version)} ${advisory.id}`,
      );
    const embedded = await matchEmbedded(pins);
    expect(spelled(result.reports)).toEqual(spelled(embedded.reports));
    const both = mergeReports([...embedded.reports, ...result.reports]);
    expect(both.every(({ sources }) => sources.join() === 'embedded,pip-audit')).toBe(true);
  });

  it('never loads a pip.py that lies about, because it runs in an empty folder', async () => {
    const mark = join(folder, 'executed');
    await writeFile(join(folder, 'pip.py'), `open(${JSON.stringify(mark)}, "w").close()\n`);
    const before = process.cwd();
    try {
      process.chdir(folder);
      expect(await runPipAudit([pinOf('PyPI', 'flask', '1.0')], 'osv', context(true))).toMatchObject({
        status: 'ok',
      });
    } finally {
      process.chdir(before);
    }
    expect(existsSync(mark)).toBe(false);
  });

  it('sends nothing but names and versions', async () => {
    const hostile = [
      pinOf('PyPI', 'a\n--index-url http://evil.example', '1.0'),
      pinOf('PyPI', 'flask', '1.0\n-e .'),
    ];
    expect(await runPipAudit(hostile, 'osv', context(true))).toMatchObject({
      status: 'partial',
      message: '2 of 2 pins were not audited',
    });
    expect(server.asked).toEqual([]);
  });

  it('fails when nothing listens, and says so', async () => {
    vi.stubEnv('PIP_AUDIT_OSV_URL', 'http://127.0.0.1:9/v1/query');
    const result = await runPipAudit([pinOf('PyPI', 'flask', '1.0')], 'osv', context(true));
    expect(result).toMatchObject({ status: 'failed', reports: [] });
    expect(result.message).toMatch(/^1 of 1 pins were not audited: exit 1: .*(?:refused|Error)/);
  });

  it('never loads a pip.py even from its own folder', async () => {
    const mark = join(folder, 'executed');
    await mkdir(join(folder, '0', 'empty'), { recursive: true });
    for (const place of [folder, join(folder, '0', 'empty')])
      await writeFile(join(place, 'pip.py'), `open(${JSON.stringify(mark)}, "w").close()\n`);
    expect(await runPipAudit([pinOf('PyPI', 'flask', '1.0')], 'osv', context(true))).toMatchObject({
      status: 'ok',
    });
    expect(existsSync(mark)).toBe(false);
  });

  it('asks about every version of a name, one list after the other', async () => {
    const pins = ['1.0', '1.1', '2.0'].map((version) => pinOf('PyPI', 'flask', version));
    expect(await runPipAudit(pins, 'osv', context(true))).toMatchObject({ status: 'ok' });
    expect([...server.asked].sort()).toEqual(['flask==1.0', 'flask==1.1', 'flask==2.0']);
  });

  it('counts a pin that is no version of PyPI, and audits the rest', async () => {
    const pins = [pinOf('PyPI', 'flask', '1.0.0'), pinOf('PyPI', 'odd', '1.0-foo-bar')];
    const result = await runPipAudit(pins, 'osv', context(true));
    expect(result).toMatchObject({ status: 'partial', message: '1 of 2 pins were not audited' });
    expect(result.reports.map(({ id }) => id)).toContain('PYSEC-2023-62');
  });

  it('fails behind a proxy that cannot be reached, which it was told of', async () => {
    for (const name of ['HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, 'http://127.0.0.1:9');
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
    const result = await runPipAudit([pinOf('PyPI', 'flask', '1.0')], 'osv', context(true));
    expect(result).toMatchObject({ status: 'failed', reports: [] });
    expect(server.asked).toEqual([]);
  });
});
