import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import type { Package } from '../model/dependency.ts';
import type { Run, ObservedEvent } from '../model/observation.ts';
import type { Backend, Limits, SandboxResult } from './backend.ts';
import { isClockFile } from './clock/faketime.ts';
import { collecting } from './collect/collecting.ts';
import type { Written } from './collect/written.ts';
import { takeWritten } from './collect/written.ts';
import { withoutCanaries } from './canary.ts';
import { makeDecoys, writeHome } from './decoys/decoys.ts';
import type { Decoy, DecoySet } from './decoys/decoys.ts';
import { findMarkers } from './decoys/markers.ts';
import { handedOut, withExcerpts } from './handed-out.ts';
import { confined, DECLARED_VALUE, type Permissions } from './permissions.ts';
import { guestCommand, INSIDE, interpreterPath, isInProject, pythonMounts } from './inside.ts';
import type { PlannedRun } from './plan/run.ts';
import { isProbe } from './plan/run.ts';
import { SAMPLES, writeSamples } from './plan/samples.ts';
import { classify, hostOf } from './recorder/classify.ts';
import type { Surroundings } from './recorder/classify.ts';
import type { Conversation } from './recorder/conversation.ts';
import { readConversation } from './recorder/conversation.ts';
import type { GuestReport } from './recorder/records.ts';
import { readRecords } from './recorder/records.ts';
import { readShellCommand } from './recorder/shell-trace.ts';
import { mergeWitnesses } from './recorder/witnesses.ts';
import { phaseName } from './run-phases.ts';
import { trafficEvents, withNames, withPassed } from './sinkhole/traffic-events.ts';
import type { World } from './world.ts';
import { USUAL_WORLD } from './world.ts';
import type { PreparedEnvironment } from './setup/prepared.ts';

/** Steps that each environment class is asked to make, and each further id of a class that made them. */
export const STEPS = 1_000;
const BRIEF_STEPS = 50;
/** Steps of a class in a further world. */
const SHORT_STEPS = 120;

/** What every run of a stage shares. */
export interface Laboratory {
  readonly backend: Backend;
  readonly prepared: PreparedEnvironment | null;
  /** The target's declared packages. */
  readonly packages: readonly Package[];
  /** True: the operator's manifest names the environments to run. */
  readonly isLimitedToNamed: boolean;
  /** True: the operator's manifest says how long a run may take. */
  readonly isTimeGiven: boolean;
  readonly image: string | null;
  /** What the operator lets it do. */
  readonly permissions: Permissions;
  /** True: the user lets a program reach the hosts that the operator allows. */
  readonly isOnline: boolean;
  /** Host folder with the target's files, and one with the guest programs. */
  readonly targetFolder: string;
  readonly guestFolder: string;
  /** Host folder for what is made per run. */
  readonly scratch: string;
  readonly patterns: Pick<Surroundings, 'persistencePaths' | 'agentPaths'>;
}

/** A run and what was learnt from it beyond its events. */
export interface ObservedRun {
  readonly planned: PlannedRun;
  readonly run: Run;
  readonly guest: GuestReport;
  readonly result: SandboxResult;
  /** The files that it left in writable places. */
  readonly written: Written;
  /** What came of talking to it; null for what is no server. */
  readonly conversation: Conversation | null;
  /** The world that it took place in. */
  readonly world: World;
}

/** In which world a run takes place, and how much of it is wanted. */
interface Setting {
  readonly world: World;
  /** `short`: a life of few steps, for what is compared with a longer one. */
  readonly depth: 'full' | 'short';
}

const USUAL_SETTING: Setting = { world: USUAL_WORLD, depth: 'full' };

/** What the programs of the sandbox do for themselves, such as handing out files: no doing of the target's. */
const ASIDE = 'aside';

/**
 * Runs one thing in the sandbox with fresh decoys and makes sense of what was seen.
 * @param setting the usual world by default; every world has a sinkhole where the backend has one
 * @throws SbxError of kind `sandbox` when the sandbox itself could not be set up; the signal's reason when it was aborted
 */
