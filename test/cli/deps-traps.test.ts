import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isToolAbsent } from '../deps/require-tool.ts';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';

let folder = '';
let target = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbx-test-traps-'));
  target = join(folder, 'target');
  await mkdir(target);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Writes a target, stands in it, and audits it with the real tools. */
async function audit(
  files: Readonly<Record<string, string>>,
  options: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Report> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(target, name), content);
  const { stdout, stderr } = await sbx(['deps', '.', '--format', 'json', ...options], {
    cwd: target,
    environment: { SBX_CACHE_DIR: join(folder, 'cache'), ...environment },
  });
  expect(stdout, stderr).toMatch(/^\{/);
  return JSON.parse(stdout) as Report;
}

function toolOf(report: Report, id: string) {
  return report.dependencies.coverage.tools.find((tool) => tool.id === id);
}

describe.skipIf(isToolAbsent('osv-scanner'))('osv-scanner, asked from inside a hostile target', () => {
  it('obeys no ignore file, no configuration and no list of the target', async () => {
    const planted = {
      results: [{ packages: [{ package: { name: 'planted', version: '1.0', ecosystem: 'PyPI' } }] }],
    };
    const report = await audit({
      'requirements.txt': 'flask==1.0.0\n',
      'osv-scanner.toml': '[[PackageOverrides]]\necosystem = "PyPI"\nignore = true\n',
      'osv-scanner-custom.json': JSON.stringify(planted),
      '.gitignore': '*\n',
    });
    expect(toolOf(report, 'osv-scanner')).toMatchObject({ status: 'ok', message: '' });
    expect(toolOf(report, 'osv-scanner (cross-check)')).toMatchObject({ status: 'ok', message: '' });
    const flask = report.dependencies.advisories.find(({ id }) => id === 'CVE-2023-30861');
    expect(flask?.sources).toEqual(['embedded', 'osv-scanner']);
    expect(JSON.stringify(report.dependencies.packages)).not.toContain('planted');
    expect(report.findings.map(({ ruleId }) => ruleId)).toContain('dependency-tool-config-in-target');
  });

  it('guesses no version of a line that pins none', async () => {
    const lines = 'flask>=1.0.0\nrequests~=2.0\njinja2\ndjango>1\npyyaml (==5.1)\nidna==3.*\n';
    const report = await audit({ 'requirements.txt': lines });
    const told = report.dependencies.advisories.filter(({ sources }) => sources.includes('osv-scanner'));
    expect([...new Set(told.map((advisory) => `${advisory.package} ${advisory.version}`))]).toEqual([
      'pyyaml 5.1',
    ]);
    expect(toolOf(report, 'osv-scanner (cross-check)')).toMatchObject({ status: 'ok' });
    expect(report.dependencies.coverage.unpinned).toBe(5);
  });

  it('is led nowhere by an include', async () => {
    await writeFile(join(folder, 'outside.txt'), 'outsider==1.0\n');
    await writeFile(join(folder, 'requirements.txt'), 'outsider==1.0\n');
    const report = await audit({
      'requirements.txt': '-r ../outside.txt\n-r../requirements.txt\nflask==1.0.0\n',
    });
    expect(JSON.stringify([report.dependencies.packages, report.dependencies.coverage.tools])).not.toContain(
      'outsider',
    );
    expect(report.findings.map(({ ruleId }) => ruleId)).toContain('dependency-include-outside');
    expect(report.verdict.decision).toBe('incomplete');
  });

  it('that cannot reach its service makes the audit incomplete, and keeps what is known', async () => {
    const proxy = 'http://127.0.0.1:9';
    const report = await audit({ 'requirements.txt': 'flask==1.0.0\n' }, ['--online'], {
      ...{
        HTTPS_PROXY: proxy,
        https_proxy: proxy,
        HTTP_PROXY: proxy,
        http_proxy: proxy,
        NO_PROXY: '',
        no_proxy: '',
      },
    });
    expect(toolOf(report, 'osv-scanner')?.status).toMatch(/^(?:partial|failed|timeout)$/);
    expect(toolOf(report, 'osv-scanner')?.message).toMatch(/^exit 127: .*(?:refused|proxyconnect|retries)/);
    expect(report.verdict.decision).toBe('incomplete');
    expect(report.dependencies.advisories.map(({ id }) => id)).toContain('CVE-2023-30861');
  });
});

describe('tools that lie in the target', () => {
  it('are never run, whatever the search path says', async () => {
    const mark = join(folder, 'executed');
    for (const name of ['osv-scanner', 'pip-audit', 'uv']) {
      await writeFile(join(target, name), `#!/bin/sh\ntouch ${mark}\n`);
      await chmod(join(target, name), 0o755);
    }
    const report = await audit({ 'requirements.txt': 'flask\n' }, ['--online', '--resolve'], {
      SBX_TOOLS_BIN: '.',
      PATH: '.::bin',
    });
    expect(report.dependencies.coverage.tools.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'osv-scanner missing',
      'pip-audit missing',
      'uv missing',
    ]);
    expect(report.verdict.decision).toBe('incomplete');
    expect(existsSync(mark)).toBe(false);
  });
});

describe.skipIf(isToolAbsent('pip-audit'))('pip-audit, asked from inside a hostile target', () => {
  it('loads no pip.py, and what it cannot audit makes the audit incomplete', async () => {
    const mark = join(folder, 'executed');
    const hostile = `open(${JSON.stringify(mark)}, "w").close()\n`;
    const files = Object.fromEntries(
      ['pip.py', 'pip_api.py', 'sitecustomize.py', 'setup.py', 'requests.py'].map((name) => [name, hostile]),
    );
    const report = await audit({ ...files, 'requirements.txt': '-e .\nflask==1.0.0\n' }, ['--online'], {
      PIP_AUDIT_OSV_URL: 'http://127.0.0.1:9/v1/query',
      PYTHONPATH: target,
    });
    expect(existsSync(mark)).toBe(false);
    expect(toolOf(report, 'pip-audit')).toMatchObject({ status: 'failed' });
    expect(toolOf(report, 'pip-audit')?.message).toMatch(/^1 of 1 pins were not audited: exit 1: /);
    expect(report.verdict.decision).toBe('incomplete');
  });
});
