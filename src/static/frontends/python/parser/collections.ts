import type { Expression, Span } from '../../../../model/program.ts';
import {
  ASYNC,
  BACKTICK,
  BRACE_CLOSE,
  BRACKET_CLOSE,
  COLON,
  COMMA,
  DOUBLE_STAR,
  FOR,
  IF,
  IN,
  PARENTHESIS_CLOSE,
  STAR,
  YIELD,
} from '../tokens.ts';
import { EXPRESSION_START, EXPRESSIONS_START } from './kinds.ts';
import { LiteralParser } from './literals.ts';

/** More `for` clauses than this are flattened; nobody writes them. */
const MAX_CLAUSES = 16;

interface Clause {
  readonly binding: Expression;
  readonly iterable: Expression;
  readonly conditions: Expression[];
  readonly span: Span;
}

interface Entry {
  readonly key: Expression | null;
  readonly value: Expression;
}

/** What stands in brackets: tuples, lists, sets, dictionaries, comprehensions. */
export abstract class CollectionParser extends LiteralParser {
  protected abstract expression(): Expression;
  /** An expression without `if` and `else`. */
  protected abstract disjunction(): Expression;
  /** An operand of comparisons. */
  protected abstract operand(): Expression;
  protected abstract yieldExpression(): Expression;

  /** What can stand between commas. */
  protected element(): Expression {
    switch (this.kinds[this.at]) {
      case STAR:
      case DOUBLE_STAR:
        this.at += 1;
        return this.operand();
      case YIELD:
        return this.yieldExpression();
      default:
        return this.namedExpression();
    }
  }

  /** Parentheses: around one expression they are nothing of their own. */
  protected parenthesized(): Expression {
    const start = this.starts[this.at]!;
    const close = this.links[this.at]!;
    const around = this.limit;
    this.at += 1;
    this.limit = close;
    let result: Expression;
    if (this.at === close) {
      this.expect(PARENTHESIS_CLOSE);
      result = this.leaf({ kind: 'list', elements: [], span: this.spanFrom(start) });
    } else {
      const first = this.element();
      if (this.isComprehension()) {
        result = this.comprehension(first, start, close, PARENTHESIS_CLOSE);
      } else if (this.at === close) {
        this.expect(PARENTHESIS_CLOSE);
        result = first;
      } else {
        const elements = [first];
        const height = this.elements(close, elements);
        this.expect(PARENTHESIS_CLOSE);
        result = { kind: 'list', elements, span: this.spanFrom(start) };
        this.height = height + 1;
      }
    }
    this.limit = around;
    return result;
  }

  protected list(): Expression {
    const start = this.starts[this.at]!;
    const close = this.links[this.at]!;
    const around = this.limit;
    this.at += 1;
    this.limit = close;
    const elements: Expression[] = [];
    let result: Expression | null = null;
    let height = 0;
    if (this.at < close) {
      elements.push(this.element());
      height = this.height;
      if (this.isComprehension()) result = this.comprehension(elements[0]!, start, close, BRACKET_CLOSE);
      else height = this.elements(close, elements);
    }
    if (result === null) {
      this.expect(BRACKET_CLOSE);
      result = { kind: 'list', elements, span: this.spanFrom(start) };
      this.height = height + 1;
    }
    this.limit = around;
    return result;
  }

  /**
   * The elements behind the first one, each with the comma before it, up to the closing bracket.
   * @returns the greatest height, the first one's included
   */
  private elements(close: number, found: Expression[]): number {
    let { height } = this;
    while (this.at < close) {
      if (!this.accept(COMMA)) this.error();
      else if (this.at === close) break;
      if (EXPRESSIONS_START[this.kinds[this.at]!] === 1) {
        found.push(this.element());
        if (this.height > height) height = this.height;
      } else {
        this.error();
        this.at = Math.min(this.at + 1, close);
      }
    }
    return height;
  }

  /** A dictionary or a set. */
  protected braces(): Expression {
    const start = this.starts[this.at]!;
    const close = this.links[this.at]!;
    const around = this.limit;
    this.at += 1;
    this.limit = close;
    const entries: Entry[] = [];
    let isRecord = this.at === close;
    let height = 0;
    let result: Expression | null = null;
    while (this.at < close) {
      const kind = this.kinds[this.at]!;
      if (EXPRESSIONS_START[kind] === 0 && kind !== DOUBLE_STAR) {
        this.error();
        this.at += 1;
        continue;
      }
      const entryStart = this.starts[this.at]!;
      let value = this.element();
      let key: Expression | null = null;
      height = Math.max(height, this.height);
      if (this.accept(COLON)) {
        key = value;
        value = this.expression();
        height = Math.max(height, this.height);
      }
      const isEntry = key !== null || kind === DOUBLE_STAR;
      if (entries.length === 0) isRecord = isEntry;
      else if (isEntry !== isRecord) this.error();
      if (entries.length === 0 && this.isComprehension()) {
        let element = value;
        this.height = height;
        if (key !== null) {
          element = { kind: 'record', entries: [{ key, value }], span: this.spanFrom(entryStart) };
          this.height += 1;
        }
        result = this.comprehension(element, start, close, BRACE_CLOSE);
        break;
      }
      entries.push({ key, value });
      if (!this.accept(COMMA) && this.at < close) this.error();
    }
    if (result === null) {
      this.expect(BRACE_CLOSE);
      const span = this.spanFrom(start);
      this.height = height + 1;
      result = isRecord
        ? { kind: 'record', entries, span }
        : { kind: 'list', elements: entries.map(({ value }) => value), span };
    }
    this.limit = around;
    return result;
  }

