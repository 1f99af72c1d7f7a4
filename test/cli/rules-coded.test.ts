import { describe, expect, it } from 'vitest';
import { codedRules } from '../../src/cli/coded-rules.ts';
import { CATEGORIES, FINDING_KINDS, SEVERITIES } from '../../src/model/finding.ts';
import { sbx } from '../support/sbx.ts';

describe('rules whose checks are code', async () => {
  const rules = await codedRules();

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s says everything that a rule has to say',
    (_id, rule) => {
      expect(CATEGORIES).toContain(rule.category);
      expect(FINDING_KINDS).toContain(rule.kind);
      expect(SEVERITIES).toContain(rule.severity);
      for (const text of [rule.title, rule.why, rule.fix]) expect(text.length).toBeGreaterThan(10);
      expect(rule.cwe.every((cwe) => /^CWE-\d+$/.test(cwe))).toBe(true);
    },
  );

  it('stand in the list beside the others, each with a page', async () => {
    const { stdout } = await sbx(['rules', 'list', '--format', 'json']);
    const listed = JSON.parse(stdout) as { id: string }[];
    const ids = listed.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort());
    expect(ids).toEqual(expect.arrayContaining(rules.map(({ id }) => id)));
    expect(ids.length - rules.length).toBeGreaterThanOrEqual(60);
    const page = await sbx(['rules', 'show', 'undeclared-capability']);
    expect(page.stdout).toContain('## Why');
    expect((await sbx(['rules', 'show', 'nope'])).status).toBe(2);
  });
});
