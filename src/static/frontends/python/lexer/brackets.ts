import {
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  FIELD_CLOSE,
  FIELD_OPEN,
  NEWLINE,
  PARENTHESIS_CLOSE,
  PARENTHESIS_OPEN,
  TEMPLATE_START,
} from '../tokens.ts';
import { TokenBuffer } from './token-buffer.ts';

/** How far down the stack a closing bracket looks for the one it closes. */
const MAX_LOOK_DOWN = 64;

/** Text may be read again after a bracket that nothing closes; in all no more than this many times its length. */
const MAX_REREADING = 8;

const NOWHERE = -1;

/** Pairs brackets once, so that nobody after the lexer has to look for the end of anything. */
export abstract class BracketLexer extends TokenBuffer {
  /** Indexes of the tokens that are open: brackets, f-strings, their fields and formats. */
  protected readonly open: number[] = [];
  /** The quotes of the f-string that each of them is in; 0 outside of one. */
  protected readonly quotes: number[] = [];
  /** Column of the logical line, in characters. */
  protected statementColumn = 0;
  /** Where the text most likely goes on if the outermost bracket is never closed, and how many tokens there were. */
  private resumeAt = NOWHERE;
  private resumeCount = 0;
  private rereading = 0;

  protected override load(text: string): void {
    super.load(text);
    this.open.length = 0;
    this.quotes.length = 0;
    this.statementColumn = 0;
    this.resumeAt = NOWHERE;
    this.rereading = (text.length + 1000) * MAX_REREADING;
  }

  /** Opens what the token just pushed begins. @param quotes of an f-string; else that of what is around */
  protected enter(quotes?: number): void {
    const depth = this.open.length;
    if (depth === 0) this.resumeAt = NOWHERE;
    this.quotes.push(quotes ?? (depth === 0 ? 0 : this.quotes[depth - 1]!));
    this.open.push(this.count - 1);
  }

  protected leave(): void {
    this.open.pop();
    this.quotes.pop();
  }

  /** A closing bracket. One that closes nothing is dropped; what it closes past is closed too. */
  protected close(kind: number, at: number): void {
    const lowest = Math.max(0, this.open.length - MAX_LOOK_DOWN);
    for (let depth = this.open.length - 1; depth >= lowest; depth--) {
      const opening = this.kinds[this.open[depth]!]!;
      if (opening === TEMPLATE_START) break;
      if (closes(kind, opening)) {
        this.push(opening === FIELD_OPEN ? FIELD_CLOSE : kind, at, at + 1);
        if (depth < this.open.length - 1) this.error(this.starts[this.open[this.open.length - 1]!]!);
        while (this.open.length > depth) {
          this.links[this.open[this.open.length - 1]!] = this.count - 1;
          this.leave();
        }
        return;
      }
    }
    this.error(at);
  }

  /** Tells that a line inside brackets begins with a name, in case it turns out that the brackets should have been closed by then. */
  protected noteLine(at: number, column: number): void {
    if (this.resumeAt === NOWHERE && column <= this.statementColumn) {
      this.resumeAt = at;
      this.resumeCount = this.count;
    }
  }

  /**
   * Ends the logical line although brackets are open: the text is at its end, or a statement begins that cannot stand in brackets.
   * @returns where to go on reading
   */
  protected abandonBrackets(at: number): number {
    let next = at;
    this.error(this.starts[this.open[0]!]!);
    if (this.resumeAt !== NOWHERE && this.rereading > at - this.resumeAt) {
      this.rereading -= at - this.resumeAt;
      next = this.resumeAt;
      this.rewind(this.open[0]!, next, this.resumeCount);
    }
    for (const opening of this.open) {
      if (opening < this.count && isOpening(this.kinds[opening]!)) this.links[opening] = this.count;
    }
    this.open.length = 0;
    this.quotes.length = 0;
    this.resumeAt = NOWHERE;
    this.pushLayout(NEWLINE, next);
    return next;
  }

  /** Forgets tokens and comments. @param from first token whose link may lead to a forgotten one */
  protected rewind(from: number, offset: number, count: number): void {
    this.count = count;
    if (this.resumeCount > count) this.resumeAt = NOWHERE;
    for (let token = from; token < count; token++) {
      if (isOpening(this.kinds[token]!) && this.links[token]! >= count) this.links[token] = count;
    }
    while (this.comments.length > 0 && this.comments[this.comments.length - 1]!.start >= offset) {
      this.comments.pop();
    }
  }
}

function closes(closing: number, opening: number): boolean {
  switch (closing) {
    case PARENTHESIS_CLOSE:
      return opening === PARENTHESIS_OPEN;
    case BRACKET_CLOSE:
      return opening === BRACKET_OPEN;
    case BRACE_CLOSE:
      return opening === BRACE_OPEN || opening === FIELD_OPEN;
    default:
      return false;
  }
}

function isOpening(kind: number): boolean {
  return kind === PARENTHESIS_OPEN || kind === BRACKET_OPEN || kind === BRACE_OPEN || kind === FIELD_OPEN;
}
