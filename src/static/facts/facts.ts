import type { Api } from '../../model/api-model.ts';
import type { Guard, Scope } from '../../model/evidence.ts';
import type { FunctionNode, Language, Sentence, Setting, Span } from '../../model/program.ts';
import type { HiddenText } from '../decode/hidden/unwrap.ts';
import type { ConstantOrigin } from '../fold/constant.ts';
import type { SourceText } from '../source-text.ts';
import type { BoundArguments } from './calls/arguments.ts';
import type { FlowGraph } from './flow-graph.ts';
import type { Frame } from './walk/frame.ts';
import type { Shortfall } from './shortfall.ts';
import type { StartedFile } from './programs/started-files.ts';
import type { Value } from './values/value.ts';

/** A piece of text of one language: the file itself, or a fragment in it. */
export interface Layer {
  readonly language: Language;
  readonly source: SourceText;
  /** The scope of code outside any function. Set anew before it is walked when another file says when it is started. */
  scope: Scope;
}

/** A function, method, arrow or lambda of the target. */
export interface FunctionFact {
  readonly id: number;
  readonly name: string | null;
  /** The class it is a method of; set late for what is put on a prototype. */
  owner: ClassFact | null;
  readonly layer: Layer;
  readonly definition: FunctionNode;
  /** Flow nodes of the parameters, by position; of a shell function one for all (`$1`, `$@`). */
  readonly parameterNodes: readonly number[];
  readonly returnNode: number;
  /** Classes of the target that its parameters are declared to be of, by their places. */
  readonly parameterClasses: Map<number, ClassFact>;
  /** What flows into each of its results, where there are several. */
  readonly resultNodes: readonly number[];
  /** What is sent into it while it gives one value after the other (`generator.send(x)`); 0: nothing asks for that. */
  sentNode: number;
  /** Exceptions that it raises and does not catch; 0 where no text raises any. */
  readonly raisedNode: number;
  /** Where it was defined: its variables are looked up from there. */
  readonly outer: Frame;
  /** When it runs; filled while walking and spread along calls afterwards. Empty: nothing known calls it. */
  readonly scopes: Set<Scope>;
  /** Functions of the target that it calls. */
  readonly callees: Set<FunctionFact>;
  /** The condition that every known call of it stands under. */
  guard: Guard | null;
  /** A model calls it: registered or marked as a tool. */
  isTool: boolean;
  isCalledUnguarded: boolean;
  /** What calls give it, by parameter, as far as all agree; of a shell function the words of its first call. */
  readonly given: Value[];
  /** By parameter: the texts that calls give it, as long as all of them give one; null when one gives something else. */
  readonly keys: (Set<string> | null)[];
  /** What is read by a parameter. */
  readonly keyReads: KeyRead[];
  /** The class that it stands for when objects are made of it: what is set on its `prototype`. */
  prototype: ClassFact | null;
  /** Its body has been walked. */
  isWalked: boolean;
  /** What was known of its parameters when its body was walked. */
  walkedWith: readonly Value[];
  /** What it returns, as far as its body has been walked. */
  returned: Value | null;
  /** What its `return` statements give, where something may flow there. */
  readonly answers: Answer[];
}

/** What is read by a key that is a parameter: one entry, unless some call gives a key that is not meant. */
interface KeyRead {
  readonly parameter: number;
  readonly isMeant: (key: string) => boolean;
  /** Lets all of the value through. */
  readonly open: () => void;
}

/** What one `return` statement gives. */
interface Answer {
  readonly node: number;
  readonly span: Span;
  /** A table is no text: servers write it out as JSON. */
  readonly isTable: boolean;
}

/** A class of the target. */
export interface ClassFact {
  readonly name: string;
  /** Resolved names of its bases. */
  bases: readonly string[];
  /** Bases that are classes of the same text. */
  parents: readonly ClassFact[];
  readonly methods: Map<string, FunctionFact>;
  readonly attributes: Map<string, AttributeFact>;
  /** All that its objects hold flows from here; 0 as long as nobody asks. */
  contentsNode: number;
  /** What its objects are made with, where no constructor says which attribute that becomes; 0: nothing. */
  givenNode: number;
  /** Classes that are made from it, as far as they have been walked. */
  readonly children: ClassFact[];
  readonly layer: Layer;
  readonly span: Span;
  isEnvironment: boolean;
}

/** `self.x` over all methods of a class. */
export interface AttributeFact {
  value: Value;
  readonly node: number;
}

/** A call of something, or the reading of a value that an API model knows. */
export interface CallFact {
  /** Resolved name; a leading `?` stands for an object that nothing is known of. Empty when the callee has no name. */
  readonly name: string;
  readonly language: Language;
  /** The first entry of the API models whose conditions hold. */
  readonly api: Api | null;
  readonly args: BoundArguments;
  readonly layer: Layer;
  readonly span: Span;
  /** Null outside any function. */
  readonly function: FunctionFact | null;
  /** The scope of the code around it when it stands outside any function. */
  readonly outerScope: Scope;
  readonly guard: Guard | null;
  /** Its command text was brought out of hiding. */
  readonly isHidden: boolean;
}

/** A module that a text imports, by a statement or a call. */
export interface ImportFact {
  /** Dotted or slashed as written; without a `node:` prefix. */
  readonly module: string;
  readonly layer: Layer;
  readonly span: Span;
  readonly function: FunctionFact | null;
}

/** A text that stands in a program, or that it puts together. */
export interface StringFact {
  readonly text: string;
  /** What it turned out to be an encoding of; absent for an ordinary text. */
  readonly hidden?: HiddenText;
  readonly origin: ConstantOrigin;
  readonly layer: Layer;
  readonly span: Span;
  readonly function: FunctionFact | null;
}

/** Everything the rules look at in one file. */
export interface Facts {
  readonly layers: readonly Layer[];
  readonly calls: readonly CallFact[];
  readonly imports: readonly ImportFact[];
  readonly strings: readonly StringFact[];
  readonly classes: readonly ClassFact[];
  readonly functions: readonly FunctionFact[];
  readonly sentences: readonly { readonly sentence: Sentence; readonly layer: Layer }[];
  readonly settings: readonly { readonly setting: Setting; readonly layer: Layer }[];
  /** Files that it starts or names as started, its own or of other bundles. */
  readonly started: readonly StartedFile[];
  /** No comment, docstring or description in its own text speaks to an agent, apart from what its frontend reads as prose. */
  readonly isSilent: boolean;
  readonly graph: FlowGraph;
  /** What was not understood or not followed. */
  readonly shortfalls: readonly Shortfall[];
}
