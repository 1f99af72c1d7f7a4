import type { Guard, Scope } from '../../model/evidence.ts';
import type { FunctionNode, Language, Span } from '../../model/program.ts';
import type { ApiIndex } from '../../rules/api-index.ts';
import type { ModelLanguage } from '../../rules/knowledge.ts';
import type { ClassIndex } from '../../rules/classes.ts';
import type { CallFact, ClassFact, FunctionFact, ImportFact, Layer, StringFact } from './facts.ts';
import { usesArguments } from './definitions.ts';
import { FlowGraph } from './flow-graph.ts';
import { Frame } from './frame.ts';
import { ProgramInterface } from './program-interface.ts';
import type { Start } from './program-starts.ts';
import type { Shortfall } from './shortfall.ts';
import { changed, UNKNOWN, type Value } from './value.ts';

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

/** How many expressions of one file may be evaluated again for folding. */
const REFOLD_BUDGET = 400_000;

/** So many calls of one file are followed: far more than people write in one. */
const MAX_CALLS = 150_000;

/** So much text that one file puts together is kept, and gone through to see whether it is kept (UTF-16 units). */
const KEPT_LENGTH = 16 * 1024 * 1024;
const SEEN_LENGTH = 64 * 1024 * 1024;

/** What is kept of one file while it is walked. Bounded: what is beyond a bound is left out and named in `shortfalls`. */
export class FileNotes {
  /** By reason; true: what is missing may run. */
  readonly #shortfalls = new Map<string, boolean>();
  /** Names of its classes that another file registers as environments. */
  readonly environments: ReadonlySet<string>;
  /** Packages that are imported: what a name that begins with one of them means, that package says. */
  readonly packages = new Set<string>();
  /** How many more expressions may be evaluated again for folding. */
  refoldBudget = REFOLD_BUDGET;
  /** Known texts that commands have written to files, by path. */
  readonly writtenTexts = new Map<string, Value>();
  /** How often a function was run in vain. */
  readonly failedFolds = new Map<FunctionFact, number>();

  #calls = 0;
  #keptLength = 0;
  #seenLength = 0;

  constructor(environments: readonly string[] = []) {
    this.environments = new Set(environments);
  }

  /** Counts a call; false when there are more than are followed. */
  mayFollowCall(): boolean {
    return ++this.#calls <= MAX_CALLS;
  }

  /** Counts a text that was put together; false when that was too much. */
  mayKeep(length: number): boolean {
    this.#keptLength += length;
    this.#seenLength += length;
    const isWithin = this.#keptLength <= KEPT_LENGTH && this.#seenLength <= SEEN_LENGTH;
    if (!isWithin) this.#keptLength -= length;
    return isWithin;
  }

  /** A text that was kept is no longer. */
  letGo(length: number): void {
    this.#keptLength -= length;
  }

  /** Notes that something was left out. */
  miss({ reason, blocking }: Shortfall): void {
    this.#shortfalls.set(reason, blocking || this.#shortfalls.get(reason) === true);
  }

  /** All that was left out so far, by reason. */
  get shortfalls(): readonly Shortfall[] {
    return [...this.#shortfalls]
      .map(([reason, blocking]) => ({ reason, blocking }))
      .sort((a, b) => (a.reason < b.reason ? -1 : 1));
  }
}

/** Facts of files that are looked at together, while they are gathered. */
export class Gathering {
  readonly knowledge: WalkKnowledge;
  readonly graph = new FlowGraph();
  readonly calls: CallFact[] = [];
  readonly imports: ImportFact[] = [];
  readonly strings: StringFact[] = [];
  readonly classes: ClassFact[] = [];
  readonly functions: FunctionFact[] = [];
  readonly layers: Layer[] = [];
  readonly innerCode: InnerCode[] = [];
  /** Commands that start files. */
  readonly starts: Start[] = [];
  /** Notes on the file that a layer is of. */
  readonly owners = new Map<Layer, FileNotes>();
  /** Notes on the file that is being walked. */
  file = new FileNotes();
  /** What another file of the target gives to the one being walked, by the name it is imported under; null when there is none. */
  ownModule: (walk: Walk, name: string) => Value | null = () => null;
  /** Reads a script into the one being walked that sources it. */
  include: (walk: Walk, written: string) => void = () => undefined;
  /** Some text may raise an error with a value in it: functions need a node for what comes out that way. */
  mayRaise = false;
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

/** The deepest nesting of expressions and of statements that is followed. */
export const MAX_WALK_DEPTH = 1_000;

/** The state of walking one program. */
export class Walk {
  readonly gathering: Gathering;
  readonly graph: FlowGraph;
  readonly layer: Layer;
  readonly language: ModelLanguage;
  readonly apis: ApiIndex;
  readonly moduleFrame: Frame;
  /** Code inside constant texts, so many levels down. */
  readonly innerDepth: number;
  /** What the program that is being walked is given and gives. */
  readonly program: ProgramInterface;
  readonly outputNode: number;
  readonly isHidden: boolean;
  /** What stands in the text for values from outside it. */
  readonly holes: ReadonlyMap<string, Value>;
  frame: Frame;
  function: FunctionFact | null;
  owner: ClassFact | null = null;
  scope: Scope;
  guard: Guard | null;
  /** Above 0 in branches and loops: assignments are not certain. */
  uncertainty = 0;
  depth = 0;
  /** A shell script moves its words (`shift`); null: not looked for yet. */
  movesWords: boolean | null = null;
  /** Above 0 while something is evaluated again for its value only: nothing is recorded. */
  quiet = 0;
  /** Where exceptions that are raised here go; 0: nowhere that is followed. */
  raised = 0;
  /** What the handler that is being walked has caught. */
  caught = 0;
  /** Variables that a condition vouches for where the walk is, with what is known of them there. */
  trusted: ReadonlyMap<string, { readonly frame: Frame; readonly value: Value }> = new Map();
  /** How many functions are being run inside each other. */
  callsInside = 0;
  /** What the generator that is being run has given so far. */
  yields: Value[] | null = null;
  /** Lists made while running: nobody else holds them. */
  ownLists: Set<readonly Value[]> | null = null;
  /** What variables that conditions may hang on were made of, by name; attributes begin with a dot. */
  readonly conditions = new Map<string, Span>();
  /** Variables that functions of the program give values to. */
  shared: ReadonlySet<string> = new Set();
  /** Modules of `from m import *`: a global name may come from one of them. */
  readonly starModules: string[] = [];
  /** Bodies whose turn comes after the code that defines them. */
  readonly waiting: FunctionFact[] = [];

