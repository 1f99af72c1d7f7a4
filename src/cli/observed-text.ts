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
  const reason = gaps.length > 0 || outcome.reason === '' ? '' : `: ${escapeLine(outcome.reason)}`;
  const end = [`${outcome.status}${reason}`, ...gaps];
  const blocks = [rows, findings, end].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

function eventText({ kind, detail, decoy, count, allowed }: ObservedEvent): string {
  const planted = decoy !== null && decoy !== detail ? `  with the planted ${decoy}` : '';
  const times = count > 1 ? `  ×${count}` : '';
  return `${escapeLine(`${kind.padEnd(11)} ${detail}${planted}`)}${times}${allowed ? '' : '  refused'}`;
}
