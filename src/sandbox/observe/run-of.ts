import { posix } from 'node:path';
import type { ObservedEvent, Run } from '../../model/observation.ts';
import type { SandboxResult } from '../backend.ts';
import { withoutCanaries } from '../canary.ts';
import { isClockFile } from '../clock/faketime.ts';
import type { Written } from '../collect/written.ts';
import type { Decoy } from '../decoys/decoys.ts';
import type { At } from '../decoys/turned-up.ts';
import { turnedUp } from '../decoys/turned-up.ts';
import { INSIDE } from '../inside.ts';
import { PREPARED } from '../prepared-inside.ts';
import type { Laboratory } from '../laboratory.ts';
import type { PlannedRun } from '../plan/run.ts';
import { isProbe } from '../plan/run.ts';
import { SAMPLES } from '../plan/samples.ts';
import { classify, hostOf } from '../recorder/classify.ts';
import type { Conversation } from '../recorder/conversation.ts';
import { unnoticedReads, type SecondWitness } from '../recorder/inotify/decoy-reads.ts';
import type { Sightings } from '../recorder/inotify/sightings.ts';
import type { GuestReport } from '../recorder/records.ts';
import { mergeWitnesses } from '../recorder/witnesses.ts';
import { phaseName } from '../run-phases.ts';
import { trafficEvents, withPassed } from '../sinkhole/traffic-events.ts';
import { handedOut } from './handed-out.ts';

/** What came out of the sandbox, before it is made sense of. */
interface Ended {
  readonly planned: PlannedRun;
  readonly unit: string;
  readonly result: SandboxResult;
  readonly guest: GuestReport;
  readonly conversation: Conversation | null;
  readonly decoys: readonly Decoy[];
  readonly patterns: Laboratory['patterns'];
  readonly written: Written;
  readonly sightings: Sightings;
  /** Folder of an image's own Python, whose files are no news; null: it lies among the system's. */
  readonly interpreter: string | null;
}

/**
 * The run as the report has it: what the recorders saw, what was seen of decoys from outside, what came into the sinkhole, and where
 * planted secrets turned up.
 */
export function runOf(ended: Ended): { readonly run: Run; readonly witness: SecondWitness } {
  const { planned, unit, result, guest, conversation, decoys, patterns, written, interpreter } = ended;
  const phase = isProbe(planned) ? 'probe' : planned.program === 'import' ? 'import' : 'run';
  const witnessed = mergeWitnesses(
    guest.events.filter((event) => isNews(event, interpreter)),
    result.events.filter((event) => isNews(event, interpreter)),
  );
  const classified = classify(withoutCanaries(witnessed.events), {
    decoys,
    ...patterns,
    madeUp: guest.madeUp,
  });
  const unnoticed = unnoticedReads(ended.sightings, classified.events, phase, result.tracer !== null);
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
  const end = atEnd(phase, result);
  const output = `${guest.output}\n${Buffer.from(result.stderr).toString('utf8')}`;
  const answered = (conversation?.calls ?? []).flatMap(({ name, kind, text }) =>
    turnedUp(text, decoys, `the answer of the tool ${name}`, { ...end, phase: `${kind} ${phaseName(name)}` }),
  );
  const limits = result.limitsHit.map((limit): ObservedEvent => {
    return { ...end, kind: 'limit', detail: limit, capability: null, allowed: false, decoy: null };
  });
  const run = {
    unit,
    command: planned.label,
    phase,
    exit: result.exit,
    durationMs: Math.round(result.durationMs),
    events: [
      ...[...withPassed(classified.events, result.traffic), ...sent, ...unnoticed.events].sort(byTime),
      ...written.files.flatMap((file) => copiesIn(file, decoys, end)),
      ...turnedUp(output, decoys, 'output', end),
      ...answered,
      ...handedOut(guest, decoys, end),
      ...limits,
    ],
    lost: (result.traffic?.lost ?? 0) + guest.lost + result.lost + witnessed.lost + classified.lost,
  };
  return { run, witness: unnoticed.witness };
}

/** Reading the copy of itself, or a sample that it was handed, is none; nor are the files of a clock that it was given. */
function isNews({ kind, detail: written }: ObservedEvent, interpreter: string | null): boolean {
  // As it may come from a recorder that does not resolve it: `/home/user/project/../.ssh` is no file of the project.
  const detail = posix.normalize(written);
  if (isClockFile(detail)) return false;
  return (
    kind !== 'file.open' ||
    !(
      detail === INSIDE.project ||
      detail.startsWith(`${INSIDE.project}/`) ||
      detail.startsWith(`${SAMPLES}/repository/`) ||
      detail.startsWith(`${SAMPLES}/sample.`) ||
      detail.startsWith(`${PREPARED.nodePackages}/`) ||
      (interpreter !== null && detail.startsWith(`${interpreter}/`))
    )
  );
}

/** Planted secrets in a file that the run left behind; where they were planted is no other place. */
function copiesIn(
  { path, content }: Written['files'][number],
  decoys: readonly Decoy[],
  at: At,
): readonly ObservedEvent[] {
  const place = path.replace(/^\/home\/[^/]+/, '~');
  return turnedUp(content, decoys, `the file ${place}`, at).filter(({ decoy }) => decoy !== place);
}

function byTime(one: ObservedEvent, other: ObservedEvent): number {
  const difference = one.first - other.first;
  if (difference !== 0) return difference;
  const [a, b] = [`${one.kind}\0${one.detail}`, `${other.kind}\0${other.detail}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

function atEnd(phase: string, { durationMs }: SandboxResult): At {
  const at = Math.round(durationMs);
  return { phase, first: at, last: at, count: 1 };
}
