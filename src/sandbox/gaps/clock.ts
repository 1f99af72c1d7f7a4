import type { Gap } from '../../model/outcome.ts';
import type { Unit } from '../../model/target.ts';
import type { ObservedRun } from '../observed-run.ts';

const CURE = 'install libfaketime (`apt-get install faketime`), and leave out --image';

/** Programs whose own code asks for the date in ways that no recorder within Python or Node can answer. */
const OF_THE_SHELL: ReadonlySet<string> = new Set(['shell', 'session', 'hook']);

/**
 * Shell programs that were to see another date and saw today's: what they wait for has not come.
 * @param movesClocks whether the whole sandbox had the world's clock
 */
export function clockGaps(
  unit: Unit,
  observed: readonly ObservedRun[],
  movesClocks: boolean,
): readonly Gap[] {
  const unmoved = atAnotherDate(observed, movesClocks).filter(({ planned }) =>
    OF_THE_SHELL.has(planned.program),
  );
  const labels = new Set(unmoved.map(({ planned }) => `\`${planned.label.join(' ')}\``));
  return [...labels].map((label) => ({
    unit: unit.path,
    reason: `dates were moved for Python and Node alone, so ${label} was not seen at another date: ${CURE}`,
  }));
}

/** What is to be said where another date was shown, and not to everybody. */
export function clockNotes(observed: readonly ObservedRun[], movesClocks: boolean): readonly string[] {
  const isShown = atAnotherDate(observed, movesClocks).some(
    ({ planned }) => !OF_THE_SHELL.has(planned.program),
  );
  return isShown
    ? [
        `dates were moved for Python and Node code alone; compiled programs and commands that it starts saw today's: ${CURE}`,
      ]
    : [];
}

function atAnotherDate(observed: readonly ObservedRun[], movesClocks: boolean): readonly ObservedRun[] {
  return movesClocks ? [] : observed.filter(({ world }) => (world.clock?.startsAtMs ?? null) !== null);
}
