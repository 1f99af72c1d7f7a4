import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sbx } from '../support/sbx.ts';

/** A rule of an operator's own. */
function rule(id: string, bad: string, good: string, pattern = 'internal_api\\('): string {
  return `id: ${id}
title: The internal API is called
status: stable
severity: high
confidence: high
kind: indicator
category: network
cwe: [CWE-200]
tags: []
capability: null
languages: [python]
scopes: []
guards: []
match:
  text:
    matches: '${pattern}'
message: 'The internal API is called.'
why: 'It must not be called from outside.'
fix: 'Leave it out.'
references: []
examples:
  bad:
    - language: python
      code: |
        ${bad}
    - language: python
      code: |
        x = internal_api(2)
  good:
    - language: python
      code: |
        ${good}
      why: another name
    - language: python
      code: |
        y = 2
      why: nothing of the kind
`;
}

let folder: string;

/** Writes files below a new folder of its own and gives its path. */
function folderWith(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, path, '..'), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sbx-rules-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('sbx rules list', () => {
  it('gives each rule with the fields of the contract', async () => {
    const { status, stdout } = await sbx(['rules', 'list', '--format', 'json']);
    expect(status).toBe(0);
    const rules = JSON.parse(stdout) as Record<string, unknown>[];
    expect(rules.length).toBeGreaterThan(100);
    for (const each of rules) {
      expect(Object.keys(each).sort()).toEqual([
        'capability',
        'category',
        'confidence',
        'cwe',
        'id',
        'languages',
        'severity',
        'tags',
        'title',
      ]);
    }
  });

  it('gives one line a rule to a person', async () => {
    const { stdout } = await sbx(['rules', 'list']);
    expect(stdout).toMatch(/^secret-file-to-network +critical +A secret file leaves the machine$/m);
  });
});

