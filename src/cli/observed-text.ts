import { SEVERITIES } from '../model/finding.ts';
import type { ObservedEvent } from '../model/observation.ts';
import type { Outcome } from '../model/outcome.ts';
import { escapeLine } from '../reporters/escape.ts';

/** What a person reads of a sandbox run: each run with what it did, what that gives cause to say, and how the stage ended. */
export function observedText(outcome: Outcome): string {
  const runs = outcome.observations?.runs ?? [];
  const hasUnits = new Set(runs.map(({ unit }) => unit)).size > 1;
  const rows = runs.flatMap(({ unit, command, phase, exit, durationMs, events, lost }) => {
    const end = exit === null ? 'ended by the sandbox' : `exit ${exit}`;
    const where = hasUnits ? `${unit}  ` : '';
    const during = command[0] === 'probe' ? `  ${phase}` : '';
    return [
      `${escapeLine(`${where}${command.join(' ')}${during}`)}  (${end}, ${durationMs} ms)`,
      ...events.map((event) => `  ${eventText(event)}`),
      ...(lost > 0 ? [`  ${lost} more events were not kept`] : []),
    ];
  });
  const bySeverity = outcome.findings.toSorted(
    (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
  );
  const findings = bySeverity.map(
    ({ severity, message, ruleId }) => `${severity.padEnd(8)}  ${escapeLine(message)}  [${ruleId}]`,
  );
  const gaps = outcome.gaps.map(({ reason }) => `  ${escapeLine(reason)}`);
  const guarantees = guaranteesText(outcome.observations);
  const reason = gaps.length > 0 || outcome.reason === '' ? '' : `: ${escapeLine(outcome.reason)}`;
  const end = [`${outcome.status}${reason}`, ...gaps];
  const blocks = [rows, findings, guarantees, end].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

const STATES = ['proven', 'unproven', 'absent'] as const;

/** What the sandbox was proven to hold: one line a state, each with the names; nothing where no sandbox ran. */
function guaranteesText(observations: Outcome['observations']): readonly string[] {
  if (observations === undefined || observations.runs.length === 0) return [];
  const held = Object.entries(observations.guarantees);
  const lines = STATES.flatMap((state) => {
    const names = held.filter(([, each]) => each === state).map(([name]) => name);
    return names.length === 0 ? [] : [`  ${state.padEnd(8)}  ${names.join(' ')}`];
  });
  const cure = held.some(([, state]) => state === 'unproven') ? ['  `sbx doctor --prove` proves them'] : [];
  return [`what ${observations.backend} holds on this machine:`, ...lines, ...cure];
}

function eventText({ kind, detail, decoy, count, allowed }: ObservedEvent): string {
  const planted = decoy !== null && decoy !== detail ? `  with the planted ${decoy}` : '';
  const times = count > 1 ? `  ×${count}` : '';
  return `${escapeLine(`${kind.padEnd(11)} ${detail}${planted}`)}${times}${allowed ? '' : '  refused'}`;
}
