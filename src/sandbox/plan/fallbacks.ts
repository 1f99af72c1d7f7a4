import type { TargetFile } from '../../model/target.ts';
import { likelyEnding } from './read-files.ts';
import type { PlannedRun } from './run.ts';
import { samplePath } from './samples.ts';
import { scriptRuns } from './scripts.ts';
import { beginningOf } from './text.ts';

/** Further runs of one unit when its first ones do not end well. */
const MOST_FALLBACKS = 6;

/** Gives each run of a script what to try when it does not end well: the script plainly, and with a sample file. */
export function withFallbacks(file: TargetFile, runs: readonly PlannedRun[]): readonly PlannedRun[] {
  const otherwise = scriptRuns([file], [[], [samplePath(likelyEnding(beginningOf(file)))]]);
  return runs.map((run) => (run.arguments.includes('--help') ? run : { ...run, otherwise }));
}

/**
 * Collects the runs that are to follow because others did not end well. A run that another one equals is left out.
 */
export class Fallbacks {
  readonly #known: Set<string>;
  readonly #runs: PlannedRun[] = [];

  /** @param planned what is run in any case */
  constructor(planned: readonly PlannedRun[]) {
    this.#known = new Set(planned.map(nameOf));
  }

  /** Notes how a run ended. */
  note(planned: PlannedRun, hasEndedWell: boolean): void {
    if (hasEndedWell) return;
    for (const run of planned.otherwise ?? []) {
      if (this.#known.has(nameOf(run)) || this.#runs.length >= MOST_FALLBACKS) continue;
      this.#known.add(nameOf(run));
      this.#runs.push(run);
    }
  }

  /** The runs collected until now, in order. */
  get runs(): readonly PlannedRun[] {
    return this.#runs;
  }
}

function nameOf({ program, path, arguments: args, variables = {} }: PlannedRun): string {
  return [program, path, ...args, ...Object.keys(variables)].join('\0');
}
