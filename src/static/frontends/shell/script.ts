import { VARIABLES } from './parameter-operators.ts';
import type { Expression, Span, Statement } from '../../../model/program.ts';
import { sequenceValue } from './values.ts';

/** How many constructs inside one another are read as they stand; below, commands are listed flat. */
export const MAX_DEPTH = 100;

/** How often a quote that nothing closes is taken for a plain character and the text after it read again. */
const MAX_SECOND_READINGS = 8;

/** An argument whose value may come later: the text of a here-document stands below the command. */
export interface LateValue {
  value: Expression;
}

/** An argument under construction. */
export interface Argument extends LateValue {
  readonly name: string | null;
}

/** A command that was read, for what is learnt about it later: pipes and redirections around it. */
export interface ReadCall {
  readonly args: Argument[];
  /** It reads the standard input that it shares with others. */
  readonly reads: boolean;
  /** Its output goes into a pipe or a substitution, not where its surroundings send theirs. */
  isCaptured: boolean;
}

/** One command that was read. */
export interface ReadStage {
  /** The call, when there is exactly one that takes what is piped in. */
  readonly call: ReadCall | null;
}

/** How far the reading had come; to go back to. */
export interface Mark {
  readonly comments: number;
  readonly calls: number;
  readonly hoisted: number;
  readonly firstError: number;
  readonly errorMessage: string;
}

/** What was found in one script so far, whichever reader found it. */
export class Script {
  readonly comments: Span[] = [];
  readonly calls: ReadCall[] = [];
  /** Assignments that move before the statement that is being read: `X=v cmd` inside `$(…)` or a pipe. */
  readonly hoisted: Statement[] = [];
  /** Zsh closes a group with `}` anywhere; elsewhere that is a word like any other unless a command could begin there. */
  readonly isZsh: boolean;
  /** `declare -n a=b`: names that stand for another variable from there on. */
  readonly references = new Map<string, string>();
  /** Constructs that are open around the place that is being read. */
  depth = 0;
  /** Offset of the first syntax error; -1 when there is none. */
  firstError = -1;
  errorMessage = '';
  /** Offset where the nesting got too deep first; -1 when it never did. */
  firstTooDeep = -1;
  /** Offset of the first word whose braces stand for too many words; -1 when there is none. */
  firstTooWide = -1;
  /** Characters that may still be looked at ahead of the reading, so that looking ahead stays linear. */
  lookahead: number;
  private secondReadings = 0;

  constructor(length: number, isZsh: boolean) {
    this.isZsh = isZsh;
    this.lookahead = 4 * length + 10_000;
  }

  mark(): Mark {
    return {
      comments: this.comments.length,
      calls: this.calls.length,
      hoisted: this.hoisted.length,
      firstError: this.firstError,
      errorMessage: this.errorMessage,
    };
  }

  /** The variable that a name stands for: itself, unless it was declared to stand for another. */
  meantBy(name: string): string {
    return this.references.size === 0 ? name : (this.references.get(name) ?? name);
  }

  /**
   * Notes what `declare -n` declares, of an assignment that was just read.
   * @returns what is assigned when a variable says which other one is meant
   */
  refer(statement: Statement | undefined): Statement | null {
    if (statement?.kind !== 'assign' || statement.target.kind !== 'name') return null;
    const { target, value, span } = statement;
    if (value.kind === 'literal') {
      if (typeof value.value === 'string' && /^[A-Za-z_]\w*$/.test(value.value))
        this.references.set(target.name, this.meantBy(value.value));
      return null;
    }
    const object: Expression = { kind: 'name', name: VARIABLES, span };
    return { ...statement, value: { kind: 'index', object, index: value, span } };
  }

  /** Forgets what was found since the mark, to read it again. @returns false when that was done too often already */
  rewind(mark: Mark): boolean {
    if (this.secondReadings >= MAX_SECOND_READINGS) return false;
    this.secondReadings += 1;
    this.comments.length = mark.comments;
    this.calls.length = mark.calls;
    this.hoisted.length = mark.hoisted;
    this.firstError = mark.firstError;
    this.errorMessage = mark.errorMessage;
    return true;
  }

  /** The statements' output as one expression; their assignments move before the statement that is being read. */
  outputOf(statements: readonly Statement[], span: Span): Expression {
    const { value, assignments } = sequenceValue(statements, span);
    append(this.hoisted, assignments);
    return value;
  }

  /** Appends one statement, read by `read`, after the assignments that stand inside it. */
  statement<T>(out: Statement[], read: () => T): T {
    const before = this.hoisted.length;
    const from = out.length;
    const result = read();
    if (this.hoisted.length > before) {
      const own = out.splice(from);
      append(out, this.hoisted.splice(before));
      append(out, own);
    }
    return result;
  }

  /** The commands since the mark write into a pipe or a substitution. */
  capture(since: number): void {
    for (let at = since; at < this.calls.length; at++) this.calls[at]!.isCaptured = true;
  }
}

/** Appends without the limit that argument lists have. */
export function append<T>(to: T[], more: readonly T[]): void {
  for (const element of more) to.push(element);
}
