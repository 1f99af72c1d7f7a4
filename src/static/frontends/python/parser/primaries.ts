import type { ArgumentNode, Expression } from '../../../../model/program.ts';
import {
  ASYNC,
  AWAIT,
  BACKTICK,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  COLON,
  COMMA,
  DOT,
  DOUBLE_STAR,
  ELLIPSIS,
  EQUALS,
  FALSE,
  FIRST_KEYWORD,
  KEYWORDS,
  kindSet,
  LAMBDA,
  NAME,
  NONE,
  NONLOCAL,
  NUMBER,
  PARENTHESIS_CLOSE,
  PARENTHESIS_OPEN,
  STAR,
  STRING,
  TEMPLATE_START,
  TRUE,
  YIELD,
} from '../tokens.ts';
import { CollectionParser } from './collections.ts';
import { EXPRESSION_START } from './kinds.ts';

/** Keywords that were names in some version of Python. */
const FORMER_NAMES = kindSet(ASYNC, AWAIT, NONLOCAL, TRUE, FALSE, NONE);

/** Names, and what is done with values: calls, members, indexes. */
export abstract class PrimaryParser extends CollectionParser {
  protected abstract lambda(): Expression;

  /** A value with all that is asked of it: `a.b(c)[d].e`. Chains are followed with a loop, however long they are. */
  protected primary(): Expression {
    const start = this.starts[this.at]!;
    let result = this.atom();
    for (;;) {
      switch (this.kinds[this.at]) {
        case DOT: {
          const { height } = this;
          this.at += 1;
          const property = this.anyName();
          if (property === null) return result;
          result = { kind: 'member', object: result, property, span: this.spanFrom(start) };
          this.height = height + 1;
          break;
        }
        case PARENTHESIS_OPEN: {
          const { height } = this;
          const args: ArgumentNode[] = [];
          this.calls += 1;
          this.arguments(args);
          result = { kind: 'call', callee: result, args, span: this.spanFrom(start) };
          this.height = (this.height > height ? this.height : height) + 1;
          break;
        }
        case BRACKET_OPEN:
          result = this.subscript(result, start);
          break;
        default:
          return result;
      }
      if (this.isTooHigh(this.height)) result = this.cut(result);
    }
  }

  private atom(): Expression {
    const token = this.at;
    switch (this.kinds[token]) {
      case NAME:
        this.at = token + 1;
        this.height = 1;
        return { kind: 'name', name: this.names[this.links[token]!]!, span: this.tokenSpan(token) };
      case NUMBER:
        return this.number();
      case STRING:
      case TEMPLATE_START:
        return this.strings();
      case PARENTHESIS_OPEN:
        return this.parenthesized();
      case BRACKET_OPEN:
        return this.list();
      case BRACE_OPEN:
        return this.braces();
      case NONE:
        return this.constant(null);
      case TRUE:
        return this.constant(true);
      case FALSE:
        return this.constant(false);
      case ELLIPSIS:
        this.at = token + 1;
        return this.leaf({ kind: 'other', children: [], span: this.tokenSpan(token) });
      case BACKTICK:
        return this.backticks();
      case LAMBDA:
        return this.lambda();
      case YIELD:
        return this.yieldExpression();
      case AWAIT:
        return this.awaited();
      case ASYNC:
        return this.formerName();
      default:
        this.error();
        return this.nothing();
    }
  }

  private constant(value: boolean | null): Expression {
    const token = this.at;
    this.at = token + 1;
    this.height = 1;
    return { kind: 'literal', value, span: this.tokenSpan(token) };
  }

  /** `await x` is what it waits for. */
  private awaited(): Expression {
    if (EXPRESSION_START[this.kinds[this.at + 1]!] === 0) return this.formerName();
    this.at += 1;
    if (!this.descend()) return this.defer();
    const result = this.primary();
    this.ascend();
    return result;
  }

  /** `async` and `await` were names once. */
  private formerName(): Expression {
    const span = this.tokenSpan(this.at);
    const name = KEYWORDS[this.kinds[this.at]! - FIRST_KEYWORD]!;
    this.at += 1;
    return this.leaf({ kind: 'name', name, span });
  }

  /** A name where a keyword can be nothing else. @returns null, with an error, when there is neither */
  protected anyName(): string | null {
    const kind = this.kinds[this.at]!;
    if (kind < FIRST_KEYWORD) return this.identifier();
    if (FORMER_NAMES[kind] === 0) this.error();
    this.at += 1;
    return KEYWORDS[kind - FIRST_KEYWORD]!;
  }

