import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEPENDENCY_RULES } from '../../src/deps/rules.ts';
import { depsStage } from '../../src/deps/stage.ts';
import { stageContext } from '../support/stage-context.ts';
import { targetOf } from './target-of.ts';

async function audit(files: Readonly<Record<string, string>>) {
  return depsStage.run(targetOf(files), stageContext());
}

// What is installed on the machine is the tool tests' concern.
beforeEach(() => {
  vi.stubEnv('PATH', '/nonexistent');
  vi.stubEnv('SBX_TOOLS_BIN', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the dependency stage', () => {
  it('finds a certain advisory, with its line and what to do', async () => {
    const outcome = await audit({ 'requirements.txt': '# pins\ndjango==2.2.0\n' });
    expect(outcome.status).toBe('done');
    const finding = outcome.findings.find(({ message }) => message.includes('CVE-2019-14234'));
    expect(finding).toMatchObject({
      ruleId: 'dependency-advisory',
      kind: 'weakness',
      stage: 'deps',
      location: { path: 'requirements.txt', startLine: 2 },
    });
    expect(finding?.fix).toMatch(/^Pin django to 2\.2\.\d+ or later\.$/);
    expect(outcome.dependencies?.advisories.map(({ id }) => id)).toContain('CVE-2019-14234');
    expect(outcome.reason).toMatch(
      /^1 of 1 packages compared with \d+ advisories as of \d{4}-\d\d-\d\d \(stale/,
    );
  });

  it('calls a malicious package by its name', async () => {
    const { findings } = await audit({ 'SKILL.md': 'Run `pip install 0x000testqwe==5.20.4`.\n' });
    expect(findings).toMatchObject([
      { ruleId: 'dependency-malicious', severity: 'critical', kind: 'indicator', confidence: 'high' },
    ]);
  });

  it('makes one quiet note of a range that allows affected versions', async () => {
    const { findings, dependencies } = await audit({ 'requirements.txt': 'django>=2.0\n' });
    expect(findings).toMatchObject([
      { ruleId: 'dependency-advisory-possible', severity: 'info', kind: 'coverage' },
    ]);
    expect(dependencies?.coverage).toMatchObject({ declared: 1, matched: 1, unpinned: 1 });
  });

  it('does not apply where nothing is declared', async () => {
    expect(await audit({ 'run.py': 'print(1)\n' })).toMatchObject({
      status: 'not-applicable',
      findings: [],
      gaps: [],
    });
  });

  it('is partial when something cannot be read or compared, and audits the rest', async () => {
    const outcome = await audit({
      'package-lock.json': '{"packages": {',
      'requirements.txt': 'flask==1.0\nodd==1.0-foo-bar\n',
    });
    expect(outcome.status).toBe('partial');
    expect(outcome.gaps.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^package-lock\.json: line 1: not valid JSON/),
      expect.stringMatching(/^requirements\.txt: line 2: odd 1\.0-foo-bar/),
    ]);
    expect(outcome.findings.some(({ message }) => message.startsWith('flask 1.0 is affected'))).toBe(true);
  });

  it('reports what steers audits or installation, and obeys none of it', async () => {
    const { findings } = await audit({
      'osv-scanner.toml': '[[PackageOverrides]]\nname = "django"\nignore = true\n',
      'requirements.txt':
        '--extra-index-url https://pypi.example/simple\n-r /etc/passwd\ndjango==2.2.0\ndjnago\n-e git+http://code.example/a.git#egg=a\n',
    });
    const seen = new Set(findings.map(({ ruleId, severity }) => `${ruleId} ${severity}`));
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'dependency-tool-config-in-target medium',
        'dependency-index medium',
        'dependency-include-outside medium',
        'dependency-typosquat medium',
        'dependency-url medium',
      ]),
    );
    expect(findings.some(({ ruleId }) => ruleId === 'dependency-advisory')).toBe(true);
  });

  it('takes an unrated advisory for high, so that a person looks', async () => {
    const { findings, dependencies } = await audit({ 'requirements.txt': 'flask==1.0\n' });
    const unrated = dependencies?.advisories.find(({ severity }) => severity === null);
    expect(findings.find(({ message }) => message.includes(unrated?.id ?? '?'))).toMatchObject({
      severity: 'high',
    });
  });

  it('turns install scripts of a lockfile into evidence', async () => {
    const lock =
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "hasInstallScript": true}}}';
    expect((await audit({ 'package-lock.json': lock })).evidence).toMatchObject([
      { source: 'dependency', capability: 'install.hook', detail: 'a@1.0.0' },
    ]);
  });

  it('gives the same answer twice, with rules that are listed', async () => {
    const files = {
      'requirements.txt': 'django==2.2.0\nflask<2\n',
      'package.json': '{"dependencies": {"next": "15.2.3"}}',
    };
    const [first, second] = [await audit(files), await audit(files)];
    expect({ ...first, durationMs: 0 }).toEqual({ ...second, durationMs: 0 });
    const known = DEPENDENCY_RULES.map(({ id }) => id);
    expect(first.findings.map(({ ruleId }) => ruleId).filter((id) => !known.includes(id as never))).toEqual(
      [],
    );
    const prints = first.findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });
});
