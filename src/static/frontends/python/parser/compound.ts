import type { Expression, Statement } from '../../../../model/program.ts';
import {
  AS,
  ASYNC,
  COMMA,
  ELIF,
  ELSE,
  EXCEPT,
  FINALLY,
  IN,
  PARENTHESIS_CLOSE,
  PARENTHESIS_OPEN,
  STAR,
  COLON,
} from '../tokens.ts';
import { EXPRESSION_START } from './kinds.ts';
import { MatchParser } from './matching.ts';

/** A longer `elif` chain becomes one flat branch; nested, it would be as deep as it is long. */
const MAX_NESTED_CLAUSES = 32;

/** What a longer `with` binds further stands in its body. */
const MAX_NESTED_ITEMS = 32;

interface IfClause {
  readonly start: number;
  readonly test: Expression;
  readonly body: Statement[];
}

interface WithItem {
  readonly value: Expression;
  readonly binding: Expression | null;
  readonly start: number;
}

/** Statements that decide what runs, how often, and in what surroundings. */
export abstract class CompoundParser extends MatchParser {
  /** `elif` is an `if` inside the other branch, so that each test guards what it decides. */
  protected ifStatement(out: Statement[]): void {
    const { level } = this;
    const clauses: IfClause[] = [];
    do {
      const start = this.starts[this.at]!;
      this.at += 1;
      const test = this.namedExpression();
      clauses.push({ start, test, body: this.block() });
      if (clauses.length < MAX_NESTED_CLAUSES) this.level += 1;
    } while (this.kinds[this.at] === ELIF);
    const otherwise = this.accept(ELSE) ? this.block() : null;
    this.level = level;
    const span = this.spanFrom(clauses[0]!.start);
    if (clauses.length > MAX_NESTED_CLAUSES) {
      const branches = clauses.map(({ body }) => body);
      if (otherwise !== null) branches.push(otherwise);
      const children = clauses.map(({ test }) => test);
      out.push({ kind: 'branch', test: { kind: 'other', children, span }, branches, span });
      return;
    }
    let rest = otherwise;
    for (let at = clauses.length - 1; at >= 0; at--) {
      const { start, test, body } = clauses[at]!;
      const branch: Statement = {
        kind: 'branch',
        test,
        branches: rest === null ? [body] : [body, rest],
        span: at === 0 ? span : { start, end: span.end },
      };
      if (at === 0) out.push(branch);
      else rest = [branch];
    }
  }

  protected forStatement(out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.accept(ASYNC);
    this.at += 1;
    const binding = this.targets();
    const iterable = this.expect(IN) ? this.expressions() : null;
    const body = this.block();
    this.pushLoop(start, { binding, iterable, body }, out);
  }

  protected whileStatement(out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.at += 1;
    const iterable = this.namedExpression();
    const body = this.block();
    this.pushLoop(start, { binding: null, iterable, body }, out);
  }

  /** The `else` of a loop runs after it. */
  private pushLoop(
    start: number,
    parts: { binding: Expression | null; iterable: Expression | null; body: Statement[] },
    out: Statement[],
  ): void {
    const elseStart = this.starts[this.at]!;
    const otherwise = this.accept(ELSE) ? this.block() : null;
    const { binding, iterable, body } = parts;
    out.push({ kind: 'loop', binding, iterable, body, span: this.spanFrom(start) });
    if (otherwise !== null) {
      out.push({ kind: 'block', bodies: [otherwise], span: this.spanFrom(elseStart) });
    }
  }

  protected withStatement(out: Statement[]): void {
    this.accept(ASYNC);
    this.at += 1;
    const items = this.withItems();
    const { level } = this;
    this.level += Math.min(items.length, MAX_NESTED_ITEMS) - 1;
    let body = this.block();
    this.level = level;
    const { end } = this.spanFrom(0);
    if (items.length > MAX_NESTED_ITEMS) body = [...items.splice(MAX_NESTED_ITEMS).map(entered), ...body];
    // The first item is entered first: it is the outermost.
    for (let at = items.length - 1; at >= 0; at--) {
      const { value, binding } = items[at]!;
      const { start } = value.span;
      body = [{ kind: 'with', value, binding, body, span: { start, end } }];
    }
    for (const statement of body) out.push(statement);
  }

  private withItems(): WithItem[] {
    const items: WithItem[] = [];
    const close = this.kinds[this.at] === PARENTHESIS_OPEN ? this.links[this.at]! : -1;
    const isWrapped =
      close >= 0 && this.kinds[close] === PARENTHESIS_CLOSE && this.kinds[close + 1] === COLON;
    const around = this.limit;
    if (isWrapped) {
      this.at += 1;
      this.limit = close;
    }
    do {
      if (this.at === close) break;
      const start = this.starts[this.at]!;
      const value = isWrapped ? this.element() : this.expression();
      if (isWrapped && this.isComprehension()) {
        // The parentheses were those of a generator after all.
        items.push({
          value: this.comprehension(value, start, close, PARENTHESIS_CLOSE),
          binding: null,
          start,
        });
        this.limit = around;
        return items;
      }
      items.push({ value, binding: this.accept(AS) ? this.operand() : null, start });
    } while (this.accept(COMMA));
    if (isWrapped) {
      const left: Expression[] = [];
      this.rest(close, left);
      for (const value of left) items.push({ value, binding: null, start: value.span.start });
      this.expect(PARENTHESIS_CLOSE);
      this.limit = around;
    }
    return items;
  }

  /** All of it runs, one part after the other. */
  protected tryStatement(out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.at += 1;
    const bodies = [this.block()];
    for (;;) {
      if (this.kinds[this.at] === EXCEPT) bodies.push(this.exceptClause());
      else if (this.accept(ELSE) || this.accept(FINALLY)) bodies.push(this.block());
      else break;
    }
    if (bodies.length === 1) this.error();
    out.push({ kind: 'block', bodies, span: this.spanFrom(start) });
  }

  /** `except Error as name`: the name is bound to something made of the exception's type. */
  private exceptClause(): Statement[] {
    const body: Statement[] = [];
    this.at += 1;
    this.accept(STAR);
    if (EXPRESSION_START[this.kinds[this.at]!] === 1) {
      const start = this.starts[this.at]!;
      const { calls } = this;
      const type = this.expressions();
      if (this.accept(AS)) {
        const target = this.operand();
        const span = this.spanFrom(start);
        const operand: Expression = { kind: 'other', children: [type], span };
        const value: Expression = { kind: 'unary', operator: 'caught', operand, span };
        body.push({ kind: 'assign', target, value, operator: '=', span });
      } else if (this.calls > calls) {
        this.pushExpression(type, body);
      }
    }
    return this.block(body);
  }

  /** `else`, `except` and the like without what they belong to: what they hold is kept. */
  protected strayClause(out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.error();
    this.at += 1;
    const body = this.block();
    out.push({ kind: 'block', bodies: [body], span: this.spanFrom(start) });
  }
}

/** A `with` item as a statement of its own. */
function entered({ value, binding }: WithItem): Statement {
  const { span } = value;
  return binding === null
    ? { kind: 'expression', expression: value, span }
    : { kind: 'assign', target: binding, value, operator: '=', span };
}
