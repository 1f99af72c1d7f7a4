import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Report } from '../../src/model/report.ts';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';
import { type Entry, ENTRIES } from './entries.ts';

const SECRET = '~/.aws/credentials';
const ORDINARY = 'results.txt';

/** A folder's name for a case. */
function folderOf(name: string, isAttack: boolean): string {
  return `${name.replaceAll(/\W+/g, '-')}/${isAttack ? 'attack' : 'honest'}`;
}

/** The files of a case below its folder. */
function filesOf(name: string, { files }: Entry, isAttack: boolean): Record<string, string> {
  const data = isAttack ? SECRET : ORDINARY;
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      `${folderOf(name, isAttack)}/${path}`,
      text.replaceAll('@DATA@', data),
    ]),
  );
}

const cases = Object.entries(ENTRIES);
const files = Object.assign(
  {},
  ...cases.flatMap(([name, entry]) => [filesOf(name, entry, true), filesOf(name, entry, false)]),
) as Record<string, string>;

const root = mkdtempSync(join(tmpdir(), 'sbx-test-'));
let report: Report;
let outcome: Outcome;

beforeAll(async () => {
  writeTree(files, root);
  const { stdout } = await sbx(['scan', root, '--format', 'json', '--no-cache']);
  report = JSON.parse(stdout) as Report;
  const target = targetOf(files);
  const units = cases.flatMap(([name]) =>
    [true, false].map((isAttack) => {
      const path = folderOf(name, isAttack);
      return {
        path,
        kind: 'files' as const,
        name: path,
        files: target.files.map((file) => file.path).filter((file) => file.startsWith(`${path}/`)),
      };
    }),
  );
  outcome = await staticStage.run({ ...target, units }, STAGE_CONTEXT);
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** The places of a trace below a folder, each once in a row. */
function placesOf(trace: Report['findings'][number]['trace'], folder: string): readonly string[] {
  return trace
    .map(({ path, line }) => `${path.replace(`${folder}/`, '')}:${line}`)
    .filter((place, index, all) => place !== all[index - 1]);
}

describe('a file that has a program run', () => {
  it.each(cases)('%s: what it hands over is followed', (name, { trace }) => {
    const folder = folderOf(name, true);
    const found = report.findings.filter(
      ({ ruleId, location }) => ruleId === 'secret-file-to-network' && location.path.startsWith(`${folder}/`),
    );
    expect(found.map((each) => placesOf(each.trace, folder))).toContainEqual(trace);
  });

  it.each(cases)('%s: its honest twin hands over nothing', (name) => {
    const folder = folderOf(name, false);
    const found = report.findings.filter(
      ({ severity, location }) =>
        (severity === 'critical' || severity === 'high') && location.path.startsWith(`${folder}/`),
    );
    expect(found.map(({ ruleId }) => ruleId)).toEqual([]);
  });

  it.each(cases)('%s says when the program runs', (name, { scope, trace }) => {
    const last = trace.at(-1) ?? '';
    const sending = outcome.evidence.filter(
      ({ capability, location }) =>
        capability === 'net.connect' &&
        `${location?.path ?? ''}:${location?.startLine ?? 0}` === `${folderOf(name, true)}/${last}`,
    );
    expect([...new Set(sending.map((each) => each.scope))]).toEqual([scope]);
  });

  it('and everything was read', () => {
    expect(report.coverage.opaque).toEqual([]);
  });
});