export async function observe(
  planned: PlannedRun,
  unit: string,
  limits: Limits,
  laboratory: Laboratory,
  signal: AbortSignal,
  { world, depth }: Setting = USUAL_SETTING,
): Promise<ObservedRun> {
  const { backend, prepared, image, patterns, permissions } = laboratory;
  const decoySet = makeDecoys();
  const home = join(laboratory.scratch, `home-${randomBytes(4).toString('hex')}`);
  await mkdir(home, { mode: 0o755 });
  await writeHome(decoySet, home);
  await writeSamples(home);
  const nonce = `sbx-${randomBytes(12).toString('hex')}:`;
  const budgetMs = Math.round(limits.wallMs * 0.8);
  const asked = guestCommand(planned, prepared, {
    nonce,
    steps: depth === 'full' ? STEPS : SHORT_STEPS,
    briefSteps: BRIEF_STEPS,
    environments: planned.environments ?? [],
    isLimitedToNamed: laboratory.isLimitedToNamed,
    budgetMs,
    isTimeGiven: laboratory.isTimeGiven,
    depth,
    startsAtMs: world.clock?.startsAtMs ?? null,
    skipsWaiting: world.waits === 'skipped',
    decoys: decoySet.decoys,
  });
  const {
    guest,
    nonce: ownNonce,
    folders,
    limits: ownLimits,
  } = collecting(
    { ...asked, command: confined(asked.command, permissions, interpreterPath(prepared)) },
    limits,
    interpreterPath(prepared),
    image === null,
  );
  const ended = await backend.run(
    {
      command: guest.command,
      workingDirectory: workingDirectory(planned),
      environment: {
        HOME: INSIDE.home,
        PYTHONDONTWRITEBYTECODE: '1',
        // A pool of threads per core would use up the limit on processes on a large machine.
        OPENBLAS_NUM_THREADS: '1',
        OMP_NUM_THREADS: '1',
        // Reading its own files is no news; the recorders leave that out.
        SBX_TARGET: INSIDE.target,
        ...Object.fromEntries(permissions.variables.map((name) => [name, DECLARED_VALUE])),
        ...decoySet.environment,
        ...(world.waits === 'skipped' ? { SBX_QUICK: `${INSIDE.guest}/quick` } : {}),
        ...guest.environment,
      },
      mounts: [
        { source: laboratory.targetFolder, target: INSIDE.target },
        { source: laboratory.guestFolder, target: INSIDE.guest },
        ...pythonMounts(prepared),
      ],
      copies: [
        { source: home, target: INSIDE.home },
        ...(isInProject(planned)
          ? [{ source: laboratory.targetFolder, target: INSIDE.project, enter: folderOf(planned.path) }]
          : []),
      ],
      limits: ownLimits,
      world: { ...world, network: backend.hasSinkhole ? 'sinkhole' : 'none' },
      stdin: Buffer.from(guest.stdin),
      image,
      syscalls: permissions.syscalls,
      allowedHosts: laboratory.isOnline ? permissions.hosts : [],
      trace: true,
    },
    signal,
  );
  signal.throwIfAborted();
  const { written, rest } = takeWritten(text(ended.stdout), ownNonce, folders);
  const result = withoutParent({ ...ended, events: withNames(ended.events, ended.traffic) }, written);
  const isShell = ['shell', 'hook', 'session'].includes(planned.program);
  const report = readRecords(rest, nonce, isShell ? readShellCommand : null);
  const conversation = planned.program === 'server' ? readConversation(rest, nonce) : null;
  const answered = conversation === null ? report : withAnswer(report, planned, conversation);
  const excerpts = withExcerpts(answered, decoySet.decoys);
  const guestReport = { ...excerpts, events: withNames(excerpts.events, ended.traffic) };
  const run = runOf({ planned, unit, result, guest: guestReport, conversation, decoySet, patterns, written });
  return {
    planned,
    run: world === USUAL_WORLD ? run : { ...run, command: [`${world.name}:`, ...run.command] },
    guest: guestReport,
    result,
    written,
    conversation,
    world,
  };
}

/** A result as if the command had run without the parent that collects. */
function withoutParent(result: SandboxResult, { isOutOfTime }: Written): SandboxResult {
  const events = result.events.filter(({ phase }) => phase !== ASIDE);
  return isOutOfTime
    ? {
        ...result,
        events,
        exit: null,
        signal: 'SIGKILL',
        limitsHit: [...new Set([...result.limitsHit, 'wall-time' as const])].sort(),
      }
    : { ...result, events };
}

/** Notes what a server listed when it was asked, and how the calls of its tools ended. */
function withAnswer(
  report: GuestReport,
  planned: PlannedRun,
  { tools, calls, state }: Conversation,
): GuestReport {
  const name = `\`${planned.label.join(' ')}\``;
  const done = { ...report, isComplete: true };
  if (tools === null) {
    const hasReason = report.failures.length > 0 || state === 'answered';
    const silence = `${name} did not answer a client over standard input, so none of its tools was called`;
    return hasReason ? done : { ...done, left: [...report.left, silence] };
  }
  const list = tools.length === 0 ? 'no tools' : `the tools ${tools.slice(0, 20).join(', ')}`;
  const ends = new Map<string, number>();
  for (const { outcome, kind } of calls) if (kind === 'tool') ends.set(outcome, (ends.get(outcome) ?? 0) + 1);
  const tally = [...ends].sort().map(([outcome, count]) => `${count} ${outcome}`);
  return {
    ...done,
    notes: [
      ...report.notes,
      `${name} was asked and listed ${list}`,
      ...(tally.length === 0 ? [] : [`calls of the tools of ${name}: ${tally.join(', ')}`]),
    ],
  };
}

interface Ended {
  readonly planned: PlannedRun;
  readonly unit: string;
  readonly result: SandboxResult;
  readonly guest: GuestReport;
  readonly conversation: Conversation | null;
  readonly decoySet: DecoySet;
  readonly patterns: Laboratory['patterns'];
  readonly written: Written;
}

