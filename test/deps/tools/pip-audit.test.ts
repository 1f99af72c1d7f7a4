import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openIndex } from '../../../src/deps/advisories/database.ts';
import { Matcher } from '../../../src/deps/advisories/match.ts';
import { recordsOf } from '../../../src/deps/advisories/osv-folder.ts';
import { VERSION_SCHEMES } from '../../../src/deps/advisories/version-scheme.ts';
import { matchEmbedded } from '../../../src/deps/embedded.ts';
import { mergeReports } from '../../../src/deps/merge.ts';
import { judgePipAuditRun, runPipAudit } from '../../../src/deps/tools/pip-audit.ts';
import type { ToolOutput } from '../../../src/deps/tools/run-tool.ts';
import { drawPins, pinOf } from '../pins.ts';
import { isToolAbsent } from '../require-tool.ts';

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
  const output = (changed: Partial<ToolOutput>): ToolOutput => ({
    exit: 0,
    stdout: '',
    stderr: '',
    isTimedOut: false,
    isOverflowing: false,
    startError: null,
    ...changed,
  });
  const answer = (...dependencies: object[]) => JSON.stringify({ dependencies, fixes: [] });

  it.each([
    [
      'an answer for every pin',
      {
        stdout: answer(
          { name: 'Flask', version: '1.0', vulns: [] },
          { name: 'django', version: '2.0', vulns: [] },
        ),
      },
      'ok',
    ],
    [
      'one left out by name',
      {
        stdout: answer(
          { name: 'flask', version: '1.0', vulns: [] },
          { name: 'django', skip_reason: 'not found' },
        ),
      },
      'partial',
    ],
    [
      'one left out without a word',
      { stdout: answer({ name: 'flask', version: '1.0', vulns: [] }) },
      'partial',
    ],
    ['a traceback', { exit: 1, stderr: 'Traceback\nConnectionError: refused' }, 'failed'],
    ['killed', { exit: null }, 'failed'],
    ['too slow', { isTimedOut: true }, 'timeout'],
    ['endless', { isOverflowing: true }, 'failed'],
    ['not startable', { startError: 'EACCES' }, 'failed'],
  ] as const)('%s', (_, changed, status) => {
    expect(judgePipAuditRun(output(changed), pins)).toMatchObject({ status, reports: [] });
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

describe.skipIf(isToolAbsent('pip-audit'))('the real pip-audit', () => {
  let server: Server;

  // An OSV server on the loopback that answers from the shipped index (OSV API, POST /v1/query).
  beforeAll(async () => {
    const { index } = await openIndex('PyPI');
    const matcher = new Matcher(index);
    const records = new Map(recordsOf(index).map((record) => [record.id, record]));
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { package: asked, version } = JSON.parse(body) as {
          package: { name: string };
          version: string;
        };
        const found = matcher.match(pinOf('PyPI', asked.name, version)).map(({ id }) => records.get(id));
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(found.length === 0 ? {} : { vulns: found }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
  });
  beforeEach(() => {
    const { port } = server.address() as AddressInfo;
    vi.stubEnv('PIP_AUDIT_OSV_URL', `http://127.0.0.1:${String(port)}/v1/query`);
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
    expect(await runPipAudit(hostile, 'osv', context(true))).toMatchObject({ status: 'skipped' });
  });

  it('fails when nothing listens, and says so', async () => {
    vi.stubEnv('PIP_AUDIT_OSV_URL', 'http://127.0.0.1:9/v1/query');
    const result = await runPipAudit([pinOf('PyPI', 'flask', '1.0')], 'osv', context(true));
    expect(result).toMatchObject({ status: 'failed', reports: [] });
    expect(result.message).not.toBe('');
  });
});
