import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Package } from '../../model/dependency.ts';
import { isMaliciousId } from '../advisories/osv-record.ts';
import { VERSION_SCHEMES } from '../advisories/version-scheme.ts';
import { findTool } from './find-tool.ts';
import type { Table } from '../inventory/parsed.ts';
import { listOf, tableOf, textOf } from '../inventory/parsed.ts';
import { normalizePypiName } from '../inventory/requirement.ts';
import { compareText } from '../inventory/text.ts';
import type { Reported } from '../reported.ts';
import type { ToolOutput } from './run-tool.ts';
import { runTool } from './run-tool.ts';
import type { ToolContext } from './tool-context.ts';
import { endOf, lastLine, stoppedRun } from './tool-failure.ts';
import type { ToolResult } from './tool-result.ts';
import { worstOf } from './tool-result.ts';

/** How to get it, in one line. */
const PIP_AUDIT_INSTALL = 'not found; `pipx install pip-audit==2.10.1` installs it';

/** Which service answers: `osv` (POSTs each pin to api.osv.dev or `PIP_AUDIT_OSV_URL`) or `pypi` (reads the index's JSON). */
export type PipAuditService = 'osv' | 'pypi';

/** Its libraries alone take seconds to load on a busy machine. */
const VERSION_DEADLINE_MS = 20_000;
/** For all rounds together. */
const DEADLINE_MS = 120_000;
/** A name may stand in a list once; a target that names one package in a thousand versions does not buy a thousand runs. */
const MAX_ROUNDS = 16;
/** A round that fails loses what it would have said, so they are kept small. */
const MAX_PINS_PER_ROUND = 500;

/**
 * A second opinion on exact PyPI pins, over the network only: pip-audit has no offline mode (pypa/pip-audit#698). It is given lists that we
 * wrote, with pip switched off, so that nothing is resolved, downloaded or built.
 */
export async function runPipAudit(
  packages: readonly Package[],
  service: PipAuditService,
  context: ToolContext,
): Promise<ToolResult> {
  const result = { id: 'pip-audit', version: null, reports: [] } as const;
  const path = findTool('pip-audit');
  if (path === null) return { ...result, status: 'missing', message: PIP_AUDIT_INSTALL };
  if (!context.online)
    return { ...result, status: 'skipped', message: 'works over the network only: `--online`' };
  const { pins, unsendable } = pinsOf(packages);
  if (pins.length + unsendable === 0)
    return { ...result, status: 'skipped', message: 'no exact pin of PyPI to ask about' };
  const probe = await probeVersion(path, context);
  const version = /^pip-audit (\S+)/m.exec(probe.stdout)?.[1];
  if (version === undefined)
    return { ...result, status: 'failed', message: `states no version: ${probe.startError ?? endOf(probe)}` };
  const rounds: PipAuditAnswer[] = [];
  const lists = roundsOf(pins);
  const deadline = performance.now() + DEADLINE_MS;
  for (const [at, round] of lists.slice(0, MAX_ROUNDS).entries()) {
    const deadlineMs = Math.round(deadline - performance.now());
    if (deadlineMs <= 0) break;
    const folder = join(context.folder, String(at));
    await mkdir(join(folder, 'empty'), { recursive: true });
    const output = await ask(path, round, service, deadlineMs, { ...context, folder });
    rounds.push(judgePipAuditRun(output, round, deadlineMs));
  }
  return { id: 'pip-audit', version, ...together(rounds, pins.length + unsendable) };
}

function probeVersion(path: string, { folder, signal }: ToolContext): Promise<ToolOutput> {
  const [deadlineMs, environment] = [VERSION_DEADLINE_MS, PYTHON_ENVIRONMENT];
  return runTool({ path, arguments: ['--version'], folder, deadlineMs, signal, environment });
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

/** Only what is a name and a version and nothing else may stand in a file that pip-audit reads; the others are counted. */
function pinsOf(packages: readonly Package[]): { readonly pins: Pin[]; readonly unsendable: number } {
  const pins = new Map<string, Pin>();
  const unsendable = new Set<string>();
  for (const { ecosystem, pin, name, version } of packages) {
    if (ecosystem !== 'PyPI' || pin !== 'exact' || version === null) continue;
    const isPlain = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) && /^[A-Za-z0-9.!+_-]+$/.test(version);
    const key = `${name}==${version}`;
    if (isPlain && VERSION_SCHEMES.PyPI.isVersion(version)) pins.set(key, { name, version });
    else unsendable.add(key);
  }
  return { pins: [...pins.values()], unsendable: unsendable.size };
}