  /** Reads what is in the parentheses of a call, or of a class. */
  protected arguments(args: ArgumentNode[]): void {
    const open = this.at;
    const close = this.links[open]!;
    const around = this.limit;
    let height = 0;
    this.at = open + 1;
    this.limit = close;
    while (this.at < close) {
      const kind = this.kinds[this.at]!;
      if ((kind === NAME || kind >= FIRST_KEYWORD) && this.kinds[this.at + 1] === EQUALS) {
        const name = this.anyName();
        this.at += 1;
        args.push({ name, value: this.expression() });
      } else if (kind === STAR || kind === DOUBLE_STAR) {
        this.at += 1;
        args.push({ name: kind === STAR ? '*' : '**', value: this.expression() });
      } else if (EXPRESSION_START[kind] === 1 || kind === YIELD) {
        const start = this.starts[this.at]!;
        let value = this.element();
        if (this.isComprehension()) {
          if (args.length === 0) {
            value = this.comprehension(value, this.starts[open]!, close, PARENTHESIS_CLOSE);
            args.push({ name: null, value });
            this.limit = around;
            return;
          }
          value = this.loneComprehension(value, start);
        }
        args.push({ name: null, value });
      } else {
        this.error();
        this.at += 1;
        continue;
      }
      if (this.height > height) height = this.height;
      if (this.kinds[this.at] === COMMA) this.at += 1;
      else if (this.at < close) this.error();
    }
    this.expect(PARENTHESIS_CLOSE);
    this.limit = around;
    this.height = height;
  }

  /** A generator beside other arguments, which Python 3 refuses. */
  private loneComprehension(element: Expression, start: number): Expression {
    return this.comprehension(element, start, this.at, COMMA);
  }

  private subscript(object: Expression, start: number): Expression {
    const close = this.links[this.at]!;
    const around = this.limit;
    let { height } = this;
    this.at += 1;
    this.limit = close;
    const indexes: Expression[] = [];
    while (this.at < close) {
      const before = this.at;
      indexes.push(this.index());
      if (this.height > height) height = this.height;
      if (!this.accept(COMMA) && this.at < close) {
        this.error();
        if (this.at === before) this.at += 1;
      }
    }
    if (indexes.length === 0) this.error();
    this.expect(BRACKET_CLOSE);
    this.limit = around;
    this.height = height + 1;
    const span = this.spanFrom(start);
    const only = indexes[0];
    if (only === undefined) return { kind: 'other', children: [object], span };
    if (indexes.length > 1) {
      this.height += 1;
      return {
        kind: 'index',
        object,
        index: { kind: 'list', elements: indexes.map(partsOfSlice), span },
        span,
      };
    }
    return only.kind === 'slice' && only.object === SLICED
      ? { kind: 'slice', object, start: only.start, stop: only.stop, step: only.step, span }
      : { kind: 'index', object, index: only, span };
  }

  /** One index; a slice comes with {@link SLICED} in place of its object. */
  private index(): Expression {
    const start = this.starts[this.at]!;
    let from: Expression | null = null;
    let height = 0;
    if (this.kinds[this.at] !== COLON) {
      from = this.element();
      if (this.kinds[this.at] !== COLON) return from;
      height = this.height;
    }
    this.at += 1;
    const stop = this.slicePart();
    if (stop !== null) height = Math.max(height, this.height);
    const step = this.accept(COLON) ? this.slicePart() : null;
    if (step !== null) height = Math.max(height, this.height);
    this.height = height;
    return { kind: 'slice', object: SLICED, start: from, stop, step, span: this.spanFrom(start) };
  }

  private slicePart(): Expression | null {
    return EXPRESSION_START[this.kinds[this.at]!] === 1 ? this.namedExpression() : null;
  }
}

/** Stands for the object of a slice until it is known; never part of a program. */
const SLICED: Expression = { kind: 'other', children: [], span: { start: 0, end: 0 } };

/** A slice among several indexes: `x[1:2, ::3]`. */
function partsOfSlice(index: Expression): Expression {
  if (index.kind !== 'slice' || index.object !== SLICED) return index;
  const children = [index.start, index.stop, index.step].filter((part) => part !== null);
  return { kind: 'other', children, span: index.span };
}
