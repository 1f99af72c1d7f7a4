import {
  ASSERT,
  BREAK,
  CLASS,
  CONTINUE,
  DEDENT,
  DEF,
  DEL,
  ELIF,
  END,
  EXCEPT,
  FIELD_FORMAT,
  FINALLY,
  FIRST_KEYWORD,
  GLOBAL,
  IMPORT,
  INDENT,
  KEYWORDS,
  kindSet,
  NAME,
  NEWLINE,
  NONLOCAL,
  NUMBER,
  PASS,
  RAISE,
  RETURN,
  TEMPLATE_START,
  TRY,
  WHILE,
  WITH,
} from '../tokens.ts';
import {
  BACKSLASH,
  BLANK,
  CARRIAGE_RETURN,
  CLASSES,
  CLOSER,
  COMMENT,
  CONTINUATION,
  CONTINUES_NAME,
  DIGIT,
  FORM_FEED,
  HASH,
  isDigit,
  LETTER,
  LINE_BREAK,
  LINE_FEED,
  OPENER,
  OPERATOR,
  POINT,
  QUOTE,
  TAB,
} from './characters.ts';
import { isIdentifier, nextHash } from './identifiers.ts';
import { numberEnd } from './numbers.ts';
import { OperatorLexer } from './operators.ts';
import { isStringPrefix } from './prefixes.ts';

/** A tab goes on to the next multiple of this. */
const TAB_WIDTH = 8;

/** What begins a statement and cannot stand inside brackets: brackets that are open there were never closed. */
const STATEMENT_KEYWORDS = kindSet(
  ...[ASSERT, BREAK, CLASS, CONTINUE, DEF, DEL, ELIF, EXCEPT, FINALLY, GLOBAL],
  ...[IMPORT, NONLOCAL, PASS, RAISE, RETURN, TRY, WHILE, WITH],
);

/** Turns a text into tokens, in one pass and without recursion. It reads every text: what is not Python is skipped, and remembered. */
export class Lexer extends OperatorLexer {
  private readonly indents: number[] = [];
  /** Number of tokens when the line inside brackets began. */
  private lineCount = -1;
  private lineStart = 0;

  /** Fills the columns with the tokens of a text; the last one is an `END`. */
  read(text: string): void {
    this.load(text);
    this.indents.length = 0;
    this.indents.push(0);
    this.lineCount = -1;
    let at = this.indentation(0, true);
    for (;;) {
      at = this.tokens(at);
      if (this.open.length > 0) {
        at = this.abandonBrackets(at);
        at = this.indentation(this.startOfLine(at), false);
        this.lineCount = -1;
      } else if (at >= this.length) {
        break;
      }
    }
    this.endLine(this.length);
    for (let level = this.indents.length; level > 1; level--) this.pushLayout(DEDENT, this.length);
    this.pushLayout(END, this.length);
  }

  /** Reads on until the text ends, or a statement begins inside brackets. */
  private tokens(from: number): number {
    const { units, length } = this;
    let at = from;
    for (;;) {
      if (this.open.length > 0) {
        const mode = this.kinds[this.open[this.open.length - 1]!]!;
        if (mode === TEMPLATE_START || mode === FIELD_FORMAT) {
          at = this.templateText(at);
          continue;
        }
      }
      const unit = units[at]!;
      switch (CLASSES[unit]) {
        case BLANK:
          if (unit === 0 && at >= length) return length;
          at += 1;
          break;
        case LETTER: {
          const next = this.word(at);
          if (next === at) return at;
          at = next;
          break;
        }
        case DIGIT: {
          const end = numberEnd(units, at);
          this.push(NUMBER, at, end);
          at = end;
          break;
        }
        case POINT:
          if (isDigit(units[at + 1]!)) {
            const end = numberEnd(units, at);
            this.push(NUMBER, at, end);
            at = end;
          } else {
            at = this.point(at);
          }
          break;
        case OPERATOR:
          at = this.operator(at, unit);
          break;
        case OPENER:
          at = this.opener(at, unit);
          break;
        case CLOSER:
          at = this.closer(at, unit);
          break;
        case QUOTE:
          at = this.string(at, at);
          break;
        case LINE_BREAK:
          at = this.lineBreak(at);
          break;
        case COMMENT:
          at = this.comment(at);
          break;
        case CONTINUATION:
          at = this.continuation(at);
          break;
        default:
          this.error(at);
          at += 1;
      }
    }
  }

