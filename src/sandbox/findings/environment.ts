import type { Finding } from '../../model/finding.ts';
import { isProvoked } from '../canary.ts';
import type { GuestReport, LateEvent, Problem } from '../recorder/records.ts';
import type { RuleId } from '../rules/rules.ts';
import type { Say } from './say.ts';

/** The rule for each sort of problem that the probe tells of; every other is a breach of the interface. */
const RULE_OF: ReadonlyMap<string, RuleId> = new Map<string, RuleId>([
  ['injection-executed', 'run-injection-executed'],
  ['text-executed', 'run-text-executed'],
  ['argument-executed', 'run-argument-executed'],
  ['crashed-by-action', 'run-crashed-by-input'],
  ['crashed-by-argument', 'run-crashed-by-input'],
  ['hidden-text', 'run-hidden-channel'],
  ['hidden-code', 'run-hidden-channel'],
  ['hidden-pickle', 'run-hidden-channel'],
  ['leaked-descriptors', 'run-leak'],
  ['leaked-threads', 'run-leak'],
  ['leaked-processes', 'run-process-left'],
  ['memory-grows', 'run-leak'],
  ['steps-slow-down', 'run-leak'],
  ['not-repeatable', 'run-not-repeatable'],
  ['reward-explodes', 'run-reward-anomaly'],
  ['reward-drifts', 'run-reward-anomaly'],
  ['reward-constant', 'run-reward-anomaly'],
  ['observation-nan', 'run-reward-anomaly'],
  ['observation-runs-away', 'run-reward-anomaly'],
]);

/** A first hundred steps is what anybody would try. */
const LATE_STEP = 100;
const LATE_KINDS: ReadonlySet<string> = new Set(['connect', 'dns', 'exec', 'listen']);

/** What the probe's own records give cause to say about an environment's conduct. */
export function conductOf(guest: GuestReport, say: Say): readonly Finding[] {
  return [...guest.problems.map((problem) => problemOf(problem, say)), ...triggers(guest, say)];
}

function problemOf({ id, name, message }: Problem, say: Say): Finding {
  const rule = RULE_OF.get(name) ?? 'run-gym-contract';
  return say(rule, `${id}:${name}`, `${id}: ${message.replace(/\s+/g, ' ')}`);
}

/** Behaviour that waited for its step, or for a circumstance. One finding for each sort of what it began to do. */
function triggers(guest: GuestReport, say: Say): readonly Finding[] {
  const late = guest.late.filter((event) => {
    const { kind, step, detail, circumstance } = event;
    const isKnown = guest.events.some(
      (other) => other.phase !== 'step' && other.kind === kind && other.detail === detail,
    );
    if (isProvoked(detail) || (circumstance === null && (step <= LATE_STEP || isKnown))) return false;
    return LATE_KINDS.has(kind) || (kind === 'file.open' && /^\/(?:home|Users)\//.test(detail));
  });
  const [first] = late;
  if (first === undefined) return [];
  const what = deedOf(first);
  const message =
    first.circumstance === null
      ? `At step ${first.step} it began to ${what}, which it had not done before`
      : `It began to ${what} when it was ${first.circumstance}, which it had not done before`;
  return [say('run-trigger', what, message)];
}

/** The raw detail may hold what was stolen; the kind and the step tell enough. */
function deedOf({ kind }: LateEvent): string {
  if (kind === 'file.open') return 'look into the home folder';
  return kind === 'exec' ? 'start a program' : 'use the network';
}
