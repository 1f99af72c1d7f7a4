import type { Expression, Span, Statement } from '../../../model/program.ts';
import { BACKSLASH, HASH, NEWLINE, RETURN, SPACE, TAB } from './characters.ts';
import type { PendingDocument } from './here-documents.ts';
import { MAX_DEPTH, type ReadStage, type Script } from './script.ts';

/** Closes what ends with the text. */
export const END_OF_TEXT = '<end>';

/** The parts of the language that contain the others; given to the reader so that files depend in one direction. */
export interface Grammar {
  /** Reads commands up to a word that ends them. @param closers mask of such words; 0: up to the end of the text */
  list(reader: Reader, out: Statement[], closers: number): void;
  /** Reads one command of any sort. @returns null when none stands there */
  command(reader: Reader, out: Statement[]): ReadStage | null;
  /** Reads what a dollar sign begins. */
  dollar(reader: Reader, isQuoted: boolean): Expression;
  /** Reads the bodies of the here-documents that were announced on the line that ends here. */
  hereDocuments(reader: Reader): void;
  /** Stands in for a construct that lies too deep. @param closers what ends it, innermost last; empty: it begins here */
  flat(reader: Reader, closers: readonly string[]): Expression;
}

/** A place in one text: the script, or what stands between backquotes with its backslashes removed. */
export class Reader {
  readonly text: string;
  readonly script: Script;
  readonly grammar: Grammar;
  at = 0;
  end: number;
  /** Here-documents whose bodies begin at the next line. */
  pending: PendingDocument[] = [];
  /** Words that end what is being read further out, as a mask of closers. */
  outerClosers = 0;
  /** Words that end the innermost list. */
  listClosers = 0;
  /** True inside `$(…)`: a here-document there may end on the line of the parenthesis. */
  isInSubstitution = false;
  /** Where each character stands in the script; null when this is the script. */
  private readonly origins: Int32Array | null;

  constructor(text: string, script: Script, grammar: Grammar, origins: Int32Array | null = null) {
    this.text = text;
    this.end = text.length;
    this.script = script;
    this.grammar = grammar;
    this.origins = origins;
  }

  /** The character there; -1 beyond the end. */
  code(at: number): number {
    return at < this.end ? this.text.charCodeAt(at) : -1;
  }

  /** The character `offset` places on. */
  peek(offset = 0): number {
    return this.code(this.at + offset);
  }

  /** A stretch of this text, to be read for itself. */
  part(from: number, to: number): Reader {
    const inner = new Reader(this.text, this.script, this.grammar, this.origins);
    inner.at = from;
    inner.end = to;
    return inner;
  }

  startsWith(source: string): boolean {
    return this.at + source.length <= this.end && this.text.startsWith(source, this.at);
  }

  /** Where a character stands in the script. */
  place(at: number): number {
    const { origins } = this;
    if (origins === null) return at;
    return origins[Math.min(at, origins.length - 1)] ?? 0;
  }

  span(start: number, end: number = this.at): Span {
    return this.origins === null ? { start, end } : { start: this.place(start), end: this.place(end) };
  }

  /** The place of each character from `from` on, for a text that is made from this one. */
  placesOf(offsets: readonly number[]): Int32Array {
    return Int32Array.from(offsets, (at) => this.place(at));
  }

  /** Notes a syntax error; the first one is told. */
  fault(at: number, message: string): void {
    const { script } = this;
    if (script.firstError >= 0) return;
    script.firstError = this.place(Math.min(at, this.end));
    script.errorMessage = message;
  }

  /** Notes a word whose braces stand for too many words. */
  tooWide(at: number): void {
    const { script } = this;
    if (script.firstTooWide < 0) script.firstTooWide = this.place(at);
  }

  /** Reads one level deeper; what lies too deep is listed flat. @param closers as in {@link Grammar.flat} */
  deeper<T>(read: () => T, closers: readonly string[], wrap: (flat: Expression) => T): T {
    const { script } = this;
    if (script.depth >= MAX_DEPTH) {
      if (script.firstTooDeep < 0) script.firstTooDeep = this.place(this.at);
      return wrap(this.grammar.flat(this, closers));
    }
    script.depth += 1;
    const result = read();
    script.depth -= 1;
    return result;
  }

  /** Length of the line break there; 0 when there is none. */
  lineBreak(at: number): 0 | 1 | 2 {
    const code = this.code(at);
    if (code === NEWLINE) return 1;
    return code === RETURN && this.code(at + 1) === NEWLINE ? 2 : 0;
  }

  /** Skips blanks, continued lines and a comment; stays on the line. */
  skipBlanks(): void {
    const { text, end } = this;
    for (;;) {
      const code = this.at < end ? text.charCodeAt(this.at) : -1;
      if (code === SPACE || code === TAB) {
        this.at += 1;
      } else if (code === BACKSLASH && this.lineBreak(this.at + 1) > 0) {
        this.at += 1 + this.lineBreak(this.at + 1);
      } else if (code === RETURN && (this.at + 1 >= end || text.charCodeAt(this.at + 1) === NEWLINE)) {
        this.at += 1;
      } else if (code === HASH) {
        this.skipComment();
      } else {
        return;
      }
    }
  }

  private skipComment(): void {
    const start = this.at;
    const found = this.text.indexOf('\n', start);
    this.at = found < 0 || found > this.end ? this.end : found;
    const isReturn = this.at > start && this.text.charCodeAt(this.at - 1) === RETURN;
    this.script.comments.push(this.span(start, isReturn ? this.at - 1 : this.at));
  }

  /** Skips blanks and line breaks; reads the here-documents that begin at them. */
  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      if (this.peek() !== NEWLINE) return;
      this.newLine();
    }
  }

  /** Steps over the line break. */
  newLine(): void {
    this.at += 1;
    if (this.pending.length > 0) this.grammar.hereDocuments(this);
  }
}
