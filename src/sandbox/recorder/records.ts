import type { EventKind, ObservedEvent } from '../../model/observation.ts';
import { EVENT_KINDS } from '../../model/observation.ts';
import type { Capability } from '../../model/capability.ts';
import { EventLog } from './event-log.ts';
import { objectIn } from './json-line.ts';
import { placedCommand, ShellLines, type ShellPlace } from './shell-lines.ts';
import { endsInQuote } from './shell-trace.ts';

/** Something that did not work inside. */
export interface Failure {
  readonly phase: string;
  /** The environment's id or class, the module, or null. */
  readonly subject: string | null;
  readonly type: string;
  readonly message: string;
  /** The module that could not be found, or null. */
  readonly module: string | null;
}

/** An environment that was driven. */
interface EnvironmentRecord {
  readonly id: string;
  readonly steps: number;
  readonly episodes: number;
  readonly stepMs: number;
  /** A round number of steps that its long run reached; 0: it had none. */
  readonly reached: number;
}

/** Something about an environment that is not as it should be: a breach of the interface, a leak, text where numbers should be. */
export interface Problem {
  readonly id: string;
  /** What sort; see `findings/environment.ts`. */
  readonly name: string;
  readonly message: string;
  /** The text that it is about; null: none. */
  readonly sample: string | null;
}

/** How a command that was typed into a shell ended. */
interface CommandRecord {
  readonly index: number;
  /** Null: it was ended for lack of time, or took the shell along. */
  readonly exit: number | null;
  readonly ms: number;
}

/** Text that an environment handed out, in which a planted secret may be. */
interface Sample {
  readonly where: string;
  readonly text: string;
}

/** An event that began late in a step phase, or under a special circumstance. */
export interface LateEvent {
  readonly kind: EventKind;
  readonly detail: string;
  /** Which step of the environment it was; 0 outside the steps of its orderly life. */
  readonly step: number;
  /** What the probe was about to try (`seeded with 42`), when events of this kind had not been seen before; null: nothing special. */
  readonly circumstance: string | null;
}

/** What an environment did with actions of every sort. */
interface ActionsRecord {
  readonly id: string;
  readonly tried: number;
  readonly refused: number;
}

/**
 * What the recorder inside a run said. It runs in the same process as what it watches, so it is evidence and not proof: hostile code
 * can silence or deceive it.
 */
export interface GuestReport {
  readonly events: readonly ObservedEvent[];
  readonly lost: number;
  /** Milliseconds by phase, in order. */
  readonly phases: readonly { readonly name: string; readonly ms: number }[];
  readonly environments: readonly EnvironmentRecord[];
  readonly failures: readonly Failure[];
  readonly problems: readonly Problem[];
  readonly samples: readonly Sample[];
  readonly actions: readonly ActionsRecord[];
  readonly late: readonly LateEvent[];
  readonly commands: readonly CommandRecord[];
  /** What the guest program did not get to, each with its reason. */
  readonly left: readonly string[];
  /** What the guest program has to say about how it went, without anything being amiss. */
  readonly notes: readonly string[];
  /** Random parts of names that the programs were seen to make up. */
  readonly madeUp: readonly string[];
  /** False when it ended before the guest program was done. */
  readonly isComplete: boolean;
  /** Standard output without the records. */
  readonly output: string;
}

/** Records of one run that are looked at. */
const MOST_RECORDS = 20_000;
/** Of each sort so many are kept; who makes more is said to have done more than was recorded. */
const MOST_LISTED = 2_000;
/** Characters of a traced command over several lines. */
const LONGEST_COMMAND = 20_000;

/**
 * Picks the records out of a run's standard output: lines that begin with the run's nonce, which the payload is not told and can find.
 * @param shell turns a traced shell command into events; null where none runs
 */