  /** A name, a keyword or the prefix of a string. @returns `start` itself when brackets have to be given up before it */
  private word(start: number): number {
    const { units } = this;
    let at = start;
    let hash = 0;
    let bits = 0;
    let unit = units[at]!;
    do {
      hash = nextHash(hash, unit);
      bits |= unit;
      at += 1;
      unit = units[at]!;
    } while (CONTINUES_NAME[unit] === 1);
    if (CLASSES[unit] === QUOTE && at - start <= 2 && isStringPrefix(units, start, at)) {
      return this.string(start, at);
    }
    const number = this.identifiers.numberOf(this.text, units, start, at, hash);
    if (number < KEYWORDS.length) {
      const kind = FIRST_KEYWORD + number;
      if (this.lineCount === this.count && STATEMENT_KEYWORDS[kind] === 1 && this.open.length > 0)
        return start;
      this.push(kind, start, at);
      return at;
    }
    if (this.lineCount === this.count && this.open.length > 0) this.noteLine(start, start - this.lineStart);
    if (bits > 127 && !isIdentifier(this.identifiers.names[number]!)) this.error(start);
    this.push(NAME, start, at);
    this.links[this.count - 1] = number;
    return at;
  }

  private lineBreak(start: number): number {
    const at = this.afterBreak(start);
    if (this.open.length > 0) {
      this.lineCount = this.count;
      this.lineStart = at;
      return at;
    }
    this.endLine(start);
    return this.indentation(at, false);
  }

  private afterBreak(at: number): number {
    return this.units[at] === CARRIAGE_RETURN && this.units[at + 1] === LINE_FEED ? at + 2 : at + 1;
  }

  private endLine(at: number): void {
    if (this.count > 0 && this.kinds[this.count - 1]! > DEDENT) this.pushLayout(NEWLINE, at);
  }

  /**
   * Skips empty lines and comments, and compares the indentation of the line after them with that of the lines before.
   * @param isFirst whatever the first line is indented by, it stands in no block: the text may be a piece of one
   */
  private indentation(from: number, isFirst: boolean): number {
    const { units, length } = this;
    let at = from;
    let lineStart = from;
    let column = 0;
    /** Of the line before a backslash; 0 when there is none. */
    let continued = 0;
    for (;;) {
      const unit = units[at]!;
      const kind = CLASSES[unit];
      if (kind === BLANK) {
        if (unit === 0 && at >= length) return at;
        if (unit === TAB) column = (Math.trunc(column / TAB_WIDTH) + 1) * TAB_WIDTH;
        else if (unit === FORM_FEED) column = 0;
        else if (unit !== 0xfeff) column += 1;
        at += 1;
      } else if (kind === LINE_BREAK) {
        at = this.afterBreak(at);
        lineStart = at;
        column = 0;
        continued = 0;
      } else if (unit === HASH) {
        at = this.comment(at);
      } else if (unit === BACKSLASH) {
        continued = continued === 0 ? column : continued;
        at = this.continuation(at);
      } else {
        break;
      }
    }
    if (continued > 0) column = continued;
    this.statementColumn = at - lineStart;
    if (isFirst) this.indents[0] = column;
    else this.indent(column, at);
    return at;
  }

  private indent(column: number, at: number): void {
    const { indents } = this;
    const current = indents[indents.length - 1]!;
    if (column > current) {
      indents.push(column);
      this.pushLayout(INDENT, at);
      return;
    }
    while (indents.length > 1 && indents[indents.length - 1]! > column) {
      indents.pop();
      this.pushLayout(DEDENT, at);
    }
    if (indents[indents.length - 1] !== column) {
      // What is further left than the first line of a piece moves its margin; nothing is in doubt.
      if (indents.length === 1 && column < indents[0]!) indents[0] = column;
      else this.error(at);
    }
  }

  private startOfLine(at: number): number {
    let start = at;
    while (start > 0 && CLASSES[this.units[start - 1]!] === BLANK) start -= 1;
    return start;
  }

  private comment(start: number): number {
    const { units, length } = this;
    let at = start + 1;
    for (;;) {
      const unit = units[at]!;
      if (unit === LINE_FEED || unit === CARRIAGE_RETURN || (unit === 0 && at >= length)) break;
      at += 1;
    }
    this.comments.push({ start, end: at });
    return at;
  }

  /** A backslash at the end of a line joins it with the next; anywhere else it is an error. */
  private continuation(at: number): number {
    const next = this.units[at + 1]!;
    if (CLASSES[next] === LINE_BREAK) return this.afterBreak(at + 1);
    this.error(at);
    return at + 1;
  }
}
