import type { Guard, Scope } from '../../model/evidence.ts';
import type { Language, Span } from '../../model/program.ts';
import type { ApiIndex } from '../../rules/api-index.ts';
import type { ClassIndex } from '../../rules/classes.ts';
import type { ModelLanguage } from '../../rules/knowledge.ts';
import type { CallFact, ClassFact, FunctionFact, ImportFact, Layer, StringFact } from './facts.ts';
import { FileNotes } from './file-notes.ts';
import { FlowGraph } from './flow-graph.ts';
import type { Frame } from './walk/frame.ts';
import type { ProgramInterface } from './programs/program-interface.ts';
import type { Start } from './programs/program-starts.ts';
import type { Shortfall } from './shortfall.ts';
import type { Value } from './values/value.ts';
import type { Walk } from './walk/walk.ts';

/** What the walk knows from the start. */
export interface WalkKnowledge {
  readonly apis: Readonly<Record<ModelLanguage, ApiIndex>>;
  readonly classes: ClassIndex;
}

/** Code in a constant text, found in a call: it is parsed and walked after the text around it. */
export interface InnerCode {
  readonly language: Language;
  readonly text: string;
  /** Values of the variables that stand for what is not known of the text (`SBX_HOLE_0`). */
  readonly holes: ReadonlyMap<string, Value>;
  readonly layer: Layer;
  readonly span: Span;
  readonly scope: Scope;
  readonly guard: Guard | null;
  readonly function: FunctionFact | null;
  /** It is the body of the function. */
  readonly isBody: boolean;
  /** The program that it is part of, or is. */
  readonly program: ProgramInterface;
  /** The variables that it sees; null: it runs on its own. */
  readonly frame: Frame | null;
  /** The node that what it prints or evaluates to flows into. */
  readonly outputNode: number;
  /** The text was brought out of hiding, or the one around it was. */
  readonly isHidden: boolean;
  /** A decoder gave the text itself. */
  readonly isDecoded: boolean;
  /** How many texts inside each other it is. */
  readonly depth: number;
}

/** Facts of files that are looked at together, while they are gathered. */
export class Gathering {
  readonly knowledge: WalkKnowledge;
  readonly graph = new FlowGraph();
  /** What messages within the target flow through, by their kind. */
  readonly channels = new Map<string, number>();
  readonly calls: CallFact[] = [];
  readonly imports: ImportFact[] = [];
  readonly strings: StringFact[] = [];
  readonly classes: ClassFact[] = [];
  readonly functions: FunctionFact[] = [];
  readonly layers: Layer[] = [];
  /** The walks of texts whose functions others may call. */
  readonly walks = new Map<Layer, Walk>();
  readonly innerCode: InnerCode[] = [];
  /** Commands that start files. */
  readonly starts: Start[] = [];
  /** Notes on the file that a layer is of. */
  readonly owners = new Map<Layer, FileNotes>();
  /** Notes on the file that is being walked. */
  file = new FileNotes();
  /** What another file of the target gives to the one being walked, by the name it is imported under; null when there is none. */
  ownModule: (walk: Walk, name: string) => Value | null = () => null;
  /**
   * Reads a script into the one being walked that sources it.
   * @returns the texts of files of that name that are no scripts by their looks, and are run as one all the same
   */
  include: (walk: Walk, written: string) => readonly string[] = () => [];
  /** The node of what a data file of the target holds that the code being walked names; 0 when it holds no command. */
  dataNode: (walk: Walk, written: string) => number = () => 0;
  /** Some text may raise an error with a value in it: functions need a node for what comes out that way. */
  mayRaise = false;
  /** Some generator takes values that are sent into it. */
  maySend = false;
  /** Some text shows a secret that the program holds: where it goes is of interest. */
  holdsSecrets = false;
  /** Functions that are gone on with while they give values, by the node of what their calls give. */
  readonly generators = new Map<number, FunctionFact>();
  /** What calls were given that turns have performed, wherever they stand. */
  readonly performed = new Set<string>();
  /** Call sites so far; each has a number. */
  sites = 0;

  constructor(knowledge: WalkKnowledge) {
    this.knowledge = knowledge;
  }

  /** How often a function was run in vain, in this file. */
  get failedFolds(): Map<FunctionFact, number> {
    return this.file.failedFolds;
  }

  /** Packages that this file imports. */
  get packages(): Set<string> {
    return this.file.packages;
  }

  /** How many more expressions of this file may be evaluated again for folding. */
  get refoldBudget(): number {
    return this.file.refoldBudget;
  }

  set refoldBudget(budget: number) {
    this.file.refoldBudget = budget;
  }

  /** Notes that something of the file that is being walked was left out. */
  miss(shortfall: Shortfall): void {
    this.file.miss(shortfall);
  }
}
