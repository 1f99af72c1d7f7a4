import { Chalk } from 'chalk';
import type { ChalkInstance } from 'chalk';
import type { Report } from '../model/report.ts';
import type { Decision } from '../model/verdict.ts';
import { auditCoverageLines, changeLines, TOLD_BY_TABLE } from './deps-terminal.ts';
import { escapeLine } from './escape.ts';
import type { RenderOptions } from './formats.ts';
import { SEVERITY_COLOR } from './severity-color.ts';
import { ADVICE, countBySeverity, findingsByWeight, matrixCells, placeOf, plural } from './summary.ts';

/** How much is shown before "and N more"; `--verbose` shows all. */
const MAX_FINDINGS = 20;
/** Hits of one rule in one file: the third says little that the first two did not. */
const MAX_OF_RULE = 2;
const MAX_ROWS = 25;
const MAX_UNITS = 30;
const MAX_REASONS = 8;

const DECISION_COLOR: Readonly<Record<Decision, 'green' | 'yellow' | 'red' | 'magenta'>> = {
  approve: 'green',
  review: 'yellow',
  reject: 'red',
  incomplete: 'magenta',
};

/** The report as a person at a terminal needs it: verdict, why, where, what to do; then units, matrix, stages, coverage. */
export function renderTerminal(report: Report, { color, isVerbose, columns }: RenderOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  if (isAuditAlone(report)) {
    return joined([
      verdictLines(report, chalk),
      changeLines(report, chalk, { columns, isVerbose }),
      findingLines(report, chalk, isVerbose ? Infinity : MAX_FINDINGS, TOLD_BY_TABLE),
      unitLines(report, chalk, isVerbose ? Infinity : MAX_UNITS),
      auditCoverageLines(report, columns),
    ]);
  }
  return joined([
    verdictLines(report, chalk),
    findingLines(report, chalk, isVerbose ? Infinity : MAX_FINDINGS),
    unitLines(report, chalk, isVerbose ? Infinity : MAX_UNITS),
    matrixLines(report, chalk, isVerbose ? Infinity : MAX_ROWS),
    stageLines(report, chalk),
    coverageLines(report, isVerbose),
  ]);
}

/** True for what `sbx deps` reports: what to change matters more than how the stages went. */
function isAuditAlone({ stages }: Report): boolean {
  return stages.length === 1 && stages[0]?.id === 'deps';
}

