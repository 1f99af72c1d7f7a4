import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { exitStatusOf } from '../../src/exit-codes.ts';
import type { Report } from '../../src/model/report.ts';
import { PACKAGE_ROOT } from '../../src/package-info.ts';
import type { TreeFile } from './tree.ts';

let validate: ValidateFunction | undefined;

function schemaErrors(report: Report): readonly string[] {
  validate ??= new Ajv2020({ allErrors: false, allowUnionTypes: true, validateFormats: false }).compile(
    JSON.parse(readFileSync(`${PACKAGE_ROOT}manifests/report.schema.json`, 'utf8')) as object,
  );
  return validate(JSON.parse(JSON.stringify(report)))
    ? []
    : (validate.errors ?? []).map((error) => `schema: ${error.instancePath} ${error.message ?? ''}`);
}

/** A report without what may differ from run to run. */
function timeless(report: Report): unknown {
  return {
    ...report,
    startedAt: '',
    durationMs: 0,
    stages: report.stages.map((stage) => ({ ...stage, durationMs: 0 })),
  };
}

/** Where two values differ first, and what stands there; null when they are the same. */
function difference(a: unknown, b: unknown, at = ''): string | null {
  if (Object.is(a, b)) return null;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return `${at}: ${JSON.stringify(a)?.slice(0, 200)} and ${JSON.stringify(b)?.slice(0, 200)}`;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = difference(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
      `${at}/${key}`,
    );
    if (found !== null) return found;
  }
  return null;
}

/** Files that are neither analysed nor listed as opaque, in whole or in part (`a.gz!/b`, `a.sh@61:appended`, `a.ipynb#cell-3`). */
function skipped(files: readonly TreeFile[], report: Report): readonly string[] {
  const { coverage } = report;
  const isListed = (path: string): boolean =>
    coverage.opaque.some(
      (each) => each.path === path || ['!', '@', '#'].some((mark) => each.path.startsWith(path + mark)),
    );
  const listed = files.filter(({ path }) => isListed(path)).length;
  return coverage.analysed + listed >= files.length
    ? []
    : [`of ${files.length} files, ${coverage.analysed} were analysed and ${listed} are listed as opaque`];
}

/** A layer may lie deep inside a file, but its path is a file's. */
function strayFindings(files: readonly TreeFile[], report: Report): readonly string[] {
  const lines = new Map(
    files.map(({ path, bytes }) => [path, bytes.toString('latin1').split(/[\n\r]/).length + 1]),
  );
  return report.findings.flatMap(({ ruleId, location: { path, startLine, endLine, layer } }) => {
    const count = lines.get(path);
    if (count === undefined) return [`${ruleId} is found in ${path}, which is not there`];
    if (endLine < startLine) return [`${ruleId} ends before it starts: ${startLine}-${endLine}`];
    return layer === null && startLine > count ? [`${ruleId} is found at line ${startLine} of ${count}`] : [];
  });
}

/** What a report must hold whatever the target, and does not: one sentence each. */
export function brokenPromises(files: readonly TreeFile[], report: Report, again: Report): readonly string[] {
  const blocking = report.coverage.opaque.filter((each) => each.blocking);
  const { decision } = report.verdict;
  const isApproved = decision === 'approve' || decision === 'review';
  // No case is large.
  const slow = report.coverage.opaque.filter(({ reason }) => /took longer than/.test(reason));
  const differing = difference(timeless(report), timeless(again));
  return [
    ...schemaErrors(report),
    ...slow.map(({ path, reason }) => `${path} ${reason}`),
    ...skipped(files, report),
    ...strayFindings(files, report),
    ...(blocking.length > 0 && isApproved ? [`${decision} although ${blocking[0]!.path} was not read`] : []),
    ...([0, 1, 3, 4].includes(exitStatusOf(decision, 'review')) ? [] : [`no exit status for ${decision}`]),
    ...(differing === null ? [] : [`two runs differ at ${differing}`]),
  ];
}
