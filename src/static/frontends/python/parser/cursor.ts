import type { Expression, Span, Statement } from '../../../../model/program.ts';
import { Lexer } from '../lexer/lexer.ts';
import { COLON, DEDENT, END, INDENT, NAME, NEWLINE } from '../tokens.ts';
import { CLOSING_KINDS, OPENING_KINDS } from './kinds.ts';

/**
 * How deep a program may nest, so that neither this nor any later pass overflows its stack. CPython itself refuses 200 nested
 * parentheses; long chains of operators are balanced first and do not count.
 */
export const MAX_DEPTH = 400;

/** How deep the parser's own functions may call each other; a level of nesting takes one or two. */
const MAX_RECURSION = 600;

/** Tokens that are left for later because they nest too deep. */
interface Region {
  readonly from: number;
  readonly to: number;
}

/**
 * A place in the tokens, and what all of the parser shares. Its functions read from {@link at} on and leave it behind what they read;
 * those that give an expression also leave its {@link height}.
 */
export abstract class Cursor {
  protected readonly lexer = new Lexer();
  /** The lexer's columns, see there. */
  protected kinds: Uint8Array = this.lexer.kinds;
  protected starts: Int32Array = this.lexer.starts;
  protected ends: Int32Array = this.lexer.ends;
  protected links: Int32Array = this.lexer.links;
  protected names: readonly string[] = this.lexer.identifiers.names;
  protected text = '';
  /** Index of the next token. */
  protected at = 0;
  /** Levels of nesting in the expression that was read last. */
  protected height = 0;
  /** Number of calls read so far: what a piece of syntax adds to it stands inside. */
  protected calls = 0;
  /** Levels of statements around the current one. */
  protected level = 0;
  /** Offset where the nesting got too deep first; -1 when it never did. */
  protected firstTooDeep = -1;
  /** Where the brackets end that the parser is in; -1 outside of any. */
  protected limit = -1;
  /** Parts cut out of an expression that got too deep; they become statements behind the one they were in. */
  protected readonly cutOut: Expression[] = [];
  protected readonly regions: Region[] = [];
  private recursion = 0;

  protected start(text: string): void {
    const { lexer } = this;
    lexer.read(text);
    this.kinds = lexer.kinds;
    this.starts = lexer.starts;
    this.ends = lexer.ends;
    this.links = lexer.links;
    this.text = text;
    this.at = 0;
    this.height = 0;
    this.calls = 0;
    this.level = 0;
    this.recursion = 0;
    this.firstTooDeep = -1;
    this.limit = -1;
    this.cutOut.length = 0;
    this.regions.length = 0;
  }

  /** Lets go of what the last text left. */
  protected finish(): void {
    this.text = '';
    this.lexer.text = '';
    this.cutOut.length = 0;
    this.regions.length = 0;
  }

  protected error(): void {
    this.lexer.error(this.starts[this.at]!);
  }

  /** Reads a token of that kind. @returns false, with an error, when another one stands there */
  protected expect(kind: number): boolean {
    if (this.kinds[this.at] === kind) {
      this.at += 1;
      return true;
    }
    this.error();
    return false;
  }

  /** Reads a token of that kind if it is there. */
  protected accept(kind: number): boolean {
    if (this.kinds[this.at] !== kind) return false;
    this.at += 1;
    return true;
  }

  /** From an offset to the end of the token read last. */
  protected spanFrom(start: number): Span {
    const { at } = this;
    const end = at === 0 ? start : this.ends[at - 1]!;
    return { start, end: end < start ? start : end };
  }

  protected tokenSpan(token: number): Span {
    return { start: this.starts[token]!, end: this.ends[token]! };
  }

  /** The name that is the next token, which is read; null, with an error, when it is none. */
  protected identifier(): string | null {
    if (this.kinds[this.at] === NAME) {
      const name = this.names[this.links[this.at]!]!;
      this.at += 1;
      return name;
    }
    this.error();
    return null;
  }

  protected isName(token: number, name: string): boolean {
    return this.kinds[token] === NAME && this.names[this.links[token]!] === name;
  }

  /** An expression without parts. */
  protected leaf<E extends Expression>(expression: E): E {
    this.height = 1;
    return expression;
  }

  /** What stands where an expression is missing: behind the last token. */
  protected nothing(): Expression {
    const start = this.at === 0 ? 0 : this.ends[this.at - 1]!;
    this.height = 1;
    return { kind: 'other', children: [], span: { start, end: start } };
  }

  /**
   * One level deeper into the recursion.
   * @returns false when it is deep enough; then {@link defer} has to step over what stands here
   */
  protected descend(): boolean {
    if (this.recursion >= MAX_RECURSION) return false;
    this.recursion += 1;
    return true;
  }

  protected ascend(): void {
    this.recursion -= 1;
  }

  /** True when an expression of this height may not be a part of another one. */
  protected isTooHigh(height: number): boolean {
    return height >= MAX_DEPTH - this.level;
  }

  /** Cuts an expression that is too high out of the one it belongs to. @returns what stands there instead */
  protected cut(expression: Expression): Expression {
    const { span } = expression;
    this.tooDeep(span.start);
    this.cutOut.push(expression);
    this.height = 1;
    return { kind: 'other', children: [], span };
  }

  /**
   * Steps over the rest of the brackets or of the line; it is read later, as statements of its own, so that every token is read once
   * however deep it stands.
   */
  protected defer(): Expression {
    const from = this.at;
    const start = this.starts[from]!;
    const to = this.limit >= 0 ? this.limit : this.lineEnd();
    this.tooDeep(start);
    if (to > from) this.regions.push({ from, to });
    this.at = Math.max(from, to);
    this.height = 1;
    return { kind: 'other', children: [], span: this.spanFrom(start) };
  }

  protected tooDeep(offset: number): void {
    if (this.firstTooDeep < 0 || offset < this.firstTooDeep) this.firstTooDeep = offset;
  }

  /** The token that ends the logical line. */
  private lineEnd(): number {
    let token = this.at;
    for (;;) {
      const kind = this.kinds[token]!;
      if (kind === NEWLINE || kind === END || kind === INDENT || kind === DEDENT) return token;
      if (CLOSING_KINDS[kind] === 1) return token;
      token = OPENING_KINDS[kind] === 1 ? Math.max(this.links[token]!, token + 1) : token + 1;
    }
  }

  /** Puts the parts that were cut out of a statement behind it. */
  protected flushCutOut(out: Statement[]): void {
    for (const expression of this.cutOut) out.push({ kind: 'expression', expression, span: expression.span });
    this.cutOut.length = 0;
  }

  /** True at the end of a simple statement's line, or of a header. */
  protected isLineEnd(): boolean {
    return this.kinds[this.at]! <= DEDENT;
  }

  protected isColon(): boolean {
    return this.kinds[this.at] === COLON;
  }
}
