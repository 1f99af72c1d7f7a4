import type { Report } from '../model/report.ts';
import { escapeMarkdown } from './escape.ts';
import { ADVICE, findingsByWeight, matrixCells, placeOf } from './summary.ts';

/** Comments on pull requests have a length limit; the JSON report has everything. */
const MAX_FINDINGS = 100;
const MAX_ROWS = 200;

/** The report as GitHub-flavoured Markdown, for a pull request or a job summary. */
export function renderMarkdown(report: Report): string {
  const { decision, reasons } = report.verdict;
  const lines = [
    `# sbx: ${decision} – ${escapeMarkdown(report.target.path)}`,
    '',
    `${ADVICE[decision].advice} Target digest \`${report.target.digest}\`, sbx ${report.tool.version}.`,
    '',
    ...reasons.map(({ code, message }) => `- **${code}**: ${escapeMarkdown(message)}`),
  ];
  const findings = findingsByWeight(report);
  if (findings.length > 0) {
    lines.push(
      '',
      '## Findings',
      '',
      '| severity | rule | where | what | what to do |',
      '| --- | --- | --- | --- | --- |',
    );
    for (const finding of findings.slice(0, MAX_FINDINGS)) {
      const cells = [finding.severity, finding.ruleId, placeOf(finding), finding.message, finding.fix];
      lines.push(`| ${cells.map(escapeMarkdown).join(' | ')} |`);
    }
    if (findings.length > MAX_FINDINGS) lines.push('', `… and ${findings.length - MAX_FINDINGS} more.`);
  }
  if (report.units.length > 1) {
    lines.push('', '## Units', '', '| unit | kind | path | verdict |', '| --- | --- | --- | --- |');
    for (const { name, kind, path, verdict } of report.units) {
      lines.push(`| ${[name, kind, path, verdict.decision].map(escapeMarkdown).join(' | ')} |`);
    }
  }
  if (report.capabilities.length > 0) {
    lines.push(
      '',
      '## Capabilities',
      '',
      '| unit | capability | detail | declared | in the code | when run |',
      '| --- | --- | --- | --- | --- | --- |',
    );
    for (const row of report.capabilities.slice(0, MAX_ROWS)) {
      const { declared, code, run } = matrixCells(row);
      lines.push(
        `| ${[row.unit, row.capability, row.detail, declared, code, run].map(escapeMarkdown).join(' | ')} |`,
      );
    }
    if (report.capabilities.length > MAX_ROWS)
      lines.push('', `… and ${report.capabilities.length - MAX_ROWS} more.`);
  }
  lines.push('', '## Stages', '', '| stage | status | note |', '| --- | --- | --- |');
  for (const { id, status, reason } of report.stages)
    lines.push(`| ${id} | ${status} | ${escapeMarkdown(reason)} |`);
  const { files, analysed, opaque } = report.coverage;
  lines.push('', `${files} files, ${analysed} analysed, ${opaque.length} not.`);
  for (const { path, reason } of opaque.slice(0, MAX_FINDINGS))
    lines.push(`- ${escapeMarkdown(path)}: ${escapeMarkdown(reason)}`);
  return `${lines.join('\n')}\n`;
}