  constructor(
    gathering: Gathering,
    layer: Layer,
    language: ModelLanguage,
    inside: Pick<
      InnerCode,
      'guard' | 'function' | 'outputNode' | 'isHidden' | 'depth' | 'holes' | 'program'
    > | null,
    frame = new Frame('module', null),
    program = inside?.program ?? new ProgramInterface(gathering.graph),
  ) {
    this.gathering = gathering;
    this.graph = gathering.graph;
    this.layer = layer;
    this.language = language;
    this.apis = gathering.knowledge.apis[language];
    this.moduleFrame = frame;
    this.frame = frame;
    this.scope = layer.scope;
    this.function = inside?.function ?? null;
    this.guard = inside?.guard ?? null;
    this.program = program;
    this.outputNode = inside?.outputNode ?? (language === 'shell' ? program.output : 0);
    this.isHidden = inside?.isHidden ?? false;
    this.holes = inside?.holes ?? new Map<string, Value>();
    this.innerDepth = inside?.depth ?? 0;
  }

  /** What is known of a value that nothing is known of. */
  readonly emptyValue = UNKNOWN;

  /**
   * Evaluates something again for its value only, in a frame of its own: nothing is recorded, nothing flows, and no variable outside
   * that frame changes.
   */
  quietly<Result>(frame: Frame, run: (frame: Frame) => Result): Result {
    const before = { frame: this.frame, uncertainty: this.uncertainty };
    if (this.quiet === 0) this.ownLists = null;
    this.quiet++;
    this.graph.isFrozen = true;
    this.frame = frame;
    this.uncertainty = 0;
    const result = run(frame);
    this.frame = before.frame;
    this.uncertainty = before.uncertainty;
    this.quiet--;
    this.graph.isFrozen = this.quiet > 0;
    return result;
  }

  /** The same value with a list that may be changed in place. */
  withOwnList(value: Value): Value {
    if (value.elements === null) return value;
    const elements = [...value.elements];
    this.gathering.refoldBudget -= elements.length >> 3;
    (this.ownLists ??= new Set()).add(elements);
    return changed(value, { elements });
  }

  /** The text of a span. */
  textOf(span: Span): string {
    return this.layer.source.text.slice(span.start, Math.min(span.end, span.start + 400));
  }

  /** Registers a function; its body is walked later, in the frame it was defined in. */
  addFunction(definition: FunctionNode, owner: ClassFact | null): FunctionFact {
    const created: FunctionFact = {
      id: this.gathering.functions.length,
      name: definition.name,
      owner,
      layer: this.layer,
      definition,
      parameterNodes:
        this.language === 'shell' || usesArguments(this, definition)
          ? [this.graph.newNode()]
          : definition.parameters.map(() => this.graph.newNode()),
      returnNode: this.graph.newNode(),
      raisedNode: this.gathering.mayRaise ? this.graph.newNode() : 0,
      outer: this.frame.kind === 'class' && this.frame.parent !== null ? this.frame.parent : this.frame,
      scopes: new Set(),
      callees: new Set(),
      guard: this.guard,
      isTool: false,
      isWalked: false,
      isCalledUnguarded: false,
      returned: null,
      given: [],
      prototype: null,
    };
    if (this.quiet === 0) {
      this.gathering.functions.push(created);
      this.waiting.push(created);
    }
    return created;
  }

  /** Walks the body of a function that gives a function, since what is done with that one is next. Set by who walks bodies. */
  makeReady: (callee: FunctionFact) => void = () => undefined;

  /** Notes that a function of the target is called from here. */
  noteCallOf(callee: FunctionFact): void {
    if (this.quiet > 0) return;
    if (this.function === null) callee.scopes.add(this.scope);
    else this.function.callees.add(callee);
    if (this.guard === null) callee.isCalledUnguarded = true;
    else callee.guard ??= this.guard;
  }
}
