import type { Report } from '../model/report.ts';
import { escapeHtml } from './escape.ts';
import { ADVICE, findingsByWeight, matrixCells, placeOf } from './summary.ts';

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 .decision { padding: .1em .5em; border-radius: .3em; color: #fff; }
.approve { background: #1a7f37; } .review { background: #9a6700; } .reject { background: #b42318; } .incomplete { background: #6639ba; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
code { font: 13px/1.4 ui-monospace, monospace; }
.critical, .high { color: #d1242f; font-weight: 600; } .medium { color: #9a6700; } .low, .info { opacity: .8; }
`;

/** The report as one self-contained HTML page: no script, nothing fetched, everything of the target escaped. */
export function renderHtml(report: Report): string {
  const { decision, reasons } = report.verdict;
  const title = `sbx: ${decision} – ${report.target.path}`;
  const sections = [
    `<h1><span class="decision ${decision}">${decision}</span> ${escapeHtml(report.target.path)}</h1>`,
    `<p>${escapeHtml(ADVICE[decision].advice)}</p>`,
    list(reasons.map(({ code, message }) => `<b>${escapeHtml(code)}</b>: ${escapeHtml(message)}`)),
    section(
      'Findings',
      ['severity', 'what', 'where', 'rule', 'what to do'],
      findingsByWeight(report).map((finding) => [
        `<span class="${finding.severity}">${finding.severity}</span>`,
        `<b>${escapeHtml(finding.title)}</b><br>${escapeHtml(finding.message)}${list(
          finding.trace.map(
            (step) => `<code>${escapeHtml(`${step.path}:${step.line}`)}</code> ${escapeHtml(step.message)}`,
          ),
        )}`,
        `<code>${escapeHtml(placeOf(finding))}</code>`,
        `<code>${escapeHtml(finding.ruleId)}</code>`,
        escapeHtml(finding.fix),
      ]),
    ),
    section(
      'Units',
      ['unit', 'kind', 'path', 'verdict'],
      report.units.map(({ name, kind, path, verdict }) =>
        [name, kind, path, verdict.decision].map(escapeHtml),
      ),
    ),
    section(
      'Capabilities',
      ['unit', 'capability', 'detail', 'declared', 'in the code', 'when run'],
      report.capabilities.map((row) => {
        const { declared, code, run } = matrixCells(row);
        return [row.unit, row.capability, row.detail, declared, code, run].map(escapeHtml);
      }),
    ),
    section(
      'Stages',
      ['stage', 'status', 'note'],
      report.stages.map(({ id, status, reason }) => [id, status, reason].map(escapeHtml)),
    ),
    section(
      'Not analysed',
      ['path', 'reason'],
      report.coverage.opaque.map(({ path, reason }) => [path, reason].map(escapeHtml)),
    ),
    `<p><small>sbx ${escapeHtml(report.tool.version)}, ${escapeHtml(report.startedAt)}, ${escapeHtml(report.target.digest)}</small></p>`,
  ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    // Even if something slipped through the escaping, the page may load and run nothing.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    ...sections.filter((text) => text !== ''),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const cells = (tag: string, row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  const body = rows.map((row) => cells('td', row)).join('\n');
  return `<h2>${title}</h2>\n<table>\n<thead>${cells('th', head)}</thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}
