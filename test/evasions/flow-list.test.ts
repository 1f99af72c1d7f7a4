import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';
import { endsOf, filesOf, type FlowCase } from './flow/case.ts';
import { ACROSS_FILES, CARRIERS } from './flow/carriers.ts';
import { SANITIZERS } from './flow/sanitizers.ts';
import { SINKS } from './flow/sinks.ts';
import { LIFECYCLE, SOURCES } from './flow/sources.ts';

const GROUPS: Readonly<Record<string, readonly FlowCase[]>> = {
  sources: SOURCES,
  lifecycle: LIFECYCLE,
  sinks: SINKS,
  sanitizers: SANITIZERS,
  carriers: CARRIERS,
  files: ACROSS_FILES,
};

/** The path of a case below the folder that is scanned: none of its parts tells anything. */
const part = (group: string, index: number, side: string): string => `${group}/c${String(index)}/${side}`;

describe.each(Object.entries(GROUPS))('%s', (group, cases) => {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-flow-'));
  let report: Report;
  let decisive: ReadonlySet<string>;

  beforeAll(async () => {
    for (const [index, each] of cases.entries())
      for (const side of ['attack', 'honest'] as const)
        writeTree(filesOf(each, side, `${String(index)}-${side}`), join(folder, part(group, index, side)));
    report = JSON.parse((await sbx(['scan', folder, '--format', 'json', '--no-cache'])).stdout) as Report;
    decisive = new Set(
      report.units.flatMap(({ verdict }) => verdict.reasons.flatMap(({ findings }) => findings)),
    );
  }, 120_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const foundIn = (index: number, side: string): Report['findings'] =>
    report.findings.filter(({ location }) => location.path.startsWith(`${part(group, index, side)}/`));

  it.each(cases.map((each, index) => ({ ...each, index })))('$name is followed', ({ index, ...each }) => {
    const found = foundIn(index, 'attack');
    const fitting = found.filter(({ ruleId }) => each.rule.test(ruleId));
    expect(fitting.length > 0 ? '' : `only ${found.map(({ ruleId }) => ruleId).join(' ')}`).toBe('');
    const traces = fitting.map(({ trace }) =>
      // A finding that rests on several places names the others after the flow.
      trace
        .filter(({ message }) => !message.startsWith('together with'))
        .map(({ path, line }) => `${path.replace(`${part(group, index, 'attack')}/`, '')}:${String(line)}`),
    );
    const { first, last } = endsOf(each);
    const ends = traces.map((trace) => `${trace[0] ?? ''} … ${trace.at(-1) ?? ''}`);
    expect(ends).toContain(`${first ?? ''} … ${last ?? ''}`);
    for (const place of each.through ?? []) expect(traces.flat()).toContain(place);
  });

  it.each(cases.map((each, index) => ({ ...each, index })))('$name: its twin is quiet', ({ index, rule }) => {
    const found = foundIn(index, 'honest').filter(
      ({ ruleId, fingerprint }) => rule.test(ruleId) || decisive.has(fingerprint),
    );
    expect(found.map(({ ruleId }) => ruleId).join(' ')).toBe('');
  });

  it('was read whole', () => {
    expect(report.coverage.opaque.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([]);
  });
});
