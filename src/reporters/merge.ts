import { createHash } from 'node:crypto';
import { judgeTarget } from '../judge/judge.ts';
import { compareFindings } from '../judge/order.ts';
import type { StageStatus } from '../model/outcome.ts';
import type { Report } from '../model/report.ts';

/** The worse of two states of a stage: what was not looked at anywhere was not looked at. */
const WORST_FIRST: readonly StageStatus[] = ['failed', 'partial', 'skipped', 'done', 'not-applicable'];

/**
 * One report over several targets: paths are prefixed with the target's own, so that nothing collides; the verdict is that of the
 * worst unit. A single report is given back as it is.
 */
export function mergeReports(reports: readonly Report[]): Report {
  const [first] = reports;
  if (first === undefined) throw new TypeError('no reports to merge');
  if (reports.length === 1) return first;
  const parts = reports.map((report) =>
    prefixed(report, report.target.path.replace(/^(?:\.?\/)+|\/+$/g, '') || '.'),
  );
  const units = parts.flatMap((part) => part.units);
  const digest = createHash('sha256')
    .update(
      parts
        .map(({ target }) => target.digest)
        .sort()
        .join('\n'),
    )
    .digest('hex');
  const withRuns = parts.find(({ observations }) => observations.backend !== 'none') ?? first;
  return {
    ...first,
    startedAt: parts.map(({ startedAt }) => startedAt).sort()[0]!,
    durationMs: sum(parts.map(({ durationMs }) => durationMs)),
    target: {
      path: reports.map(({ target }) => target.path).join(', '),
      digest: `sha256:${digest}`,
      kind: 'directory',
    },
    units,
    verdict: judgeTarget(units),
    stages: mergeStages(parts),
    findings: parts.flatMap(({ findings }) => findings).sort(compareFindings),
    capabilities: parts.flatMap(({ capabilities }) => capabilities),
    dependencies: {
      packages: parts.flatMap(({ dependencies }) => dependencies.packages),
      advisories: parts.flatMap(({ dependencies }) => dependencies.advisories),
      coverage: {
        declared: sum(parts.map(({ dependencies }) => dependencies.coverage.declared)),
        matched: sum(parts.map(({ dependencies }) => dependencies.coverage.matched)),
        unpinned: sum(parts.map(({ dependencies }) => dependencies.coverage.unpinned)),
        unreadable: parts.flatMap(({ dependencies }) => dependencies.coverage.unreadable),
        database: parts
          .map(({ dependencies }) => dependencies.coverage.database)
          .sort((a, b) => (a.date < b.date ? -1 : 1))[0]!,
        tools: first.dependencies.coverage.tools,
      },
    },
    observations: { ...withRuns.observations, runs: parts.flatMap(({ observations }) => observations.runs) },
    coverage: {
      files: sum(parts.map(({ coverage }) => coverage.files)),
      bytes: sum(parts.map(({ coverage }) => coverage.bytes)),
      analysed: sum(parts.map(({ coverage }) => coverage.analysed)),
      opaque: parts.flatMap(({ coverage }) => coverage.opaque),
    },
  };
}

function mergeStages(parts: readonly Report[]): Report['stages'] {
  const ids = [...new Set(parts.flatMap(({ stages }) => stages.map(({ id }) => id)))];
  return ids.map((id) => {
    const own = parts.flatMap(({ stages }) => stages.filter((stage) => stage.id === id));
    const worst = [...own].sort((a, b) => WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status))[0]!;
    return { ...worst, durationMs: sum(own.map(({ durationMs }) => durationMs)) };
  });
}

function prefixed(report: Report, prefix: string): Report {
  const within = (path: string): string =>
    prefix === '.' ? path : path === '.' ? prefix : `${prefix}/${path}`;
  const place = <T extends { readonly path: string }>(item: T): T => ({ ...item, path: within(item.path) });
  const owned = <T extends { readonly unit: string }>(item: T): T => ({ ...item, unit: within(item.unit) });
  return {
    ...report,
    units: report.units.map(place),
    findings: report.findings.map((finding) => ({
      ...owned(finding),
      location: place(finding.location),
      trace: finding.trace.map(place),
    })),
    capabilities: report.capabilities.map((row) => ({ ...owned(row), static: row.static.map(place) })),
    dependencies: {
      ...report.dependencies,
      packages: report.dependencies.packages.map((item) => ({
        ...owned(item),
        locations: item.locations.map(place),
      })),
      advisories: report.dependencies.advisories.map((item) => ({
        ...item,
        locations: item.locations.map(place),
      })),
    },
    observations: { ...report.observations, runs: report.observations.runs.map(owned) },
    coverage: { ...report.coverage, opaque: report.coverage.opaque.map(place) },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
