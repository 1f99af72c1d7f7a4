import type { Span, Statement } from '../../../../model/program.ts';
import {
  ASYNC,
  AT,
  CLASS,
  DEDENT,
  DEF,
  ELIF,
  ELSE,
  END,
  EXCEPT,
  FINALLY,
  FOR,
  IF,
  INDENT,
  NAME,
  NEWLINE,
  SEMICOLON,
  TRY,
  WHILE,
  WITH,
} from '../tokens.ts';
import { CompoundParser } from './compound.ts';

/** What was read from a text. */
export interface Module {
  readonly body: readonly Statement[];
  readonly comments: readonly Span[];
  /** Offset of the first thing that is not Python; -1 when there is none. */
  readonly firstError: number;
  /** Offset where the nesting got too deep first; -1 when it never did. */
  readonly firstTooDeep: number;
}

/**
 * Reads Python 2 and 3 into the common syntax, with a recursive descent whose depth is bounded. It goes on behind every error, and
 * reads each token once. One parser serves any number of texts, one after the other.
 */
export class Parser extends CompoundParser {
  module(text: string): Module {
    this.start(text);
    const body: Statement[] = [];
    this.until(END, body);
    // What nested too deep may hold more of the kind.
    for (let next = 0; next < this.regions.length; next++) this.region(next, body);
    const { firstTooDeep, lexer } = this;
    const { comments, firstError } = lexer;
    this.finish();
    return { body, comments, firstError, firstTooDeep };
  }

  private until(end: number, out: Statement[]): void {
    for (let kind = this.kinds[this.at]!; kind !== end; kind = this.kinds[this.at]!) {
      if (kind === DEDENT) this.at += 1;
      else this.statement(out);
    }
  }

  /** Reads tokens that were left for later. */
  private region(which: number, out: Statement[]): void {
    const { from, to } = this.regions[which]!;
    const kind = this.kinds[to]!;
    this.kinds[to] = END;
    this.at = from;
    this.limit = to;
    this.until(END, out);
    this.limit = -1;
    this.kinds[to] = kind;
  }

  protected override statement(out: Statement[]): void {
    switch (this.kinds[this.at]) {
      case NEWLINE:
        this.at += 1;
        return;
      case SEMICOLON:
        this.error();
        this.at += 1;
        return;
      case INDENT:
        this.error();
        this.at += 1;
        this.indented(out);
        return;
      case IF:
        this.ifStatement(out);
        break;
      case FOR:
        this.forStatement(out);
        break;
      case WHILE:
        this.whileStatement(out);
        break;
      case WITH:
        this.withStatement(out);
        break;
      case TRY:
        this.tryStatement(out);
        break;
      case DEF:
        this.functionDefinition([], out);
        break;
      case CLASS:
        this.classDefinition([], out);
        break;
      case AT:
        this.decorated(out);
        break;
      case ELSE:
      case ELIF:
      case EXCEPT:
      case FINALLY:
        this.strayClause(out);
        break;
      case ASYNC:
        this.asyncStatement(out);
        break;
      case NAME:
        if (this.isMatch()) this.matchStatement(out);
        else this.simpleLine(out);
        break;
      default:
        this.simpleLine(out);
    }
    if (this.cutOut.length > 0) this.flushCutOut(out);
  }

  private asyncStatement(out: Statement[]): void {
    switch (this.kinds[this.at + 1]) {
      case DEF:
        this.functionDefinition([], out);
        return;
      case FOR:
        this.forStatement(out);
        return;
      case WITH:
        this.withStatement(out);
        return;
      default:
        this.simpleLine(out);
    }
  }
}
