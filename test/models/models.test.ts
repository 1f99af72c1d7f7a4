import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { ATTACKS } from './attacks.ts';

const MODELS = fileURLToPath(new URL('../../fixtures/models', import.meta.url));

async function scan(folder: string): Promise<{ readonly status: number | null; readonly report: Report }> {
  const { status, stdout } = await sbx(['scan', join(MODELS, folder), '--format', 'json', '--no-cache']);
  return { status, report: JSON.parse(stdout) as Report };
}

function filesIn(folder: string): readonly string[] {
  const root = join(MODELS, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();
}

/** What the default policy makes of a finding (`judge/default-policy.ts`). */
const REJECTED = new Set(['critical', 'high']);

describe('model files that attack', async () => {
  const { status, report } = await scan('attacks');

  it('are all listed', () => {
    expect(Object.keys(ATTACKS).sort()).toEqual(filesIn('attacks'));
    expect(report.verdict.decision).toBe('reject');
    expect(status).toBe(1);
  });

  it.each(Object.entries(ATTACKS))('%s is found out', (name, [rule, decision = 'reject']) => {
    const own = report.findings.filter(({ location }) => location.path === name);
    const found = own.filter(({ ruleId }) => ruleId === rule);
    expect(found.map(({ ruleId }) => ruleId)).toContain(rule);
    expect(found.every(({ confidence }) => confidence !== 'low')).toBe(true);
    expect(own.some(({ severity }) => REJECTED.has(severity))).toBe(decision === 'reject');
  });
});

describe('model files that hold data', async () => {
  const { status, report } = await scan('honest');

  it.each(filesIn('honest'))('%s is data', (name) => {
    const own = report.findings.filter(({ location }) => location.path === name);
    expect(own.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const opaque = report.coverage.opaque.filter(({ path }) => path === name || path.startsWith(`${name}!`));
    expect(opaque.filter((each) => 'blocking' in each && each.blocking)).toEqual([]);
  });

  it('are approved', () => {
    expect(report.verdict.reasons).toEqual([]);
    expect(report.verdict.decision).toBe('approve');
    expect(status).toBe(0);
  });
});
