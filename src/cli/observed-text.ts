import type { ChalkInstance } from 'chalk';
import { Chalk } from 'chalk';
import { SEVERITIES } from '../model/finding.ts';
import type { ObservedEvent } from '../model/observation.ts';
import type { Outcome } from '../model/outcome.ts';
import { escapeLine } from '../reporters/escape.ts';
import { SEVERITY_COLOR } from '../reporters/severity-color.ts';
import { FEW_TOKENS, isToken, storyOf } from './observed-story.ts';

/**
 * What a person reads of a sandbox run: each run with what it did, then all of them together, what that gives cause to say, and how the
 * stage ended.
 */
export function observedText(outcome: Outcome, color: boolean): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const runs = outcome.observations?.runs ?? [];
  const hasUnits = new Set(runs.map(({ unit }) => unit)).size > 1;
  const rows = runs.flatMap(({ unit, command, phase, exit, durationMs, events, lost }) => {
    const end = exit === null ? 'ended by the sandbox' : `exit ${exit}`;
    const where = hasUnits ? `${unit}  ` : '';
    const during = command[0] === 'probe' ? `  ${phase}` : '';
    return [
      `${chalk.bold(escapeLine(`${where}${command.join(' ')}${during}`))}  ${chalk.dim(`(${end}, ${durationMs} ms)`)}`,
      ...eventLines(events, chalk),
      ...(lost > 0 ? [`  ${lost} more events were not kept`] : []),
    ];
  });
  const bySeverity = outcome.findings.toSorted(
    (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
  );
  const findings = bySeverity.map(
    ({ severity, message, ruleId }) =>
      `${chalk[SEVERITY_COLOR[severity]](severity.padEnd(8))}  ${escapeLine(message)}  ${chalk.dim(`[${ruleId}]`)}`,
  );
  const gaps = outcome.gaps.map(({ reason }) => `  ${escapeLine(reason)}`);
  const guarantees = guaranteesText(outcome.observations);
  const reason = gaps.length > 0 || outcome.reason === '' ? '' : `: ${escapeLine(outcome.reason)}`;
  const isWhole = outcome.status === 'done' || outcome.status === 'not-applicable';
  const end = [`${chalk[isWhole ? 'green' : 'yellow'](outcome.status)}${reason}`, ...gaps];
  const story = storyOf(runs, outcome.observations?.backend ?? '');
  const blocks = [rows, story, findings, guarantees, end].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

const STATES = ['proven', 'unproven', 'absent'] as const;

/** What the sandbox was proven to hold: one line a state, each with the names; nothing where no sandbox ran. */
function guaranteesText(observations: Outcome['observations']): readonly string[] {
  if (observations === undefined || observations.runs.length === 0) return [];
  const held = Object.entries(observations.guarantees);
  if (held.every(([, state]) => state === 'unproven'))
    return [
      `of what ${observations.backend} promises nothing is proven on this machine yet: \`sbx doctor --prove\` proves it`,
    ];
  const lines = STATES.flatMap((state) => {
    const names = held.filter(([, each]) => each === state).map(([name]) => name);
    return names.length === 0 ? [] : [`  ${state.padEnd(8)}  ${names.join(' ')}`];
  });
  const cure = held.some(([, state]) => state === 'unproven') ? ['  `sbx doctor --prove` proves them'] : [];
  return [`what ${observations.backend} holds on this machine:`, ...lines, ...cure];
}

/** What would be a line for each of many planted tokens, since a program copied its environment, is one. */
function eventLines(events: readonly ObservedEvent[], chalk: ChalkInstance): readonly string[] {
  const isCopied = (event: ObservedEvent): boolean =>
    event.kind === 'decoy' && event.decoy === event.detail && isToken(event.detail);
  const tokens = events.filter(isCopied);
  if (tokens.length < FEW_TOKENS) return events.map((event) => `  ${eventText(event, chalk)}`);
  const [first] = tokens;
  return events.flatMap((event) => {
    if (!isCopied(event)) return [`  ${eventText(event, chalk)}`];
    const names = [...new Set(tokens.map(({ detail }) => detail))].sort();
    const line = `  ${chalk.red('decoy'.padEnd(11))} ${names.length} tokens of the environment: ${names.join(', ')}`;
    return event === first ? [line] : [];
  });
}

/** Kinds of events that say more than files do. */
const KIND_COLOR: Readonly<Partial<Record<ObservedEvent['kind'], 'red' | 'yellow' | 'cyan'>>> = {
  decoy: 'red',
  privilege: 'red',
  limit: 'red',
  connect: 'yellow',
  dns: 'yellow',
  listen: 'yellow',
  exec: 'cyan',
};

function eventText({ kind, detail, decoy, count, allowed }: ObservedEvent, chalk: ChalkInstance): string {
  const planted = decoy !== null && decoy !== detail ? `  with the planted ${decoy}` : '';
  const times = count > 1 ? `  ×${count}` : '';
  const color = KIND_COLOR[kind];
  const shown = kind.padEnd(11);
  return `${color === undefined ? shown : chalk[color](shown)} ${escapeLine(`${detail}${planted}`)}${times}${allowed ? '' : '  refused'}`;
}
