import { describe, expect, it } from 'vitest';
import type { Ecosystem } from '../../src/model/dependency.ts';
import { fixPlanJson, fixPlanText } from '../../src/reporters/fix-plan.ts';
import type { Report } from '../../src/model/report.ts';
import { sampleReport } from '../support/report.ts';

/** A report on one package of a lock, which a newer version mends. */
function locked(name: string, upgrade: string, path: string, ecosystem: Ecosystem): Report {
  const sample = sampleReport();
  const { packages, advisories } = sample.dependencies;
  const locations = [{ path, startLine: 1 }];
  const of = { ecosystem, locations, version: '1.0.0' };
  return {
    ...sample,
    dependencies: {
      ...sample.dependencies,
      packages: [{ ...packages[0]!, ...of, name, upgrade }],
      advisories: [{ ...advisories[0]!, ...of, package: name, malicious: false, fixed: upgrade }],
    },
  };
}

function commandFor(report: Report): string | null {
  const { steps } = JSON.parse(fixPlanJson(report)) as { steps: { action: string; to: string | null }[] };
  expect(steps.map(({ action }) => action)).toEqual(['lock']);
  return steps[0]!.to;
}

describe('the command that mends a lock', () => {
  it.each([
    ['left-pad', 'npm update left-pad'],
    ['@scope/left-pad', 'npm update @scope/left-pad'],
  ])('names the package %s', (name, command) => {
    expect(commandFor(locked(name, '1.2.3', 'package-lock.json', 'npm'))).toBe(command);
  });

  it.each([
    '--prefix',
    '-g',
    '@-x/y',
    './evil',
    '../evil',
    '~/evil',
    'a@file',
    'a;b',
    '$(b)',
    "a'b",
    '!!',
    '',
  ])('takes no name that a shell or a tool reads otherwise: %j', (name) => {
    expect(commandFor(locked(name, '1.2.3', 'package-lock.json', 'npm'))).toBeNull();
  });

  it.each(["1'; b", '-1', '$(b)'])('takes no version that a shell reads otherwise: %j', (version) => {
    const report = locked('requests', version, 'uv.lock', 'PyPI');
    expect(commandFor(report)).toBeNull();
    expect(fixPlanText(report)).toContain('lock it anew');
  });
});
