import type { ChalkInstance } from 'chalk';
import type { Change } from '../deps/fix-plan.ts';
import { changesOf } from '../deps/fix-plan.ts';
import type { Imported } from '../model/dependency.ts';
import type { Report } from '../model/report.ts';
import { escapeLine } from './escape.ts';
import { SEVERITY_COLOR } from './severity-color.ts';
import { plural } from './summary.ts';

/** How much is shown before "and N more". */
const MAX_ROWS = 30;
/** Assumed where no terminal says how wide it is. */
const DEFAULT_COLUMNS = 110;
/** Narrower ones get two lines a row. */
const MIN_TABLE_COLUMNS = 90;
const MAX_COLUMNS = 200;

/** Rules whose findings the table tells. */
export const TOLD_BY_TABLE: ReadonlySet<string> = new Set([
  'dependency-malicious',
  'dependency-advisory',
  'dependency-advisory-possible',
]);

/** The table "what to change first": a row per package, the most pressing first. Empty when nothing known affects anything. */
export function changeLines(
  report: Report,
  chalk: ChalkInstance,
  { columns, isVerbose }: { readonly columns: number | undefined; readonly isVerbose: boolean },
): string[] {
  const changes = changesOf(report.dependencies);
  if (changes.length === 0) return [];
  const shown = changes.slice(0, isVerbose ? Infinity : MAX_ROWS);
  const rows = shown.map((change) => ({
    change,
    cells: [howBad(change), named(change), toOf(change), whyOf(change), whereOf(change)].map(escapeLine),
  }));
  const width = Math.min(columns ?? DEFAULT_COLUMNS, MAX_COLUMNS);
  const head = ['how bad', 'package', 'change to', 'why', 'where'];
  const lines = [chalk.bold('What to change first')];
  if (width < MIN_TABLE_COLUMNS) {
    for (const { change, cells } of rows) {
      const [bad = '', name = '', to = '', why = '', where = ''] = cells;
      lines.push(fit(`  ${bad}  ${name} → ${to}`, width), fit(`    ${where}  ${why}`, width));
      lines[lines.length - 2] = colored(lines[lines.length - 2]!, bad, change, chalk);
    }
  } else {
    const widths = columnWidths([head, ...rows.map(({ cells }) => cells)], width);
    const lineOf = (cells: readonly string[]): string =>
      `  ${cells.map((cell, index) => pad(cell, widths[index]!, index === 4)).join('  ')}`.trimEnd();
    lines.push(chalk.gray(lineOf(head)));
    for (const { change, cells } of rows) lines.push(colored(lineOf(cells), cells[0]!, change, chalk));
  }
  if (changes.length > shown.length)
    lines.push(`  … and ${plural(changes.length - shown.length, 'more package')} (--verbose shows all)`);
  return lines;
}

/** One paragraph: how much was compared with what, as of when, and what was not. */
export function auditCoverageLines({ dependencies, stages }: Report, columns: number | undefined): string[] {
  const { declared, matched, unpinned, unreadable, database, tools } = dependencies.coverage;
  const stage = stages.find(({ id }) => id === 'deps');
  const sentences = [
    declared === 0
      ? 'Nothing that could be read declares a dependency.'
      : `${plural(declared, 'package')} declared, ${matched} compared with ${database.records} advisories as of ${database.date === '' ? 'no date: none was asked' : database.date}; ${declared - matched} could not be compared.`,
    ...(unpinned === 0
      ? []
      : [`${unpinned} not pinned: what is installed may differ from one day to the next.`]),
    ...(/\(stale/.test(stage?.reason ?? '')
      ? ['The advisories are old: `sbx db update` fetches newer ones.']
      : []),
    ...tools.map(({ id, version, status, message }) =>
      `${id}${version === null ? '' : ` ${version}`}: ${status}${message === '' ? '' : ` (${message})`}.`.replace(
        '.).',
        ').',
      ),
    ),
    ...(unreadable.length === 0
      ? []
      : [
          `Not read: ${unreadable
            .slice(0, 5)
            .map(({ path, reason }) => `${path} (${reason})`)
            .join(', ')}${unreadable.length > 5 ? ` and ${unreadable.length - 5} more` : ''}.`,
        ]),
    'What no advisory names may still be vulnerable or hostile.',
  ];
  return wrap(sentences.map(escapeLine).join(' '), Math.min(columns ?? DEFAULT_COLUMNS, MAX_COLUMNS));
}

function howBad({ kind, severity }: Change): string {
  if (kind === 'malicious') return 'MALICIOUS';
  return kind === 'possible' ? `possible ${severity ?? ''}`.trim() : (severity ?? 'unrated');
}

function named({ package: name, from }: Change): string {
  return `${name} ${from}`;
}

function toOf({ kind, to }: Change): string {
  if (kind === 'malicious') return 'remove it';
  if (to === null) return 'no fix known';
  return kind === 'possible' ? `>=${to}` : to;
}

const USE: Readonly<Record<Imported, string>> = {
  reachable: ', imported',
  'test-only': ', imported by tests only',
  'not-imported': ', not imported here',
  unknown: '',
};

function whyOf({ advisories, unfixed, to, imported }: Change): string {
  const [first = '', ...rest] = advisories;
  const more = rest.length === 0 ? '' : ` +${rest.length}`;
  const left = to !== null && unfixed.length > 0 ? `, ${unfixed.length} without a fix` : '';
  return `${first}${more}${left}${USE[imported]}`;
}

function whereOf({ locations }: Change): string {
  const [first] = locations;
  if (first === undefined) return '';
  return `${first.path}:${first.startLine}${locations.length > 1 ? ` +${locations.length - 1}` : ''}`;
}

function colored(line: string, cell: string, { kind, severity }: Change, chalk: ChalkInstance): string {
  const color =
    kind === 'malicious' ? 'red' : kind === 'possible' ? 'gray' : SEVERITY_COLOR[severity ?? 'high'];
  return line.replace(cell, () => chalk[color](cell));
}

/** Widths that fit the line: what is too wide is cut where it hurts least, "why" last. */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const widths = [0, 1, 2, 3, 4].map((index) => Math.max(...rows.map((cells) => cells[index]?.length ?? 0)));
  const least = [9, 18, 12, 20, 22];
  const room = width - 2 - 2 * 4;
  for (const index of [4, 1, 3, 2, 0]) {
    const over = widths.reduce((sum, one) => sum + one, 0) - room;
    if (over > 0) widths[index] = Math.max(Math.min(widths[index]!, least[index]!), widths[index]! - over);
  }
  return widths;
}

/** Cut or filled to a width; of a place the end tells more than the beginning. */
function pad(text: string, width: number, keepsEnd: boolean): string {
  if (text.length <= width) return text.padEnd(width);
  return keepsEnd ? `…${text.slice(text.length - width + 1)}` : fit(text, width);
}

function fit(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** Lines broken between words. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