export function readRecords(
  stdout: string,
  nonce: string,
  shell: ((command: string, log: Pick<EventLog, 'add'>) => void) | null = null,
): GuestReport {
  const log = new EventLog();
  const report = {
    phases: [] as { name: string; ms: number }[],
    environments: [] as EnvironmentRecord[],
    failures: [] as Failure[],
    problems: [] as Problem[],
    samples: [] as Sample[],
    actions: [] as ActionsRecord[],
    late: [] as LateEvent[],
    commands: [] as CommandRecord[],
    left: [] as string[],
    notes: [] as string[],
    madeUp: [] as string[],
  };
  const push = <Item>(list: Item[], item: Item): void => {
    if (list.length < MOST_LISTED) list.push(item);
    else lost += 1;
  };
  const output: string[] = [];
  let isComplete = false;
  let seen = 0;
  let lost = 0;
  let command: string | null = null;
  let place: ShellPlace | null = null;
  const lines = new ShellLines();
  /** What a program that drives others said that it is about; null: each recorder knows by itself. */
  let around: string | null = null;
  /** Where each event was first told; its count follows at the end, in another phase. */
  const places = new Map<string, string>();
  const placed = (record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    if (around === null) return record;
    const key = `${text(record['kind'])}\0${text(record['detail'])}`;
    if (!places.has(key)) places.set(key, around);
    return { ...record, phase: places.get(key) };
  };
  /** Takes a command that is whole; keeps one that goes on. */
  const continued = (text: string): string | null => {
    if (endsInQuote(text)) return text;
    const phase = around;
    lines.add(text, place, (isFunction) => {
      if (!isFunction)
        shell?.(text, { add: (event) => log.add(phase === null ? event : { ...event, phase }) });
    });
    return null;
  };
  for (const line of stdout.split('\n')) {
    const at = line.indexOf(nonce);
    if (at === -1) {
      if (command !== null && command.length < LONGEST_COMMAND) command = continued(`${command}\n${line}`);
      else output.push(line);
      continue;
    }
    command = null;
    if (at > 0 && !/^\++$/.test(line.slice(0, at))) output.push(line.slice(0, at));
    seen += 1;
    if (seen > MOST_RECORDS) {
      lost += 1;
      continue;
    }
    const body = line.slice(at + nonce.length);
    if (body.startsWith('+')) {
      const placed = placedCommand(body);
      place = placed.place;
      command = continued(placed.command);
      continue;
    }
    const record = objectIn(body);
    if (record === null) continue;
    // The last word is the last: what goes on after it was not over.
    isComplete = record['t'] === 'end';
    switch (record['t']) {
      case 'event':
        addEvent(placed(record), log, (each) => {
          push(report.late, each);
        });
        break;
      case 'enter':
        around = text(record['name']).slice(0, 80);
        break;
      case 'phase':
        push(report.phases, { name: text(record['name']), ms: number(record['ms']) });
        break;
      case 'environment':
        push(report.environments, {
          id: text(record['id']),
          steps: number(record['steps']),
          episodes: number(record['episodes']),
          stepMs: number(record['stepMs']),
          reached: number(record['reached']),
        });
        break;
      case 'failure':
        push(report.failures, {
          phase: text(record['phase']),
          subject: textOrNull(record['subject']),
          type: text(record['type']),
          message: text(record['message']),
          module: textOrNull(record['module']),
        });
        break;
      case 'problem':
        push(report.problems, {
          id: text(record['id']),
          name: text(record['name']),
          message: text(record['message']),
          sample: typeof record['sample'] === 'string' ? text(record['sample']) : null,
        });
        break;
      case 'sample':
        push(report.samples, { where: text(record['where']), text: text(record['text']) });
        break;
      case 'actions':
        push(report.actions, {
          id: text(record['id']),
          tried: number(record['tried']),
          refused: number(record['refused']),
        });
        break;
      case 'command':
        push(report.commands, {
          index: number(record['index']),
          exit: typeof record['exit'] === 'number' ? record['exit'] : null,
          ms: number(record['ms']),
        });
        break;
      case 'left':
        push(report.left, text(record['what']));
        break;
      case 'note':
        push(report.notes, text(record['what']));
        break;
      case 'made-up':
        push(report.madeUp, text(record['name']));
        break;
      case 'lost':
        lost += number(record['count']);
        break;
    }
  }
  lines.end();
  return { ...report, events: log.events(), lost: lost + log.lost, isComplete, output: output.join('\n') };
}

/** What recorders say of events beyond their kind. Whoever speaks for one gives nothing another meaning. */
const TOLD: readonly Capability[] = ['env.read', 'code.native', 'code.deserialize'];

function addEvent(
  record: Readonly<Record<string, unknown>>,
  log: EventLog,
  tellLate: (late: LateEvent) => void,
): void {
  const kind = EVENT_KINDS.find((known) => known === record['kind']);
  if (kind === undefined) return;
  const detail = text(record['detail']);
  const circumstance = textOrNull(record['circumstance']);
  // What it does anyway, it does not do because of the circumstance.
  const isUsual = circumstance !== null && log.has(kind);
  const capability = TOLD.find((known) => known === record['capability']);
  log.add({
    kind,
    phase: text(record['phase']),
    detail,
    ...(capability === undefined ? {} : { capability }),
    first: number(record['first']),
    last: number(record['last']),
    count: number(record['count']),
  });
  const step = number(record['step']);
  if (step > 0 || (circumstance !== null && !isUsual)) tellLate({ kind, detail, step, circumstance });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 4_000) : '';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 400) : null;
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, Math.round(value)) : 0;
}
