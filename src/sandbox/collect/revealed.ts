import type { Gap } from '../../model/outcome.ts';
import type { Unit } from '../../model/target.ts';
import type { ObservedRun } from '../observed-run.ts';
import { steady } from '../recorder/steady.ts';
import type { Revealed } from './second-analysis.ts';

/** The files that runs wrote, for the static stage. Names that are made up anew each time are levelled. */
export function revealedBy(observed: readonly ObservedRun[]): readonly Revealed[] {
  return observed.flatMap(({ planned, written }) =>
    written.files.map(({ path, content }): Revealed => {
      const command = planned.label.join(' ');
      return { origin: planned.path, command, path: steady(path), content, how: 'written' };
    }),
  );
}

/** Runs whose files were not, or not all, taken along: what they wrote was not looked at. */
export function uncollected(unit: Unit, observed: readonly ObservedRun[]): readonly Gap[] {
  return observed.flatMap(({ planned, written, run }): readonly Gap[] => {
    const name = `\`${planned.label.join(' ')}\``;
    const writes = run.events.some(({ kind, allowed }) => kind === 'file.write' && allowed);
    if (!written.isCollected && writes)
      return [
        { unit: unit.path, reason: `the files that ${name} wrote were not seen: it was ended from outside` },
      ];
    const cut = written.files.filter(({ content, size }) => content.length < size).length;
    const missed = cut + written.leftOut;
    if (missed > 0) {
      const files = missed === 1 ? 'a file that' : `${missed} files that`;
      return [{ unit: unit.path, reason: `${files} ${name} wrote could not be taken along as a whole` }];
    }
    return [];
  });
}
