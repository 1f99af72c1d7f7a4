import type { Gap } from '../../model/outcome.ts';
import type { Unit } from '../../model/target.ts';
import type { ObservedRun } from '../observed-run.ts';
import type { ImageContents } from '../setup/image-contents.ts';

/** What runs with what; the rest is Python, as are the programs that watch and collect. */
const OF_NODE: ReadonlySet<string> = new Set(['javascript', 'node-import']);
const OF_BASH: ReadonlySet<string> = new Set(['shell', 'hook', 'session']);

/** What could not be run, or not be seen, because the operator's image has not got what it takes. */
export function imageGaps(
  unit: Unit,
  observed: readonly ObservedRun[],
  image: ImageContents | null,
): readonly Gap[] {
  if (image === null || observed.length === 0) return [];
  const programs = observed.map(({ planned }) => planned.server?.program ?? planned.program);
  const has = (programsOf: ReadonlySet<string>): boolean => programs.some((each) => programsOf.has(each));
  const name = `the image ${image.reference}`;
  const reasons = [
    ...(image.python === null
      ? [`${name} has no Python 3.9 or later: Python was not run, and system calls were not recorded`]
      : []),
    ...(image.node === null && has(OF_NODE) ? [`${name} has no Node: JavaScript was not run`] : []),
    ...(!image.hasBash && has(OF_BASH)
      ? [`${name} has no bash: commands and shell scripts were not run`]
      : []),
  ];
  return reasons.map((reason) => ({ unit: unit.path, reason: `${reason}; give one that has it` }));
}
