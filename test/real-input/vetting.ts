import { expect } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';

/** Prepares what a target declares, with the built program. */
export async function setUp(target: string, ...options: readonly string[]): Promise<void> {
  const { status, stderr } = await sbx(['setup', target, ...options]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}

/** The judgement of the built program, with its exit status. */
export async function vet(
  target: string,
  ...options: readonly string[]
): Promise<{ status: number | null; report: Report }> {
  const { status, stdout, stderr } = await sbx(['vet', target, '--format', 'json', ...options]);
  expect(stderr).not.toMatch(/^\s+at /m);
  return { status, report: JSON.parse(stdout) as Report };
}

/** Messages of the reasons for a verdict. */
export function messagesOf({ verdict }: Report): readonly string[] {
  return verdict.reasons.map(({ message }) => message);
}

/** The stages that did not do all that they should have. */
export function unfinishedStages({ stages }: Report): readonly string[] {
  return stages.flatMap(({ id, status, reason }) =>
    status === 'done' || status === 'not-applicable' ? [] : [`${id} ${status}: ${reason}`],
  );
}

/** What the step phase of the probe says of itself: `CartPole-v1: 1000 steps`. */
export function stepsOf({ observations }: Report): string | undefined {
  return observations.runs.find(({ phase }) => phase === 'step')?.command.at(-1);
}