/** A name may stand in a list once, so several versions of it take several rounds. */
function roundsOf(pins: readonly Pin[]): Pin[][] {
  const layers: Pin[][] = [];
  const seen = new Map<string, number>();
  for (const pin of pins) {
    const layer = seen.get(pin.name) ?? 0;
    seen.set(pin.name, layer + 1);
    (layers[layer] ??= []).push(pin);
  }
  return layers.flatMap((layer) =>
    Array.from({ length: Math.ceil(layer.length / MAX_PINS_PER_ROUND) }, (_, at) =>
      layer.slice(at * MAX_PINS_PER_ROUND, (at + 1) * MAX_PINS_PER_ROUND),
    ),
  );
}

async function ask(
  path: string,
  pins: readonly Pin[],
  service: PipAuditService,
  deadlineMs: number,
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
    deadlineMs,
    signal,
    environment: PYTHON_ENVIRONMENT,
  });
}

/** What one round is worth. */
export interface PipAuditAnswer extends Pick<ToolResult, 'status' | 'message' | 'reports'> {
  /** How many of its pins have an answer. */
  readonly audited: number;
}

/** Lines on standard error that mean that something went wrong, whatever was printed. */
const TROUBLE = /^(?:ERROR|CRITICAL)\b|^Traceback /m;

/**
 * What a run is worth. Exit 1 means "found some" as well as any failure, so the output counts: it parses, every pin that was sent has an
 * answer, and standard error tells of no failure. A pin with a `skip_reason` was not audited.
 */
export function judgePipAuditRun(
  output: ToolOutput,
  pins: readonly Pin[],
  deadlineMs: number,
): PipAuditAnswer {
  const stopped = stoppedRun(output, deadlineMs);
  if (stopped !== null) return { ...stopped, audited: 0 };
  const dependencies = parseDependencies(output.stdout);
  if (dependencies === null || (output.exit !== 0 && output.exit !== 1))
    return { status: 'failed', message: endOf(output), reports: [], audited: 0 };
  const answered = new Map<string, Reported[]>();
  for (const entry of dependencies) {
    const [name, version] = [textOf(entry['name']), textOf(entry['version'])];
    if (name === null || version === null || !Array.isArray(entry['vulns'])) continue;
    const normal = normalizePypiName(name);
    const found = listOf(entry['vulns']).flatMap((each) => reported(normal, version, each));
    answered.set(pinKey({ name: normal, version }), found);
  }
  const answers = pins.flatMap((pin) => answered.get(pinKey(pin)) ?? []);
  const audited = pins.filter((pin) => answered.has(pinKey(pin))).length;
  const isWhole = audited === pins.length && !TROUBLE.test(output.stderr);
  if (isWhole) return { status: 'ok', message: '', reports: answers, audited };
  const message = skipReason(dependencies) ?? endOf(output);
  return { status: 'partial', message, reports: answers, audited };
}

function parseDependencies(text: string): Table[] | null {
  try {
    const dependencies = tableOf(JSON.parse(text))['dependencies'];
    return Array.isArray(dependencies) ? dependencies.map(tableOf) : null;
  } catch {
    return null;
  }
}

function pinKey({ name, version }: Pin): string {
  return `${name}==${VERSION_SCHEMES.PyPI.canonical(version)}`;
}

function skipReason(dependencies: readonly Table[]): string | null {
  const reason = dependencies.map((entry) => textOf(entry['skip_reason'])).find((text) => text !== null);
  return reason === undefined ? null : lastLine(reason ?? '');
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

/**
 * All rounds as one answer.
 * @param wanted how many pins there are
 */
function together(
  rounds: readonly PipAuditAnswer[],
  wanted: number,
): Pick<ToolResult, 'status' | 'message' | 'reports'> {
  const reports = rounds.flatMap((round) => round.reports);
  const audited = rounds.reduce((sum, round) => sum + round.audited, 0);
  const worst = worstOf(rounds);
  if (audited === wanted && (worst?.status ?? 'ok') === 'ok') return { status: 'ok', message: '', reports };
  const skipped = `${String(wanted - audited)} of ${String(wanted)} pins were not audited`;
  const message = [skipped, worst?.message ?? ''].filter((part) => part !== '').join(': ');
  // What some rounds found is kept, and counts as a part.
  const status = audited > 0 || worst === undefined || worst.status === 'ok' ? 'partial' : worst.status;
  return { status, message, reports };
}
