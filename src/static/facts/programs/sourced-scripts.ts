import type { Frame } from '../walk/frame.ts';
import type { ModuleFile } from './own-modules.ts';
import type { Walk } from '../walk/walk.ts';

/** Scripts that source scripts that source …: so many inside each other are walked at once. */
const MAX_DEPTH = 40;
/** Blocks around them, all together: JavaScript's own stack is the limit. */
const MAX_NESTED = 500;
/** So many variables and functions are taken over in files that are looked at together. */
const MAX_TAKEN = 500_000;

/**
 * Scripts that other scripts of a shell read into themselves (`source`, `.`): they are walked when they are read, and what they define
 * is defined from then on in the script that reads them.
 */
export class SourcedScripts<File extends ModuleFile> {
  readonly #named: (walk: Walk, written: string) => readonly File[];
  readonly #walk: (file: File) => void;
  /** What each script has read in. */
  readonly #read = new WeakMap<Frame, Set<Frame>>();
  #depth = 0;
  #nested = 0;
  #taken = 0;

  /**
   * @param named the files that a name may mean
   * @param walk walks a file that has not been walked; does nothing for any other
   */
  constructor(named: (walk: Walk, written: string) => readonly File[], walk: (file: File) => void) {
    this.#named = named;
    this.#walk = walk;
  }

  /**
   * Reads a script in, once for each script that reads it.
   * @returns the files that the name means
   */
  include(walk: Walk, written: string): readonly File[] {
    if (walk.quiet > 0) return [];
    const files = this.#named(walk, written);
    const nested = walk.depth;
    if (files.length > 0 && (this.#depth >= MAX_DEPTH || this.#nested + nested > MAX_NESTED)) {
      const reason = 'scripts that source each other deeper than is followed';
      walk.gathering.miss({ reason, blocking: true });
      return files;
    }
    for (const file of files) {
      this.#depth++;
      this.#nested += nested;
      this.#walk(file);
      this.#nested -= nested;
      this.#depth--;
      if (file.frame !== null) this.#take(walk, file.frame);
    }
    return files;
  }

  #take(walk: Walk, frame: Frame): void {
    const { moduleFrame, gathering } = walk;
    const known = this.#read.get(moduleFrame) ?? new Set();
    if (frame === moduleFrame || known.has(frame)) return;
    this.#read.set(moduleFrame, known.add(frame));
    const variables = frame.variables();
    this.#taken += variables.length;
    if (this.#taken > MAX_TAKEN) {
      gathering.miss({ reason: 'more variables of sourced scripts than are followed', blocking: true });
      return;
    }
    for (const [name, value] of variables)
      moduleFrame.assign(name, value, walk.graph, walk.uncertainty === 0);
  }
}
