import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Package } from '../../model/dependency.ts';
import { writeOsvFolder } from '../advisories/osv-folder.ts';
import { isAudited } from '../advisories/version-scheme.ts';
import type { EmbeddedResult } from '../embedded.ts';
import { compareText } from '../inventory/text.ts';
import { parseOsvReport } from './osv-report.ts';
import type { NoOsvScanner, OsvScanner } from './osv-scanner.ts';
import { askOsvScanner, isOpened, osvDeadline } from './osv-scanner.ts';
import type { ToolOutput } from './run-tool.ts';
import type { ToolContext } from './tool-context.ts';
import { endOf, lastLine, stoppedRun } from './tool-failure.ts';
import type { ToolResult } from './tool-result.ts';
import { worstOf } from './tool-result.ts';

/**
 * Asks osv-scanner about a list that we wrote ourselves, so that no file of the target is opened, obeyed or parsed by it. Offline it reads
 * our database; online the names and versions leave the machine.
 */
export async function auditWithOsvScanner(
  scanner: OsvScanner | NoOsvScanner,
  packages: readonly Package[],
  embedded: EmbeddedResult,
  context: ToolContext,
): Promise<ToolResult> {
  const id = 'osv-scanner';
  if (!isOpened(scanner)) return { id, ...scanner };
  const { version } = scanner;
  const pins = pinsOf(packages);
  const uncovered = uncoveredPins(packages);
  if (pins.length === 0)
    return {
      id,
      version,
      status: 'skipped',
      message: ['no exact pin to ask about', ...uncovered].join('; '),
      reports: [],
    };
  await mkdir(context.folder, { recursive: true });
  const database = context.online ? null : join(context.folder, 'db');
  if (database !== null) await writeOsvFolder(database, embedded.indexes);
  const judged = together(await askInParts(scanner, pins, database, context));
  const message = [judged.message, ...uncovered].filter((part) => part !== '').join('; ');
  return { id, version, ...judged, message };
}

/** What a run, or all of them together, is worth. */
type Judged = Pick<ToolResult, 'status' | 'message' | 'reports'>;

/** Every match repeats the full record, so that a list of many affected pins may be too much; then it is asked in halves. */
const MAX_RUNS = 32;

async function askInParts(
  scanner: OsvScanner,
  pins: readonly OsvPin[],
  database: string | null,
  context: ToolContext,
): Promise<Judged[]> {
  const list = join(context.folder, 'packages.json');
  const waiting = [pins];
  const answers: Judged[] = [];
  const ends = performance.now() + osvDeadline(context.online);
  for (let runs = 0; waiting.length > 0 && runs < MAX_RUNS; runs += 1) {
    const part = waiting.pop() ?? [];
    const packages = part.map((pin) => ({ package: pin }));
    await writeFile(list, JSON.stringify({ results: [{ packages }] }));
    const deadlineMs = Math.max(1, Math.round(ends - performance.now()));
    const question = { subject: ['-L', `osv-scanner:${list}`], database, deadlineMs };
    const output = await askOsvScanner(scanner, question, context);
    const middle = Math.ceil(part.length / 2);
    if (output.isOverflowing && part.length > 1) waiting.push(part.slice(middle), part.slice(0, middle));
    else answers.push(await judgeOsvAudit(output, osvDeadline(context.online)));
    if (output.isTimedOut) break;
  }
  const unasked = waiting.reduce((sum, part) => sum + part.length, 0);
  const message = `${String(unasked)} of ${String(pins.length)} pins were not asked about`;
  return unasked === 0 ? answers : [...answers, { status: 'partial', message, reports: [] }];
}

function together(answers: readonly Judged[]): Judged {
  const worst = worstOf(answers);
  const reports = answers.flatMap((answer) => answer.reports);
  const { status = 'failed', message = '' } = worst ?? {};
  const isPart = reports.length > 0 && status !== 'ok';
  return { status: isPart ? 'partial' : status, message, reports };
}

interface OsvPin {
  readonly name: string;
  readonly version: string;
  readonly ecosystem: string;
}

function pinsOf(packages: readonly Package[]): OsvPin[] {
  const pins = new Map<string, OsvPin>();
  for (const { ecosystem, name, version, pin } of packages) {
    if (pin === 'exact' && version !== null && isAudited(ecosystem))
      pins.set(`${ecosystem}\0${name}\0${version}`, { name, version, ecosystem });
  }
  return [...pins.values()];
}

/** Pins of ecosystems without a database are not asked about: a tool that has no data for them would call them clean. */
function uncoveredPins(packages: readonly Package[]): string[] {
  const counts = new Map<string, number>();
  for (const { ecosystem, pin } of packages) {
    if (pin === 'exact' && !isAudited(ecosystem)) counts.set(ecosystem, (counts.get(ecosystem) ?? 0) + 1);
  }
  const parts = [...counts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([ecosystem, count]) => `${ecosystem} (${String(count)})`);
  return parts.length === 0 ? [] : [`not covered, no advisories: ${parts.join(', ')}`];
}

/** Lines on standard error that mean that something was left out, whatever the exit status says. */
const SHORTFALL =
  /Error during extraction|could not load db|could not retrieve|failed resolution|openAndExtractFromFile|Failed to determine version/;

/**
 * What a run is worth. Exit 0 and 1 count only when the output parses and standard error tells of nothing left out: 1 ("found some") hides
 * failures, and 0 is also given over an unreadable database.
 */
export async function judgeOsvAudit(
  output: ToolOutput,
  deadlineMs: number,
): Promise<Omit<ToolResult, 'id' | 'version'>> {
  const stopped = stoppedRun(output, deadlineMs);
  if (stopped !== null) return stopped;
  const { exit, stdout, stderr } = output;
  const reports = await parseOsvReport(stdout);
  if (reports === null) return { status: 'failed', message: endOf(output), reports: [] };
  const shortfall = stderr.split('\n').find((line) => SHORTFALL.test(line));
  if (shortfall !== undefined)
    return { status: 'partial', message: `exit ${String(exit)}: ${lastLine(shortfall)}`, reports };
  if (exit === 0 || exit === 1) return { status: 'ok', message: '', reports };
  return { status: exit === 127 ? 'partial' : 'failed', message: endOf(output), reports };
}
