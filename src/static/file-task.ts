import type { Scope } from '../model/evidence.ts';
import type { Language } from '../model/program.ts';
import type { CompiledSource } from './compiled-sources.ts';
import type { FileDetection } from './detectors/bytes.ts';
import type { Shortfall } from './facts/shortfall.ts';
import type { FactsInput } from './facts/texts/read-text.ts';

/** What opening a container showed, beside what lies in it. */
interface Opening {
  readonly shortfalls: readonly Shortfall[];
  readonly detections: readonly FileDetection[];
}

/** A file to be analysed. */
export interface FileTask {
  /** Relative to the target; of what lies in a container the path through it: `pkg.zip!/setup.py`. */
  readonly path: string;
  /** The outermost file of the target that it lies in, when it lies in a container. */
  readonly container?: string;
  /** Without what was taken out of it as tasks of their own. */
  readonly content: Uint8Array;
  /** It is a container: what opening it showed. */
  readonly opened?: Opening;
  /** {@link Unit.path} of the unit it belongs to. */
  readonly unit: string;
  /** Read it as this language whatever it looks like. */
  readonly language?: Language;
  /** What a compiled file was made from; absent for any other file. */
  readonly source?: CompiledSource;
  /** An earlier look at it: what its text alone tells need not be asked again. */
  readonly before?: TextOnly;
  /** As in {@link FactsInput}. */
  readonly scope?: Scope;
  readonly environments?: readonly string[];
  readonly entries?: FactsInput['entries'];
}

/** What a file's own text says of it, whatever lies beside it. */
export interface TextOnly {
  /** No detector sees anything in it. */
  readonly isPlain: boolean;
  /** As in {@link Facts}. */
  readonly isSilent: boolean;
}