describe('sbx rules show', () => {
  it('says what a rule finds, why, and what to do', async () => {
    const { status, stdout } = await sbx(['rules', 'show', 'secret-file-to-network']);
    expect(status).toBe(0);
    expect(stdout).toContain('A secret file leaves the machine');
    expect(stdout).toMatch(/## Why\n/);
    expect(stdout).toMatch(/CWE-\d+/);
  });
});

describe('sbx rules test', () => {
  it('passes on a folder whose examples hold', async () => {
    const own = folderWith('fine', {
      'network/internal-api.yml': rule('internal-api', 'x = internal_api(1)', 'x = external_api(1)'),
    });
    const { status, stdout } = await sbx(['rules', 'test', own]);
    expect(stdout).toContain('1 rules, 4 examples: 4 ok, 0 failed, 0 problems in files');
    expect(status).toBe(0);
  });

  it('names a bad example that is missed and a good one that is found', async () => {
    const own = folderWith('failing', {
      'network/internal-api.yml': rule('internal-api', 'x = inner_api(1)', 'x = internal_api(1)'),
    });
    const { status, stdout, stderr } = await sbx(['rules', 'test', own]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^\S+internal-api\.yml:23:\d+: internal-api: bad example 1: missing/m);
    expect(stderr).toMatch(/^\S+internal-api\.yml:30:\d+: internal-api: good example 1: noisy/m);
    expect(stdout).toContain('2 ok, 2 failed');
    const json = await sbx(['rules', 'test', own, '--format', 'json']);
    expect(json.status).toBe(1);
    expect(json.stderr).toBe('');
    const { examples } = JSON.parse(json.stdout) as { examples: { set: string; outcome: string }[] };
    expect(examples.map(({ set, outcome }) => `${set} ${outcome}`)).toEqual([
      'bad missing',
      'bad ok',
      'good noisy',
      'good ok',
    ]);
  });

  it('points at what is wrong in a file', async () => {
    const text = rule('internal-api', 'x = internal_api(1)', 'x = 1').replace(
      'severity: high',
      'severity: huge',
    );
    const own = folderWith('invalid', { 'network/internal-api.yml': text });
    const { status, stderr } = await sbx(['rules', 'test', own]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/internal-api\.yml:4:\d+: .*severity/);
  });

  it.each([
    ['looks ahead', 'x(?=a)b', /internal-api\.yml:16:16: .*look-ahead/],
    ['looks behind', '(?<!a)b', /internal-api\.yml:16:15: .*look-behind/],
    ['refers back', '(a)\\1', /internal-api\.yml:16:18: .*back-references/],
    ['is not closed', 'abc(', /internal-api\.yml:16:15: .*missing closing/],
  ])('refuses a pattern that %s, with its place', async (_what, pattern, message) => {
    const own = folderWith('slow', {
      'network/internal-api.yml': rule('internal-api', 'x = internal_api(1)', 'x = 1', pattern),
    });
    const { status, stderr } = await sbx(['rules', 'test', own]);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('says that a folder holds no rules', async () => {
    const { status, stderr } = await sbx(['rules', 'test', folderWith('empty', { 'README.md': 'x' })]);
    expect(status).toBe(2);
    expect(stderr).toContain('holds no rules');
  });
});

describe('--rules', () => {
  it('finds with a rule of the operator beside the built-in ones', async () => {
    const own = folderWith('own', {
      'network/internal-api.yml': rule('internal-api', 'x = internal_api(1)', 'x = external_api(1)'),
    });
    const target = folderWith('target', { 'a.py': 'import os\nx = internal_api(3)\n' });
    const found = async (...more: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await sbx(['scan', target, '--format', 'json', ...more]);
      const report = JSON.parse(stdout) as {
        findings: { ruleId: string; location: { startLine: number } }[];
      };
      return report.findings.map(({ ruleId, location }) => `${ruleId}:${location.startLine}`);
    };
    expect(await found()).toEqual([]);
    expect(await found('--rules', own)).toEqual(['internal-api:2']);
  });

  it('is known to rules list and rules show', async () => {
    const own = folderWith('own', {
      'network/internal-api.yml': rule('internal-api', 'x = internal_api(1)', 'x = external_api(1)'),
    });
    expect((await sbx(['rules', 'list', '--rules', own])).stdout).toMatch(/^internal-api +high/m);
    expect((await sbx(['rules', 'show', 'internal-api', '--rules', own])).stdout).toContain('# internal-api');
    const unknown = await sbx(['rules', 'show', 'internal-app', '--rules', own]);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain('did you mean "internal-api"?');
  });

  it('may be given several times, but not with an id that is taken', async () => {
    const text = rule('internal-api', 'x = internal_api(1)', 'x = external_api(1)');
    const one = folderWith('one', { 'network/internal-api.yml': text });
    const two = folderWith('two', { 'network/internal-api.yml': text });
    const target = folderWith('target', { 'a.py': 'x = internal_api(3)\n' });
    const { status, stdout, stderr } = await sbx(['scan', target, '--rules', one, '--rules', two]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /two\/network\/internal-api\.yml:1:5: .*taken by \S+one\/network\/internal-api\.yml:1:5/,
    );
    expect(stderr).toContain('give it another name');
  });

  it('says everything that is wrong, each with its place and a hint', async () => {
    const text = rule('internal-api', 'x = internal_api(1)', 'x = 1')
      .replace('title:', 'titel:')
      .replace('severity: high', 'severity: hig');
    const own = folderWith('misspelt', { 'network/internal-api.yml': text });
    const { status, stderr } = await sbx(['scan', folder, '--rules', own]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/internal-api\.yml:2:1: unknown key "titel"; did you mean "title"\?$/m);
    expect(stderr).toMatch(/internal-api\.yml:4:11: severity: .*did you mean "high"\?$/m);
    expect(stderr).toMatch(/^sbx: rules cannot be used: there are 3 errors in them$/m);
  });

  it.each(['(a+)+$', '(a|a)*b', '.*.*.*='])(
    'runs %s over a megabyte of bait in linear time',
    async (pattern) => {
      const text = rule('internal-api', 'x = 1', 'x = 2', pattern).replace(
        /match:\n {2}text:\n {4}(matches: .*)\n/,
        'match:\n  any:\n    - text: {$1}\n    - string: {$1}\n',
      );
      const own = folderWith('bait', { 'network/internal-api.yml': text });
      const bait = 'a'.repeat(1024 * 1024);
      const target = folderWith('bait-target', { 'bait.py': `# ${bait}!\nx = "${bait}!"\n` });
      const { status, stdout } = await sbx(['scan', target, '--rules', own, '--format', 'json']);
      expect(JSON.parse(stdout)).toMatchObject({ coverage: { analysed: 1, opaque: [] } });
      expect([0, 1]).toContain(status);
    },
  );

  it('stops before judging when a rule of the operator is invalid', async () => {
    const own = folderWith('broken', { 'network/internal-api.yml': 'id: internal-api\n' });
    const target = folderWith('target', { 'a.py': 'x = 1\n' });
    const { status, stdout, stderr } = await sbx(['scan', target, '--rules', own]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/internal-api\.yml:\d+:\d+: /);
  });
});
