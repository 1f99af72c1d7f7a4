import type { Expression, Statement } from '../../../model/program.ts';
import type { Given } from './arguments.ts';
import { TextCursor } from '../text-cursor.ts';
import { Scope } from './scope.ts';

/** Deeper nesting is not parsed. */
const MAX_DEPTH = 160;

/** Thrown and caught within this frontend: the text nests deeper than is parsed. */
export class TooDeep extends Error {}

/** What is meant differently inside of some constructs than elsewhere. */
export interface Context {
  /** `do` belongs to what is around: to `while`, or to the command whose argument is read. */
  readonly isDoTaken: boolean;
  /** ` :x` is the rest of `? :` rather than a symbol. */
  readonly isChoice: boolean;
  /** `|` ends the parameters of a block. */
  readonly isPipeTaken: boolean;
}

const PLAIN: Context = { isDoTaken: false, isChoice: false, isPipeTaken: false };

/** `a..b`; either may be absent. */
export interface Range {
  readonly from: Expression | null;
  readonly to: Expression | null;
  readonly isExclusive: boolean;
}

/** `object.name(…) { … }`. */
export interface BlockCall {
  readonly object: Expression | null;
  readonly name: string;
  readonly given: Given;
}

/** How the parts of the grammar call each other. */
export interface Grammar {
  /** Statements up to what `closers` matches, which is left standing, or the end. */
  statements(reader: Reader, closers: RegExp): Statement[];
  /** An expression with `and`, `or` and `not`. */
  expression(reader: Reader): Expression;
  /** An expression as an argument may be. */
  argument(reader: Reader): Expression;
  /** An operand with everything that is called on it. */
  operand(reader: Reader): Expression;
}

/** A place in a Ruby text, and what has been seen of it. */
export class Reader extends TextCursor {
  readonly grammar: Grammar;
  /** Something valid was taken apart because it nests too deep. */
  isCutOff = false;
  /** Where the text after `__END__` begins; -1: there is none. */
  dataAt = -1;
  scope = new Scope(null);
  context = PLAIN;
  /** Name of the method that is read. */
  method: string | null = null;
  /** Within a class or a module. */
  isInClass = false;
  /** Statements that come before the one that is read. */
  pending: Statement[] = [];
  /** Statements of `BEGIN { … }`. */
  readonly first: Statement[] = [];
  /** Ends of lines behind which bodies of here-documents stand, and where these end. */
  readonly bodies = new Map<number, number>();
  /** Ranges by the value that they are lowered to. */
  readonly ranges = new WeakMap<Expression, Range>();
  /** Calls that were given a block, as they were written. */
  readonly blockCalls = new WeakMap<Expression, BlockCall>();
  /** How much has been read again because a text was not closed (UTF-16 units). */
  reread = 0;
  /** Where marks were found last. */
  readonly #marks = new Map<string, { readonly from: number; readonly place: number }>();
  #depth = 0;
  /** The end of a line behind which no `.method` stands, as seen before. */
  #lastLine = -1;

  constructor(text: string, grammar: Grammar) {
    super(text);
    this.grammar = grammar;
    if (text.startsWith('\ufeff')) this.at = 1;
    this.#lineStart();
  }

  /** Steps over blanks, continued lines and a comment; the end of the line stays. @returns whether there was any */
  space(): boolean {
    const before = this.at;
    for (;;) {
      const code = this.at < this.end ? this.text.charCodeAt(this.at) : 0;
      if (code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0b || code === 0x0c) this.at++;
      else if (code === 0x23) this.#comment();
      else if (code !== 0x5c || this.match(/\\\r?\n/y) === null) return this.at > before;
    }
  }

  /** Steps over blanks, comments and ends of lines. */
  lines(): void {
    do this.space();
    while (this.newline());
  }

  /** The same, and over semicolons. */
  terminators(): void {
    do this.lines();
    while (this.take(';'));
  }

  /** Steps over the end of a line, and what does not count behind it. */
  newline(): boolean {
    if (this.peek() !== '\n') return false;
    const body = this.bodies.get(this.at);
    this.at = body === undefined ? this.at + 1 : Math.min(Math.max(body, this.at + 1), this.end);
    this.#lineStart();
    return true;
  }

  #lineStart(): void {
    for (;;) {
      if (this.sees(/=begin(?=\s)/y)) {
        const close = /^=end(?=\s|$)[^\n]*/gm;
        close.lastIndex = this.at;
        const found = close.exec(this.text);
        const stop = found === null ? this.end : Math.min(found.index + found[0].length, this.end);
        this.comments.push({ start: this.at, end: stop });
        this.at = stop;
        if (this.peek() !== '\n') return;
        this.at++;
      } else {
        if (this.sees(/__END__\r?(?:\n|$)/y)) {
          if (this.dataAt < 0) this.dataAt = Math.min(this.at + 8, this.text.length);
          this.end = this.at;
        }
        return;
      }
    }
  }

  #comment(): void {
    const line = this.text.indexOf('\n', this.at);
    const end = Math.min(line === -1 ? this.end : line, this.end);
    this.stepOverComment(end);
  }

  /** Steps to a `.` that goes on with what the lines before ended with; false, and stays, when there is none. */
  continuation(): boolean {
    const before = this.at;
    if (this.#lastLine === before) return false;
    this.lines();
    if (this.at > before && this.sees(/&?\.(?!\.)/y)) return true;
    this.at = before;
    this.#lastLine = before;
    return false;
  }

  /** The next place of a mark (one character) from here on; -1: none. Looking for marks of one sort goes through the text once. */
  nextMark(mark: string): number {
    const { at, text } = this;
    const known = this.#marks.get(mark);
    let place: number;
    if (known === undefined || (known.place !== -1 && known.place < at)) place = text.indexOf(mark, at);
    else if (at >= known.from) return known.place;
    else {
      // Gone back, behind the body of a here-document: what comes after is known.
      const near = text.slice(at, known.from).indexOf(mark);
      place = near === -1 ? known.place : at + near;
    }
    this.#marks.set(mark, { from: at, place });
    return place;
  }

  /** Runs one level deeper. @throws TooDeep */
  deeper<Result>(run: () => Result): Result {
    if (++this.#depth > MAX_DEPTH) throw new TooDeep();
    const result = run();
    this.#depth--;
    return result;
  }

  /** Runs one level deeper, where words mean what they mean at the beginning of a line but for what `context` says. @throws TooDeep */
  within<Result>(run: () => Result, context: Partial<Context> = {}): Result {
    const before = this.context;
    this.context = Object.keys(context).length === 0 ? PLAIN : { ...PLAIN, ...context };
    const result = this.deeper(run);
    this.context = before;
    return result;
  }

  /** Steps over a character or word that nothing begins with. */
  stumble(): void {
    this.trouble();
    if (this.match(/[\w\u0080-\uffff]+/y) === null) this.at++;
  }
}
