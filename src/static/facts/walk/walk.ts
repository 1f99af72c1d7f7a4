import type { Guard, Scope } from '../../../model/evidence.ts';
import type { FunctionNode, Span, Statement } from '../../../model/program.ts';
import type { ApiIndex } from '../../../rules/api-index.ts';
import type { ModelLanguage } from '../../../rules/knowledge.ts';
import type { Customs } from '../customs/customs.ts';
import { customsOf } from '../customs/customs-of.ts';
import { usesArguments } from './definitions.ts';
import type { ClassFact, FunctionFact, Layer } from '../facts.ts';
import type { FlowGraph } from '../flow-graph.ts';
import { Frame } from './frame.ts';
import type { Gathering, InnerCode } from '../gathering.ts';
import { ProgramInterface } from '../programs/program-interface.ts';
import { changed, type Value } from '../values/value.ts';
import type { Turn, WaitingTurn } from './turns.ts';
import { resultCount } from './results.ts';

/** The deepest nesting of expressions and of statements that is followed. */
export const MAX_WALK_DEPTH = 1_000;

/** What a generator gives is not known when it is more than this. */
export const MAX_YIELDS = 65_536;

/** The state of walking one program. */
export class Walk {
  readonly gathering: Gathering;
  readonly graph: FlowGraph;
  readonly layer: Layer;
  readonly language: ModelLanguage;
  readonly customs: Customs;
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
  /** What `import type` names, by the names it has here. */
  readonly typeImports = new Map<string, { readonly module: string; readonly imported: string | null }>();
  /** Modules of `from m import *`: a global name may come from one of them. */
  readonly starModules: string[] = [];
  /** The turn that a body has which is gone through again; null: it is walked. */
  turn: Turn | null = null;
  /** Calls whose turn comes after all bodies have been walked. */
  readonly turns: WaitingTurn[] = [];
  /** What turns have done, and where. */
  readonly performed = new Set<string>();
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
    this.customs = customsOf(language);
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

  /** True where a variable is read as all that it ever held: in a branch or a loop, and when others give it values too. */
  isReadAnyTime(name: string): boolean {
    return this.uncertainty > 0 || this.shared.has(name);
  }

  /** The text of a span. */
  textOf(span: Span): string {
    return this.layer.source.text.slice(span.start, Math.min(span.end, span.start + 400));
  }

  /** Registers a function; its body is walked later, in the frame it was defined in. */
  addFunction(definition: FunctionNode, owner: ClassFact | null): FunctionFact {
    const results = resultCount(definition);
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
      returnNode: this.graph.newNode(true),
      parameterClasses: new Map(),
      resultNodes: results > 1 ? Array.from({ length: results }, () => this.graph.newNode(true)) : [],
      sentNode: 0,
      raisedNode: this.gathering.mayRaise ? this.graph.newNode(true) : 0,
      outer:
        this.frame.kind === 'class' && this.frame.parent !== null && !this.customs.hasClassScope
          ? this.frame.parent
          : this.frame,
      scopes: new Set(),
      callees: new Set(),
      guard: this.guard,
      isTool: false,
      isWalked: false,
      walkedWith: [],
      isCalledUnguarded: false,
      returned: null,
      answers: [],
      given: [],
      keys: [],
      keyReads: [],
      prototype: null,
    };
    if (this.quiet === 0) {
      this.gathering.functions.push(created);
      this.waiting.push(created);
    }
    return created;
  }

  /** Walks statements for a turn. Set by who walks bodies. */
  walkBody: (statements: readonly Statement[]) => void = () => undefined;

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
