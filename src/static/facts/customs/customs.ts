import type { ArgumentNode, Expression, Span } from '../../../model/program.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import type { ClassFact, FunctionFact } from '../facts.ts';
import type { Caller } from '../values/sequences.ts';
import type { Value } from '../values/value.ts';
import type { Frame } from '../walk/frame.ts';
import type { Walk } from '../walk/walk.ts';
import type { CallCustoms } from './call-customs.ts';

/** What is special about a language where the walk asks. What languages differ in by a word or two stands where it is asked. */
export interface Customs {
  /** What calls mean beside what they mean in all languages; null: nothing. */
  readonly calls: CallCustoms | null;
  /** Methods see the names of the class around them. */
  readonly hasClassScope: boolean;
  /** Models know setters: `http.verify_mode = x` and `request["Cookie"] = x` are calls. */
  readonly setsByCall: boolean;
  /** Methods are called by names that are computed: the syntax tree has such a call as that of an index. */
  readonly sendsNames: boolean;
  /** A program's words are arguments of the call that starts it, each by itself: `system('git', 'log', path)`. */
  readonly startsWithWords: boolean;
  /** `from m import *`, or what comes to the same, binds every name of the module. */
  readonly importsAllNames: boolean;
  /** A method's first parameter is the object that it is called on. */
  readonly namesReceiver: boolean;
  /** A class may be defined in several places, of which each adds to it. */
  readonly extendsClasses: boolean;
  /** What types say that values and results are declared with; null in languages without. */
  readonly typed: Typed | null;
  /** What methods call an attribute by begins with this, and others leave it out; empty when both call it the same. */
  readonly attributeMark: '' | '@';
  /** True for a name that belongs to the whole program wherever it is given a value. */
  isGlobal(name: string): boolean;
  /** Looks at the value that a variable is given. */
  noteVariable(walk: Walk, name: string, value: Value, span: Span): void;
  /** What a name means that is no variable, of the object whose method is walked; null when it means nothing of it. */
  ownName(walk: Walk, name: string): Value | null;
  /** What answers for a method that none of the classes has; null when nothing does. */
  missingMethod(classes: readonly ClassFact[], name: string): Value | null;
  /** A name of the table of all names, as models write it. */
  modelName(name: string): string;
  /** What calls compute, where it is not what they compute in Python and JavaScript; null when it is. */
  readonly fold: FoldCall | null;
}

/** What declared types say. */
export interface Typed {
  /** What is known of a value of a type, which is named where `outer` is. */
  ofType(walk: Walk, type: Expression | undefined, outer: Frame): Value;
  /** What a call of a function of the target gives. @param whole all of it, as if it were one */
  resultsOf(walk: Walk, callee: FunctionFact, whole: Value, site: number): Value;
  /** What a call gives to so many variables. */
  severalOf(value: Value, count: number): Value;
}

/** What a call computes of what is known; null when it is not known. */
type FoldCall = (
  walk: Walk,
  name: string,
  method: string | null,
  args: BoundArguments,
  written: readonly ArgumentNode[],
  caller: Caller,
) => Value | null;

/** What holds in a language that has no entry of its own. */
export const COMMON: Customs = {
  calls: null,
  hasClassScope: false,
  setsByCall: false,
  sendsNames: false,
  startsWithWords: false,
  importsAllNames: false,
  namesReceiver: false,
  extendsClasses: false,
  typed: null,
  attributeMark: '',
  isGlobal: () => false,
  noteVariable: () => undefined,
  ownName: () => null,
  missingMethod: () => null,
  modelName: (name) => name,
  fold: null,
};
