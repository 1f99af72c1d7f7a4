import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const SCHEMA = JSON.parse(
  readFileSync(new URL('../../manifests/report.schema.json', import.meta.url), 'utf8'),
) as object;
const isReport = new Ajv2020({ allowUnionTypes: true }).compile(SCHEMA);

async function vet(
  fixture: string,
  ...options: readonly string[]
): Promise<{ status: number | null; report: Report; stderr: string }> {
  const { status, stdout, stderr } = await sbx(['vet', FIXTURES + fixture, '--format', 'json', ...options]);
  return { status, report: JSON.parse(stdout) as Report, stderr };
}

/** Everything that may differ between two runs over the same input, taken out. */
function withoutTimes(report: Report): unknown {
  return {
    ...report,
    startedAt: '',
    durationMs: 0,
    stages: report.stages.map((stage) => ({ ...stage, durationMs: 0 })),
  };
}

describe('sbx vet without a sandbox', () => {
  it.each([
    ['envs/exfil-at-import', 'reject'],
    ['skills/ssh-thief', 'reject'],
    ['skills/hide-from-user', 'reject'],
    ['packages/npm-postinstall', 'reject'],
    ['packages/pypi-setup-hook', 'reject'],
    ['models/pickle-runs-code', 'reject'],
    ['mcp/server-tool-poisoning', 'reject'],
  ])('sees through %s', async (fixture, decision) => {
    const { status, report } = await vet(fixture, '--backend', 'none');
    expect(report.verdict.decision).toBe(decision);
    expect(status).toBe(1);
    const [reason] = report.verdict.reasons;
    const fingerprints = new Set(report.findings.map(({ fingerprint }) => fingerprint));
    expect(reason?.findings.length).toBeGreaterThan(0);
    expect(reason?.findings.every((fingerprint) => fingerprints.has(fingerprint))).toBe(true);
  });

  it.each([
    'envs/gridworld-benign',
    'envs/step-500-checkpoint-benign',
    'envs/telemetry-optin-benign',
    'skills/notes-helper-benign',
    'skills/api-client-benign',
    'skills/security-teaching-benign',
    'packages/npm-postinstall-benign',
    'packages/pypi-setup-hook-benign',
    'models/pickle-data-benign',
    'mcp/server-benign',
    'repository/many-skills',
  ])('stays quiet on %s, and says that nothing was run', async (fixture) => {
    const { status, report } = await vet(fixture, '--backend', 'none');
    expect(report.verdict).toEqual({
      decision: 'approve',
      reasons: [
        {
          code: 'stage-left-out',
          message: expect.stringContaining('the sandbox stage was left out'),
          findings: [],
        },
      ],
    });
    expect(status).toBe(0);
  });

  it('gives every skill of a repository a verdict of its own', async () => {
    const { report } = await vet('repository/many-skills', '--backend', 'none');
    expect(report.units.filter(({ kind }) => kind === 'skill')).toHaveLength(5);
    expect(report.units.every(({ verdict }) => verdict.decision === 'approve')).toBe(true);
  });

  it.each(['envs/exfil-at-import', 'skills/api-client-benign', 'mcp/server-tool-poisoning'])(
    'writes a report of %s that fits the schema and is the same twice',
    async (fixture) => {
      const { report } = await vet(fixture, '--backend', 'none');
      expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
      const { report: again } = await vet(fixture, '--backend', 'none');
      expect(withoutTimes(again)).toEqual(withoutTimes(report));
    },
  );

  it('has the four stages in order', async () => {
    const { report } = await vet('envs/gridworld-benign', '--backend', 'none');
    expect(report.stages.map(({ id, status }) => [id, status])).toEqual([
      ['manifest', 'done'],
      ['static', 'done'],
      ['deps', 'done'],
      ['sandbox', 'skipped'],
    ]);
  });
});
