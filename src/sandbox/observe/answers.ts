import type { Decoy, DecoySet } from '../decoys/decoys.ts';
import { findMarkers } from '../decoys/markers.ts';
import type { PlannedRun } from '../plan/run.ts';
import type { Conversation } from '../recorder/conversation.ts';
import type { GuestReport } from '../recorder/records.ts';

const LONGEST_WORDS = 160;

/** The last line that a program wrote to its error output; empty when a planted secret is in it. */
export function lastWords(stderr: string, decoys: readonly Decoy[]): string {
  const line = stderr.trimEnd().split('\n').at(-1)?.trim().slice(0, LONGEST_WORDS) ?? '';
  return findMarkers(line, decoys).length > 0 ? '' : line;
}

/** Answers without the planted secrets in them, which are not the target's own; that they are there was noted. */
export function withoutSecrets(conversation: Conversation, { decoys, environment }: DecoySet): Conversation {
  const values = [
    ...Object.entries(environment),
    ...decoys.map(({ name, marker }) => [name, marker] as const),
  ];
  const calls = conversation.calls.map((call) => ({
    ...call,
    text: values.reduce((left, [name, value]) => left.replaceAll(value, `[planted ${name}]`), call.text),
  }));
  return { ...conversation, calls };
}

/** Notes what a server listed when it was asked, and how the calls of its tools ended; that it gave no answer is a gap. */
export function withAnswer(
  report: GuestReport,
  planned: PlannedRun,
  { tools, calls, state }: Conversation,
  last: string,
): GuestReport {
  const name = `\`${planned.label.join(' ')}\``;
  const done = { ...report, isComplete: true };
  if (tools === null) {
    // What is missing is said with its cure; a server may have no tools.
    const hasReason = report.failures.some(({ module }) => module !== null) || state === 'answered';
    const words = last === '' ? '' : ` (its last words: ${last})`;
    const silence = `${name} did not answer a client over standard input, so none of its tools was called${words}`;
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
