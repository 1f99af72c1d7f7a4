import type { Statement } from '../../../../model/program.ts';
import {
  ASSERT,
  ASYNC,
  AT,
  BREAK,
  CLASS,
  COLON,
  CONTINUE,
  DEDENT,
  DEF,
  DEL,
  END,
  FOR,
  FROM,
  GLOBAL,
  IF,
  IMPORT,
  INDENT,
  kindSet,
  NEWLINE,
  NONLOCAL,
  PASS,
  RAISE,
  RETURN,
  SEMICOLON,
  STRING,
  TEMPLATE_START,
  TRY,
  WHILE,
  WITH,
} from '../tokens.ts';
import { EXPRESSION_START, EXPRESSIONS_START } from './kinds.ts';
import { SimpleStatementParser } from './simple-statements.ts';

/** CPython refuses more than 100 levels of indentation. */
const MAX_BLOCKS = 200;

/** What begins a statement that has a block. */
const COMPOUND_START = kindSet(IF, FOR, WHILE, TRY, WITH, DEF, CLASS, AT);

const SIMPLE_START = kindSet(
  ...[ASSERT, BREAK, CONTINUE, DEL, FROM, GLOBAL, IMPORT, NONLOCAL, PASS, RAISE, RETURN],
);

/** The statements of a line or of a block. What does not belong to any is stepped over, token by token. */
export abstract class BlockParser extends SimpleStatementParser {
  /** One statement with all that belongs to it. It always reads at least one token, unless it stands at the end of a block. */
  protected abstract statement(out: Statement[]): void;

  /** The simple statements of one line. */
  protected simpleLine(out: Statement[]): void {
    while (!this.isLineEnd()) {
      // A statement that cannot stand here is read as one of its own.
      if (this.isCompound()) return;
      const kind = this.kinds[this.at]!;
      if (EXPRESSIONS_START[kind] === 1 || SIMPLE_START[kind] === 1) {
        this.simpleStatement(out);
        if (!this.accept(SEMICOLON) && !this.isLineEnd()) this.error();
      } else {
        this.error();
        this.at += 1;
      }
    }
    this.accept(NEWLINE);
  }

  protected isCompound(): boolean {
    const kind = this.kinds[this.at]!;
    if (kind !== ASYNC) return COMPOUND_START[kind] === 1;
    const next = this.kinds[this.at + 1];
    return next === DEF || next === FOR || next === WITH;
  }

  /** What follows a header: a colon and a block. @param body gets its statements, and is returned */
  protected block(body: Statement[] = []): Statement[] {
    this.colon(body);
    this.suite(body);
    return body;
  }

  /** The block of a definition, whose docstring is taken out of it. */
  protected documentedBlock(): { body: Statement[]; documentation: string | null } {
    const body: Statement[] = [];
    let documentation: string | null = null;
    this.colon(body);
    const isIndented = this.kinds[this.at] === NEWLINE && this.kinds[this.at + 1] === INDENT;
    if (this.kinds[isIndented ? this.at + 2 : this.at] !== STRING) {
      this.suite(body);
      return { body, documentation };
    }
    if (isIndented) this.at += 2;
    documentation = this.docstring(body);
    if (isIndented) {
      this.accept(NEWLINE);
      this.indented(body);
    } else {
      this.simpleLine(body);
    }
    return { body, documentation };
  }

  /** Reads a string if it is a statement of its own. @param out gets it if it holds no text */
  private docstring(out: Statement[]): string | null {
    let end = this.at;
    while (this.kinds[end] === STRING) end += 1;
    const after = this.kinds[end]!;
    if (after === TEMPLATE_START || (after > DEDENT && after !== SEMICOLON)) return null;
    const value = this.strings();
    this.accept(SEMICOLON);
    if (value.kind === 'literal' && typeof value.value === 'string' && value.bytes !== true)
      return value.value;
    this.pushExpression(value, out);
    return null;
  }

  /** The colon behind a header. What stands before it and does not belong there is kept as statements. */
  private colon(out: Statement[]): void {
    if (this.accept(COLON)) return;
    this.error();
    while (!this.isLineEnd() && this.kinds[this.at] !== COLON) {
      if (EXPRESSION_START[this.kinds[this.at]!] === 1) this.pushExpression(this.namedExpression(), out);
      else this.at += 1;
    }
    this.accept(COLON);
  }

  private suite(out: Statement[]): void {
    if (this.accept(NEWLINE)) {
      if (this.accept(INDENT)) this.indented(out);
      else this.error();
    } else if (this.isCompound()) {
      this.error();
      this.nested(out);
    } else {
      this.simpleLine(out);
    }
  }

  /** The statements behind an `INDENT`, up to and with its `DEDENT`. */
  protected indented(out: Statement[]): void {
    if (this.level >= MAX_BLOCKS || !this.descend()) {
      this.deferBlock(out);
      return;
    }
    this.level += 1;
    while (this.kinds[this.at] !== DEDENT && this.kinds[this.at] !== END) this.statement(out);
    this.level -= 1;
    this.ascend();
    this.accept(DEDENT);
  }

  /** A statement with a block where only simple ones may stand: `try: try: …`. */
  private nested(out: Statement[]): void {
    if (this.level >= MAX_BLOCKS || !this.descend()) {
      this.pushExpression(this.defer(), out);
      return;
    }
    this.level += 1;
    this.statement(out);
    this.level -= 1;
    this.ascend();
  }

  private deferBlock(out: Statement[]): void {
    let depth = 1;
    let end = this.at;
    for (; this.kinds[end] !== END; end++) {
      if (this.kinds[end] === INDENT) depth += 1;
      else if (this.kinds[end] === DEDENT) depth -= 1;
      if (depth === 0) break;
    }
    const around = this.limit;
    this.limit = end;
    this.pushExpression(this.defer(), out);
    this.limit = around;
    this.accept(DEDENT);
  }
}
