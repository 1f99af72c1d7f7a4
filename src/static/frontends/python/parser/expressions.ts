import type { Expression, ParameterNode } from '../../../../model/program.ts';
import {
  COLON,
  COMMA,
  DOUBLE_STAR,
  ELSE,
  EQUALS,
  FROM,
  IF,
  LAMBDA,
  NAME,
  PARENTHESIS_OPEN,
  SLASH,
  STAR,
  WALRUS,
} from '../tokens.ts';
import { EXPRESSIONS_START } from './kinds.ts';
import { DISJUNCTION, OperatorParser } from './operators.ts';

/** What a parameter list holds. */
export interface Parameters {
  readonly parameters: ParameterNode[];
  /** Annotations that call something; they run when the function is defined. */
  readonly annotations: Expression[];
}

/** Whole expressions: conditions, lambdas, `:=`, `yield`, and several with commas between. */
export abstract class ExpressionParser extends OperatorParser {
  protected expression(): Expression {
    if (!this.descend()) return this.defer();
    let result: Expression;
    if (this.kinds[this.at] === LAMBDA) {
      result = this.lambda();
    } else {
      const start = this.starts[this.at]!;
      result = this.operation(DISJUNCTION);
      if (this.kinds[this.at] === IF) result = this.conditional(result, start);
    }
    this.ascend();
    return this.isTooHigh(this.height) ? this.cut(result) : result;
  }

  private conditional(whenTrue: Expression, start: number): Expression {
    let { height } = this;
    this.at += 1;
    const test = this.disjunction();
    height = Math.max(height, this.height);
    if (!this.expect(ELSE)) {
      this.height = height + 1;
      return { kind: 'other', children: [whenTrue, test], span: this.spanFrom(start) };
    }
    const whenFalse = this.expression();
    this.height = Math.max(height, this.height) + 1;
    return { kind: 'conditional', test, whenTrue, whenFalse, span: this.spanFrom(start) };
  }

  /** `target := value`, or what has no `:=`. */
  protected namedExpression(): Expression {
    const start = this.starts[this.at]!;
    const target = this.expression();
    if (this.kinds[this.at] !== WALRUS) return target;
    const { height } = this;
    this.at += 1;
    const value = this.expression();
    this.height = Math.max(height, this.height) + 1;
    return { kind: 'assignment', target, value, span: this.spanFrom(start) };
  }

  protected expressions(): Expression {
    const start = this.starts[this.at]!;
    const first = this.element();
    if (this.kinds[this.at] !== COMMA) return first;
    const elements = [first];
    let { height } = this;
    while (this.accept(COMMA)) {
      if (EXPRESSIONS_START[this.kinds[this.at]!] === 0) break;
      elements.push(this.element());
      if (this.height > height) height = this.height;
    }
    this.height = height + 1;
    return { kind: 'list', elements, span: this.spanFrom(start) };
  }

  protected yieldExpression(): Expression {
    const start = this.starts[this.at]!;
    this.at += 1;
    if (!this.descend()) return this.defer();
    const operator = this.accept(FROM) ? 'yield from' : 'yield';
    let result: Expression;
    if (EXPRESSIONS_START[this.kinds[this.at]!] === 1) {
      const operand = this.expressions();
      this.height += 1;
      result = { kind: 'unary', operator, operand, span: this.spanFrom(start) };
    } else {
      if (operator !== 'yield') this.error();
      const span = this.spanFrom(start);
      result = this.leaf({ kind: 'unary', operator, operand: { kind: 'literal', value: null, span }, span });
    }
    this.ascend();
    return this.isTooHigh(this.height) ? this.cut(result) : result;
  }

  protected lambda(): Expression {
    const start = this.starts[this.at]!;
    this.at += 1;
    const found: Parameters = { parameters: [], annotations: [] };
    let height = this.parameters(found, -1);
    const value = this.expect(COLON) ? this.expression() : this.nothing();
    const span = this.spanFrom(start);
    height = Math.max(height, this.height);
    this.height = height + 2;
    return {
      kind: 'function',
      definition: {
        name: null,
        parameters: found.parameters,
        decorators: [],
        body: [{ kind: 'return', value, span: value.span }],
        documentation: null,
        span,
      },
      span,
    };
  }

  /**
   * @param close the token that ends the list; -1 for that of a lambda, which ends at its colon
   * @returns the greatest height of a default
   */
  protected parameters(found: Parameters, close: number): number {
    let height = 0;
    for (;;) {
      if (close >= 0 ? this.at >= close : this.kinds[this.at] === COLON) return height;
      const kind = this.kinds[this.at]!;
      if (kind === STAR || kind === DOUBLE_STAR) {
        this.at += 1;
        const rest = kind === STAR ? '*' : '**';
        if (this.kinds[this.at] === NAME) height = Math.max(height, this.parameter(found, close, rest));
      } else if (kind === NAME) {
        height = Math.max(height, this.parameter(found, close, null));
      } else if (kind === PARENTHESIS_OPEN) {
        height = Math.max(height, this.tupleParameter(found, close));
      } else if (kind === SLASH) {
        this.at += 1;
      } else {
        this.error();
        if (close < 0) return height;
        this.at += 1;
        continue;
      }
      if (!this.accept(COMMA)) {
        if (close < 0) return height;
        if (this.at < close) this.error();
      }
    }
  }

  private parameter(found: Parameters, close: number, rest: '*' | '**' | null): number {
    const name = this.identifier() ?? '';
    const annotation =
      close >= 0 && this.accept(COLON) ? { annotation: this.annotation(found.annotations) } : {};
    const value = this.accept(EQUALS) ? this.expression() : null;
    found.parameters.push({ name, default: value, rest, ...annotation });
    return value === null ? 0 : this.height;
  }

  /** Python 2: `def f((a, b)):`. The parts stand as parameters of their own. */
  private tupleParameter(found: Parameters, close: number): number {
    const end = this.links[this.at]!;
    for (this.at += 1; this.at < end; this.at++) {
      if (this.kinds[this.at] === NAME) {
        found.parameters.push({ name: this.names[this.links[this.at]!]!, default: null, rest: null });
      }
    }
    if (close < 0 || this.at < close) this.at += 1;
    if (!this.accept(EQUALS)) return 0;
    found.annotations.push(this.expression());
    return this.height;
  }

  /** Reads an annotation. @param calling gets it if it calls something */
  protected annotation(calling: Expression[]): Expression {
    const { calls } = this;
    const value = this.element();
    if (this.calls > calls) calling.push(value);
    return value;
  }
}
