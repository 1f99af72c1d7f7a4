import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Package } from '../../model/dependency.ts';
import { isMaliciousId } from '../advisories/osv-record.ts';
import { VERSION_SCHEMES } from '../advisories/version-scheme.ts';
import { findTool } from './find-tool.ts';
import { listOf, tableOf, textOf } from '../inventory/parsed.ts';
import { normalizePypiName } from '../inventory/requirement.ts';
import { compareText } from '../inventory/text.ts';
import type { ToolContext } from './osv-scanner.ts';
import type { Reported } from '../reported.ts';
import type { ToolOutput } from './run-tool.ts';
import { lastLine, runTool } from './run-tool.ts';
import type { ToolResult } from './tool-result.ts';

/** How to get it, in one line. */
const PIP_AUDIT_INSTALL = 'not found; `pipx install pip-audit==2.10.1` installs it';

/** Which service answers: `osv` (POSTs each pin to api.osv.dev or `PIP_AUDIT_OSV_URL`) or `pypi` (reads the index's JSON). */
export type PipAuditService = 'osv' | 'pypi';

const VERSION_DEADLINE_MS = 5_000;
const DEADLINE_MS = 120_000;

/**
 * A second opinion on exact PyPI pins, over the network only: pip-audit has no offline mode (pypa/pip-audit#698). It is given a list that we
 * wrote, with pip switched off, so that nothing is resolved, downloaded or built.
 */
export async function runPipAudit(
  packages: readonly Package[],
  service: PipAuditService,
  context: ToolContext,
): Promise<ToolResult> {
  const result = { id: 'pip-audit', version: null, reports: [] } as const;
  const pins = pinsOf(packages);
  const path = findTool('pip-audit');
  if (path === null) return { ...result, status: 'missing', message: PIP_AUDIT_INSTALL };
  if (!context.online)
    return { ...result, status: 'skipped', message: 'works over the network only: `--online`' };
  if (pins.length === 0)
    return { ...result, status: 'skipped', message: 'no exact pin of PyPI to ask about' };
  const version = await pipAuditVersion(path, context);
  const rounds: ToolResult[] = [];
  for (const [at, round] of roundsOf(pins).entries()) {
    const folder = join(context.folder, String(at));
    await mkdir(join(folder, 'empty'), { recursive: true });
    const output = await ask(path, round, service, { ...context, folder });
    rounds.push({ id: 'pip-audit', version, ...judgePipAuditRun(output, round) });
  }
  return worstOf(rounds);
}

/** The version that a pip-audit states; null when it states none. */
async function pipAuditVersion(
  path: string,
  context: Pick<ToolContext, 'folder' | 'signal'>,
): Promise<string | null> {
  await mkdir(context.folder, { recursive: true });
  const output = await runTool({
    path,
    arguments: ['--version'],
    deadlineMs: VERSION_DEADLINE_MS,
    environment: PYTHON_ENVIRONMENT,
    ...context,
  });
  return /^pip-audit (\S+)/m.exec(output.stdout)?.[1] ?? null;
}

/** Importing its pip interface runs `python -m pip` in the working folder, where a hostile `pip.py` would be loaded (CWE-427). */
const PYTHON_ENVIRONMENT = {
  PYTHONSAFEPATH: '1',
  PYTHONNOUSERSITE: '1',
  PYTHONDONTWRITEBYTECODE: '1',
  PIP_CONFIG_FILE: '/dev/null',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
};

interface Pin {
  readonly name: string;
  readonly version: string;
}

/** Only what is a name and a version and nothing else may stand in a file that pip-audit reads. */
function pinsOf(packages: readonly Package[]): Pin[] {
  const pins = new Map<string, Pin>();
  for (const { ecosystem, pin, name, version } of packages) {
    if (ecosystem !== 'PyPI' || pin !== 'exact' || version === null) continue;
    const isPlain = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) && /^[A-Za-z0-9.!+_-]+$/.test(version);
    if (isPlain && VERSION_SCHEMES.PyPI.isVersion(version))
      pins.set(`${name}==${version}`, { name, version });
  }
  return [...pins.values()];
}

