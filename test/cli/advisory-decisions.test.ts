import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { temporaryFolder, writeTree } from '../support/temporary.ts';

const NO_TOOLS = { PATH: '/nonexistent', SBX_TOOLS_BIN: '', SBX_CACHE_DIR: '/nonexistent/sbx-cache' };

const CONFIG = `schema: sbx.config/1
dependencies:
  ignore:
    - {id: CVE-2019-14234, package: Django, reason: no JSON fields here, expires: 2099-01-01}
    - {id: CVE-1999-0001, reason: long gone}
    - {id: CVE-2019-6975, reason: known, expires: 2001-01-01}
`;

const VEX = JSON.stringify({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  timestamp: '2026-01-01T00:00:00Z',
  statements: [
    {
      vulnerability: { name: 'CVE-2019-12308' },
      products: [{ '@id': 'pkg:pypi/django@2.2.0' }],
      status: 'not_affected',
      justification: 'component_not_present',
    },
  ],
});

const FOLDER = (): string =>
  writeTree({
    'target/requirements.txt': 'django==2.2.0\n0x000testqwe==5.20.4\n',
    'target/vex.json': VEX.replace('CVE-2019-12308', 'CVE-2019-14232'),
    'target/sbx.config.yaml':
      'schema: sbx.config/1\ndependencies: {ignore: [{id: CVE-2019-14232, reason: planted}]}\n',
    'config.yaml': CONFIG,
    'vex.json': VEX,
  });

it('marks what was decided in JSON and SARIF, says what no longer holds, and obeys nothing of the target', async () => {
  const folder = FOLDER();
  const args = ['--config', join(folder, 'config.yaml'), '--vex', join(folder, 'vex.json')];
  const { stdout, stderr } = await sbx(['deps', join(folder, 'target'), '--format', 'json', ...args], {
    environment: NO_TOOLS,
  });
  const report = JSON.parse(stdout) as Report;
  const suppressed = report.findings.filter((finding) => finding.suppressed !== null);
  expect(suppressed.map((finding) => [/CVE-\d+-\d+/.exec(finding.message)?.[0], finding.suppressed])).toEqual(
    expect.arrayContaining([
      ['CVE-2019-14234', { by: 'config', reason: 'no JSON fields here', expires: '2099-01-01' }],
      ['CVE-2019-12308', { by: 'vex', reason: 'not_affected: component_not_present', expires: null }],
    ]),
  );
  expect(suppressed).toHaveLength(2);
  expect(report.dependencies.advisories.filter((advisory) => advisory.suppressed !== undefined)).toHaveLength(
    2,
  );
  expect(report.findings.find(({ ruleId }) => ruleId === 'dependency-malicious')).toMatchObject({
    suppressed: null,
  });
  expect(stderr).toMatch(
    /dependencies\.ignore\.2 \(CVE-2019-6975\) expired on 2001-01-01 and was not applied/,
  );
  expect(stderr).toMatch(
    /dependencies\.ignore\.1 \(CVE-1999-0001\) concerns nothing that was found; remove it/,
  );
  const sarif = await sbx(['deps', join(folder, 'target'), '--format', 'sarif', ...args], {
    environment: NO_TOOLS,
  });
  expect(sarif.stdout.match(/"suppressions"/g)).toHaveLength(2);
  expect(sarif.stdout).toContain('not_affected: component_not_present');
  expect(sarif.stdout).toContain('"expires": "2099-01-01"');
});

it('takes a decided advisory out of the verdict', async () => {
  const folder = writeTree({ 'requirements.txt': '0x000testqwe==5.20.4\n' });
  const config = (id: string): string =>
    join(
      writeTree({
        'c.yaml': `schema: sbx.config/1\ndependencies: {ignore: [{id: ${id}, reason: a sample}]}\n`,
      }),
      'c.yaml',
    );
  const run = (id: string) => sbx(['deps', folder, '--config', config(id)], { environment: NO_TOOLS });
  expect((await run('CVE-2025-6428')).status).toBe(1);
  expect((await run('MAL-2025-6428')).status).toBe(0);
});

it('refuses a document that is none with status 2', async () => {
  const folder = FOLDER();
  const target = join(folder, 'target');
  const { status, stdout, stderr } = await sbx(['deps', target, '--vex', join(target, 'requirements.txt')], {
    environment: NO_TOOLS,
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/requirements\.txt:1:1: /);
  expect(
    (await sbx(['deps', temporaryFolder(), '--vex', '/nonexistent'], { environment: NO_TOOLS })).status,
  ).toBe(2);
});
