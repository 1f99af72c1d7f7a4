import type { Report } from '../model/report.ts';
import { escapeXml } from './escape.ts';
import { placeOf } from './summary.ts';

/** The report as JUnit XML: a test case per unit, failed when rejected or to be reviewed, in error when incomplete. */
export function renderJunit(report: Report): string {
  const cases = report.units.map((unit) => {
    const { decision, reasons } = unit.verdict;
    const name = escapeXml(`${unit.kind} ${unit.name} (${unit.path})`);
    const open = `    <testcase classname="sbx" name="${name}" time="0">`;
    if (decision === 'approve') return `${open}</testcase>`;
    const tag = decision === 'incomplete' ? 'error' : 'failure';
    const findings = report.findings.filter(
      ({ unit: path, suppressed }) => path === unit.path && suppressed === null,
    );
    const text = [
      ...reasons.map(({ code, message }) => `${code}: ${message}`),
      ...findings.map(
        (finding) => `${finding.severity} ${finding.ruleId} ${placeOf(finding)}: ${finding.message}`,
      ),
    ].map(escapeXml);
    const message = escapeXml(`${decision}: ${reasons[0]?.message ?? ''}`);
    return `${open}\n      <${tag} type="${decision}" message="${message}">${text.join('\n')}</${tag}>\n    </testcase>`;
  });
  const count = (decisions: readonly string[]): number =>
    report.units.filter(({ verdict }) => decisions.includes(verdict.decision)).length;
  const totals = `tests="${report.units.length}" failures="${count(['reject', 'review'])}" errors="${count(['incomplete'])}"`;
  // How far each stage went, above all as of which day advisories are known.
  const notes = report.stages
    .filter(({ reason }) => reason !== '')
    .map(
      ({ id, status, reason }) =>
        `      <property name="${id}" value="${escapeXml(`${status}: ${reason}`)}"/>`,
    );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="sbx ${escapeXml(report.target.path)}" ${totals} timestamp="${report.startedAt}">`,
    ...(notes.length === 0 ? [] : ['    <properties>', ...notes, '    </properties>']),
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