function runOf({ planned, unit, result, guest, conversation, decoySet, patterns, written }: Ended): Run {
  const { decoys } = decoySet;
  const phase = isProbe(planned) ? 'probe' : planned.program === 'import' ? 'import' : 'run';
  const witnessed = mergeWitnesses(guest.events.filter(isNews), result.events.filter(isNews));
  const classified = classify(withoutCanaries(witnessed.events), { decoys, ...patterns });
  const phases = new Map(
    classified.events
      .filter(({ kind }) => kind === 'connect' || kind === 'dns')
      .map((event) => [hostOf(event.detail), event.phase]),
  );
  const phaseOf = (host: string): string => phases.get(host) ?? phase;
  // What both saw counts once, as the recorder told it.
  const isKnown = ({ kind, detail, decoy }: ObservedEvent): boolean =>
    classified.events.some(
      (other) =>
        other.kind === kind &&
        other.decoy === decoy &&
        (other.detail === detail || (kind === 'decoy' && detail.includes(hostOf(other.detail)))),
    );
  const sent =
    result.traffic === null
      ? []
      : trafficEvents(result.traffic, decoys, phaseOf).filter((event) => !isKnown(event));
  const copied = written.files.flatMap((file) => copiesIn(file, decoys, { ...atEnd(phase, result) }));
  const output = `${guest.output}\n${text(result.stderr)}`;
  const printed = findMarkers(output, decoys).map(({ decoy, disguise }): ObservedEvent => {
    const detail = disguise === 'plain' ? 'output' : `output (${disguise})`;
    const capability = decoy.kind === 'token' ? 'env.read' : 'secret.read';
    return { ...atEnd(phase, result), kind: 'decoy', detail, capability, allowed: true, decoy: decoy.name };
  });
  const answered = (conversation?.calls ?? []).flatMap(({ name, kind, text: answer }) =>
    findMarkers(answer, decoys).map(({ decoy }): ObservedEvent => {
      const phased = atEnd(`${kind} ${phaseName(name)}`, result);
      const capability = decoy.kind === 'token' ? 'env.read' : 'secret.read';
      const detail = `the answer of the tool ${name}`;
      return { ...phased, kind: 'decoy', detail, capability, allowed: true, decoy: decoy.name };
    }),
  );
  const limits = result.limitsHit.map((limit): ObservedEvent => {
    return {
      ...atEnd(phase, result),
      kind: 'limit',
      detail: limit,
      capability: null,
      allowed: false,
      decoy: null,
    };
  });
  return {
    unit,
    command: planned.label,
    phase,
    exit: result.exit,
    durationMs: Math.round(result.durationMs),
    events: [
      ...[...withPassed(classified.events, result.traffic), ...sent].sort(byTime),
      ...copied,
      ...printed,
      ...answered,
      ...handedOut(guest, decoys, atEnd(phase, result)),
      ...limits,
    ],
    lost: (result.traffic?.lost ?? 0) + guest.lost + result.lost + witnessed.lost + classified.lost,
  };
}

/** Reading the copy of itself, or a sample that it was handed, is none; nor are the files of a clock that it was given. */
function isNews({ kind, detail }: ObservedEvent): boolean {
  if (isClockFile(detail)) return false;
  return (
    kind !== 'file.open' ||
    !(
      detail.startsWith(`${INSIDE.project}/`) ||
      detail.startsWith(`${SAMPLES}/sample.`) ||
      detail.startsWith(`${INSIDE.nodePackages}/`)
    )
  );
}

/** Planted secrets in a file that the run left behind; where they were planted is no other place. */
function copiesIn(
  { path, content }: Written['files'][number],
  decoys: readonly Decoy[],
  at: Pick<ObservedEvent, 'phase' | 'first' | 'last' | 'count'>,
): readonly ObservedEvent[] {
  const place = path.replace(/^\/home\/[^/]+/, '~');
  return findMarkers(content, decoys)
    .filter(({ decoy }) => decoy.name !== place)
    .map(({ decoy, disguise }): ObservedEvent => {
      const detail = `the file ${place}${disguise === 'plain' ? '' : ` (${disguise})`}`;
      const capability = decoy.kind === 'token' ? 'env.read' : 'secret.read';
      return { ...at, kind: 'decoy', detail, capability, allowed: true, decoy: decoy.name };
    });
}

function byTime(one: ObservedEvent, other: ObservedEvent): number {
  const difference = one.first - other.first;
  if (difference !== 0) return difference;
  const [a, b] = [`${one.kind}\0${one.detail}`, `${other.kind}\0${other.detail}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

function atEnd(
  phase: string,
  result: SandboxResult,
): Pick<ObservedEvent, 'phase' | 'first' | 'last' | 'count'> {
  const at = Math.round(result.durationMs);
  return { phase, first: at, last: at, count: 1 };
}

/** Scripts expect to be started beside their files; an environment is imported from anywhere. */
function workingDirectory(planned: PlannedRun): string {
  const { program, path } = planned;
  if (isProbe(planned) || program === 'import') return '/tmp';
  // Empty until it is filled, which happens inside.
  if (isInProject(planned)) return INSIDE.project;
  const folder = folderOf(path);
  return folder === '' ? INSIDE.target : `${INSIDE.target}/${folder}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