function joined(sections: readonly (readonly string[])[]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function verdictLines(report: Report, chalk: ChalkInstance): string[] {
  const { decision, reasons } = report.verdict;
  const { headline, advice } = ADVICE[decision];
  const mark = chalk[DECISION_COLOR[decision]].bold(decision.toUpperCase());
  const lines = [`${mark}  ${escapeLine(report.target.path)}: ${headline}. ${advice}`];
  for (const reason of reasons.slice(0, MAX_REASONS)) lines.push(`  - ${escapeLine(reason.message)}`);
  if (reasons.length > MAX_REASONS)
    lines.push(`  … and ${plural(reasons.length - MAX_REASONS, 'more reason')}`);
  return lines;
}

function findingLines(
  report: Report,
  chalk: ChalkInstance,
  max: number,
  leftOut: ReadonlySet<string> = new Set(),
): string[] {
  const findings = findingsByWeight(report).filter(({ ruleId }) => !leftOut.has(ruleId));
  if (findings.length === 0) return [];
  const counts = countBySeverity(findings).map(([severity, count]) => `${count} ${severity}`);
  const lines = [chalk.bold(`Findings (${counts.join(', ')})`)];
  const shownOfRule = new Map<string, number>();
  const shown = findings.filter((finding) => {
    const key = `${finding.ruleId}\0${finding.location.path}`;
    const count = (shownOfRule.get(key) ?? 0) + 1;
    shownOfRule.set(key, count);
    return max === Infinity || count <= MAX_OF_RULE;
  });
  const explained = new Set<string>();
  for (const finding of shown.slice(0, max)) {
    const severity = chalk[SEVERITY_COLOR[finding.severity]](finding.severity.padEnd(8));
    lines.push(`  ${severity} ${escapeLine(finding.title)}  ${chalk.gray(finding.ruleId)}`);
    lines.push(`           ${escapeLine(placeOf(finding))}: ${escapeLine(finding.message)}`);
    for (const step of finding.trace.slice(0, 6)) {
      lines.push(chalk.gray(`             ↳ ${escapeLine(`${step.path}:${step.line}: ${step.message}`)}`));
    }
    // What to do is the same for every hit of a rule: once is enough.
    if (finding.fix !== '' && finding.severity !== 'info' && !explained.has(finding.ruleId)) {
      lines.push(`           ${chalk.gray('fix:')} ${escapeLine(finding.fix)}`);
    }
    explained.add(finding.ruleId);
  }
  const left = findings.length - Math.min(shown.length, max);
  if (left > 0) lines.push(`  … and ${left} more (--verbose shows all)`);
  return lines;
}

function unitLines(report: Report, chalk: ChalkInstance, max: number): string[] {
  if (report.units.length < 2) return [];
  const lines = [chalk.bold(plural(report.units.length, 'unit'))];
  const worstFirst: readonly Decision[] = ['reject', 'incomplete', 'review', 'approve'];
  const units = worstFirst.flatMap((decision) =>
    report.units.filter(({ verdict }) => verdict.decision === decision),
  );
  for (const { path, kind, name, verdict } of units.slice(0, max)) {
    const mark = chalk[DECISION_COLOR[verdict.decision]](verdict.decision.padEnd(10));
    lines.push(`  ${mark} ${kind.padEnd(14)} ${escapeLine(name)}  ${chalk.gray(escapeLine(path))}`);
  }
  if (units.length > max) lines.push(`  … and ${units.length - max} more (--verbose shows all)`);
  return lines;
}

function matrixLines(report: Report, chalk: ChalkInstance, max: number): string[] {
  const rows = report.capabilities;
  if (rows.length === 0) return [];
  // What was done or declared comes before what is merely possible.
  const ordered = [...rows].sort((a, b) => weight(b) - weight(a));
  const shown = ordered
    .slice(0, max)
    .map((row) => ({ label: `${row.capability} ${row.detail}`, ...matrixCells(row) }));
  const width = Math.min(60, Math.max(...shown.map(({ label }) => escapeLine(label).length)));
  const lines = [chalk.bold(`${'Capability'.padEnd(width + 2)}  declared  in code  when run`)];
  for (const { label, declared, code, run } of shown) {
    const text = shorten(escapeLine(label), width).padEnd(width);
    lines.push(`  ${text}  ${declared.padEnd(8)}  ${code.padEnd(7)}  ${run}`);
  }
  if (rows.length > max) lines.push(`  … and ${rows.length - max} more (--verbose shows all)`);
  return lines;
}

function weight(row: Report['capabilities'][number]): number {
  return (
    (row.observed.length > 0 ? 4 : 0) + (row.declared === false ? 2 : 0) + (row.declared === true ? 1 : 0)
  );
}

function stageLines(report: Report, chalk: ChalkInstance): string[] {
  const lines = [chalk.bold('Stages')];
  for (const { id, status, reason, durationMs, tools } of report.stages) {
    // A tool that is missing was not used; the stage's reason says how to get it.
    const present = tools.filter((tool) => tool.status !== 'missing');
    const used =
      present.length === 0
        ? ''
        : ` [${present.map(({ id: tool, version }) => `${tool}${version === null ? '' : ` ${version}`}`).join(', ')}]`;
    const note = reason === '' ? '' : `  ${escapeLine(reason)}`;
    lines.push(`  ${id.padEnd(9)} ${status.padEnd(14)} ${seconds(durationMs)}${escapeLine(used)}${note}`);
  }
  return lines;
}

function coverageLines(report: Report, isVerbose: boolean): string[] {
  const { files, analysed, opaque } = report.coverage;
  const blocking = opaque.filter((item) => item.blocking);
  const lines = [
    `${plural(files, 'file')}, ${analysed} analysed, ${opaque.length} not (${blocking.length} of them could hold something that runs)`,
  ];
  const shown = isVerbose ? opaque : blocking.slice(0, 10);
  for (const { path, reason } of shown) lines.push(`  ${escapeLine(path)}: ${escapeLine(reason)}`);
  if (!isVerbose && blocking.length > shown.length)
    lines.push(`  … and ${blocking.length - shown.length} more (--verbose shows all)`);
  return lines;
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