  protected isComprehension(): boolean {
    const kind = this.kinds[this.at];
    return kind === FOR || (kind === ASYNC && this.kinds[this.at + 1] === FOR);
  }

  /**
   * `[e for a in A if p for b in B]` is a comprehension over A whose element is a comprehension over B.
   * @param start of the span, where the bracket opens
   * @param close the token that ends the bracket
   * @param closing its kind
   */
  protected comprehension(element: Expression, start: number, close: number, closing: number): Expression {
    const clauses: Clause[] = [];
    let { height } = this;
    while (this.isComprehension()) {
      clauses.push(this.clause(closing));
      height = Math.max(height, this.height);
    }
    height = Math.max(height, this.rest(close, clauses[clauses.length - 1]!.conditions));
    this.expect(closing);
    const span = this.spanFrom(start);
    if (clauses.length > MAX_CLAUSES) {
      const children = clauses.flatMap(({ binding, iterable, conditions }) => [
        binding,
        iterable,
        ...conditions,
      ]);
      this.height = height + 1;
      return { kind: 'other', children: [element, ...children], span };
    }
    let result = element;
    for (let at = clauses.length - 1; at >= 0; at--) {
      const clause = clauses[at]!;
      result = {
        kind: 'comprehension',
        element: result,
        binding: clause.binding,
        iterable: clause.iterable,
        conditions: clause.conditions,
        span: at === 0 ? span : clause.span,
      };
    }
    this.height = height + clauses.length;
    return this.isTooHigh(this.height) ? this.cut(result) : result;
  }

  private clause(closing: number): Clause {
    const start = this.starts[this.at]!;
    this.accept(ASYNC);
    this.at += 1;
    const binding = this.targets();
    let { height } = this;
    this.expect(IN);
    let iterable = this.disjunction();
    height = Math.max(height, this.height);
    if (closing === BRACKET_CLOSE && this.kinds[this.at] === COMMA)
      iterable = this.iterables(iterable, start);
    height = Math.max(height, this.height);
    const span = this.spanFrom(start);
    const conditions: Expression[] = [];
    while (this.accept(IF)) {
      conditions.push(this.disjunction());
      height = Math.max(height, this.height);
    }
    this.height = height;
    return { binding, iterable, conditions, span };
  }

  /** Python 2: `[x for x in 1, 2]`. */
  private iterables(first: Expression, start: number): Expression {
    const elements = [first];
    let { height } = this;
    while (this.kinds[this.at] === COMMA && EXPRESSION_START[this.kinds[this.at + 1]!] === 1) {
      this.at += 1;
      elements.push(this.disjunction());
      height = Math.max(height, this.height);
    }
    this.height = height + 1;
    return { kind: 'list', elements, span: this.spanFrom(start) };
  }

  /** What `for` binds. */
  protected targets(): Expression {
    const start = this.starts[this.at]!;
    this.accept(STAR);
    const first = this.operand();
    if (this.kinds[this.at] !== COMMA) return first;
    const elements = [first];
    let { height } = this;
    while (this.accept(COMMA)) {
      this.accept(STAR);
      if (EXPRESSION_START[this.kinds[this.at]!] === 0) break;
      elements.push(this.operand());
      height = Math.max(height, this.height);
    }
    this.height = height + 1;
    return { kind: 'list', elements, span: this.spanFrom(start) };
  }

  /** Python 2 writes `repr(x)` as `` `x` ``. */
  protected backticks(): Expression {
    const start = this.starts[this.at]!;
    this.at += 1;
    const value = EXPRESSION_START[this.kinds[this.at]!] === 1 ? this.expressions() : this.nothing();
    this.expect(BACKTICK);
    this.calls += 1;
    this.height += 1;
    const span = this.spanFrom(start);
    return {
      kind: 'call',
      callee: { kind: 'name', name: 'repr', span: { start, end: start + 1 } },
      args: [{ name: null, value }],
      span,
    };
  }
}