/** A name may stand in a list once, so several versions of it take several rounds. */
function roundsOf(pins: readonly Pin[]): Pin[][] {
  const rounds: Pin[][] = [];
  const seen = new Map<string, number>();
  for (const pin of pins) {
    const round = seen.get(pin.name) ?? 0;
    seen.set(pin.name, round + 1);
    (rounds[round] ??= []).push(pin);
  }
  return rounds;
}

async function ask(
  path: string,
  pins: readonly Pin[],
  service: PipAuditService,
  { folder, signal }: ToolContext,
): Promise<ToolOutput> {
  const list = join(folder, 'requirements.txt');
  await writeFile(list, pins.map(({ name, version }) => `${name}==${version}\n`).join(''));
  const osvUrl = process.env['PIP_AUDIT_OSV_URL'] ?? '';
  return runTool({
    path,
    arguments: [
      ...['-r', list, '--no-deps', '--disable-pip', '-f', 'json', '--progress-spinner', 'off'],
      ...['--cache-dir', join(folder, 'cache'), '--timeout', '10', '-s', service],
      ...(service === 'osv' && osvUrl !== '' ? ['--osv-url', osvUrl] : []),
    ],
    folder: join(folder, 'empty'),
    deadlineMs: DEADLINE_MS,
    signal,
    environment: PYTHON_ENVIRONMENT,
  });
}

/**
 * What a run is worth. Exit 1 means "found some" as well as any failure, so only the output counts: it parses, and every pin that was sent
 * has an answer. A pin with a `skip_reason` was not audited.
 */
export function judgePipAuditRun(
  output: ToolOutput,
  pins: readonly Pin[],
): Omit<ToolResult, 'id' | 'version'> {
  if (output.startError !== null) return { status: 'failed', message: output.startError, reports: [] };
  if (output.isTimedOut)
    return { status: 'timeout', message: 'did not end in time and was stopped', reports: [] };
  if (output.isOverflowing)
    return { status: 'failed', message: 'wrote too much and was stopped', reports: [] };
  let dependencies: unknown;
  try {
    dependencies = tableOf(JSON.parse(output.stdout))['dependencies'];
  } catch {
    return { status: 'failed', message: lastLine(output.stderr), reports: [] };
  }
  const answered = new Map<string, Reported[]>();
  for (const entry of listOf(dependencies).map(tableOf)) {
    const [name, version] = [textOf(entry['name']), textOf(entry['version'])];
    if (name === null || version === null || !Array.isArray(entry['vulns'])) continue;
    const key = normalizePypiName(name);
    answered.set(
      key,
      listOf(entry['vulns']).flatMap((vulnerability) => reported(key, version, vulnerability)),
    );
  }
  const reports = [...answered.values()].flat();
  const skipped = pins.filter(({ name }) => !answered.has(name)).length;
  if (skipped === 0) return { status: 'ok', message: '', reports };
  return {
    status: 'partial',
    message: `${String(skipped)} of ${String(pins.length)} pins were not audited`,
    reports,
  };
}

function reported(name: string, version: string, vulnerability: unknown): Reported[] {
  const entry = tableOf(vulnerability);
  const id = textOf(entry['id']);
  if (id === null) return [];
  const texts = (key: string) => listOf(entry[key]).filter((value) => typeof value === 'string');
  const aliases = texts('aliases').sort(compareText);
  const { isVersion, compare } = VERSION_SCHEMES.PyPI;
  const fixes = texts('fix_versions').filter(
    (fix) => isVersion(fix) && isVersion(version) && compare(fix, version) > 0,
  );
  return [
    {
      source: 'pip-audit',
      ecosystem: 'PyPI',
      package: name,
      version,
      id,
      aliases,
      severity: null,
      summary: '',
      malicious: isMaliciousId(id) || aliases.some(isMaliciousId),
      certainty: 'certain',
      fixed: fixes.sort(compare)[0] ?? null,
    },
  ];
}

const WORST_FIRST = ['failed', 'timeout', 'partial', 'ok'] as const;

function worstOf(rounds: readonly ToolResult[]): ToolResult {
  const worst = WORST_FIRST.map((status) => rounds.find((round) => round.status === status)).find(
    (round) => round !== undefined,
  );
  const { version = null, status = 'failed', message = '' } = worst ?? {};
  return { id: 'pip-audit', version, status, message, reports: rounds.flatMap(({ reports }) => reports) };
}
