import type { Frontend, Language } from '../../model/program.ts';
import { frontendFor } from './registry.ts';

/**
 * Work that is done in one go but for frontends it has to wait for: it yields the language of one that is not loaded yet, and goes on
 * with the frontend. What runs in one go can be watched, and be ended from outside.
 */
export type Steps<Result> = Generator<Exclude<Language, 'text'>, Result, Frontend>;

/**
 * Does such work to its end.
 * @param run runs one step; whatever it throws ends the work
 * @throws what the work throws, what `run` throws, and what a frontend throws that cannot be made ready
 */
export async function finish<Result>(
  steps: Steps<Result>,
  run: <Value>(step: () => Value) => Value = (step) => step(),
): Promise<Result> {
  let step = run(() => steps.next());
  while (step.done !== true) {
    const frontend = await frontendFor(step.value);
    step = run(() => steps.next(frontend));
  }
  return step.value;
}
