import type { ArgumentNode, Expression, Statement } from '../../../../model/program.ts';
import {
  ASSERT,
  AUGMENTED,
  BRACKET_OPEN,
  BREAK,
  COLON,
  COMMA,
  CONTINUE,
  DEL,
  EQUALS,
  FROM,
  GLOBAL,
  IMPORT,
  IN,
  NAME,
  NONLOCAL,
  NOT,
  PASS,
  RAISE,
  RETURN,
  SHIFT_RIGHT,
} from '../tokens.ts';
import { ImportParser } from './imports.ts';
import { EXPRESSION_START, EXPRESSIONS_START, OPERAND_START } from './kinds.ts';

/** More targets than this (`a = b = c = …`) stand side by side. */
const MAX_TARGETS = 32;

/** Statements without a block. */
export abstract class SimpleStatementParser extends ImportParser {
  /** The square brackets of a generic definition. @param annotations gets what is called in them */
  protected abstract typeParameters(annotations: Expression[]): void;

  protected simpleStatement(out: Statement[]): void {
    switch (this.kinds[this.at]) {
      case PASS:
      case BREAK:
      case CONTINUE:
        this.at += 1;
        return;
      case RETURN:
        this.returnStatement(out);
        return;
      case IMPORT:
        this.importStatement(out);
        return;
      case FROM:
        this.fromImportStatement(out);
        return;
      case RAISE:
      case ASSERT:
      case GLOBAL:
      case NONLOCAL:
        this.parts(out);
        return;
      case DEL:
        this.deletion(out);
        return;
      case NAME:
        if (this.softStatement(out)) return;
    }
    this.expressionStatement(out);
  }

  private expressionStatement(out: Statement[]): void {
    const start = this.starts[this.at]!;
    const { calls } = this;
    const expression = this.expressions();
    switch (this.kinds[this.at]) {
      case EQUALS:
        this.assignment(expression, start, out);
        return;
      case AUGMENTED:
        this.augmented(expression, start, out);
        return;
      case COLON:
        if (this.annotated(expression, start, this.calls > calls, out)) return;
    }
    out.push({ kind: 'expression', expression, span: this.spanFrom(start) });
  }

  private assignment(first: Expression, start: number, out: Statement[]): void {
    this.at += 1;
    let valueStart = this.starts[this.at]!;
    let value = this.expressions();
    if (this.kinds[this.at] !== EQUALS) {
      out.push({ kind: 'assign', target: first, value, operator: '=', span: this.spanFrom(start) });
      return;
    }
    const targets: { target: Expression; start: number }[] = [{ target: first, start }];
    while (this.accept(EQUALS)) {
      targets.push({ target: value, start: valueStart });
      valueStart = this.starts[this.at]!;
      value = this.expressions();
    }
    // The targets nest from the right.
    for (let at = targets.length - 1; at > 0; at--) {
      const { target, start: targetStart } = targets[at]!;
      const span = this.spanFrom(targetStart);
      if (at < MAX_TARGETS) value = { kind: 'assignment', target, value, span };
      else out.push({ kind: 'assign', target, value, operator: '=', span });
    }
    out.push({ kind: 'assign', target: first, value, operator: '=', span: this.spanFrom(start) });
  }

  private augmented(target: Expression, start: number, out: Statement[]): void {
    const operator = this.text.slice(this.starts[this.at], this.ends[this.at]);
    this.at += 1;
    const value = this.expressions();
    out.push({ kind: 'assign', target, value, operator, span: this.spanFrom(start) });
  }

  /** `target: annotation = value`. @returns false when the colon is something else */
  private annotated(target: Expression, start: number, targetCalls: boolean, out: Statement[]): boolean {
    if (EXPRESSIONS_START[this.kinds[this.at + 1]!] === 0) return false;
    this.at += 1;
    const annotations: Expression[] = [];
    const annotation = this.annotation(annotations);
    for (const each of annotations) this.pushExpression(each, out);
    if (this.accept(EQUALS)) {
      const value = this.expressions();
      out.push({ kind: 'assign', target, value, operator: '=', annotation, span: this.spanFrom(start) });
    } else {
      if (targetCalls) this.pushExpression(target, out);
      out.push({ kind: 'declare', target, annotation, span: this.spanFrom(start) });
    }
    return true;
  }

  protected pushExpression(expression: Expression, out: Statement[]): void {
    out.push({ kind: 'expression', expression, span: expression.span });
  }

  private returnStatement(out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.at += 1;
    const value = EXPRESSIONS_START[this.kinds[this.at]!] === 1 ? this.expressions() : null;
    out.push({ kind: 'return', value, span: this.spanFrom(start) });
  }

  private deletion(out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.at += 1;
    const operand = this.expressions();
    this.pushExpression({ kind: 'unary', operator: 'del', operand, span: this.spanFrom(start) }, out);
  }

  /** `raise`, `assert`, `global`: only what is inside counts. */
  private parts(out: Statement[]): void {
    const start = this.starts[this.at]!;
    const isRaise = this.kinds[this.at] === RAISE;
    const children: Expression[] = [];
    this.at += 1;
    if (isRaise) {
      if (EXPRESSION_START[this.kinds[this.at]!] === 1) children.push(this.expressions());
      if (this.accept(FROM)) children.push(this.expression());
    } else {
      do children.push(this.expression());
      while (this.accept(COMMA));
    }
    const span = this.spanFrom(start);
    const held: Expression = { kind: 'other', children, span };
    this.pushExpression(isRaise ? { kind: 'unary', operator: 'raise', operand: held, span } : held, out);
  }

  /** Names that begin a statement if the next token can only begin an expression. @returns false when this one does not */
  private softStatement(out: Statement[]): boolean {
    const next = this.kinds[this.at + 1]!;
    if (next !== SHIFT_RIGHT && OPERAND_START[next] === 0) return false;
    if (next === NOT && this.kinds[this.at + 2] === IN) return false;
    switch (this.names[this.links[this.at]!]) {
      case 'print':
        this.printStatement(out);
        return true;
      case 'exec':
        if (next === SHIFT_RIGHT) return false;
        this.execStatement(out);
        return true;
      case 'type':
        return this.typeAlias(out);
      default:
        return false;
    }
  }

  /** Python 2's `print >>file, a, b`, as the call it became. */
  private printStatement(out: Statement[]): void {
    const token = this.at;
    const args: ArgumentNode[] = [];
    this.at += 1;
    if (this.accept(SHIFT_RIGHT)) {
      args.push({ name: 'file', value: this.expression() });
      this.accept(COMMA);
    }
    while (EXPRESSION_START[this.kinds[this.at]!] === 1) {
      args.push({ name: null, value: this.expression() });
      if (!this.accept(COMMA)) break;
    }
    this.pushCall(token, args, out);
  }

  /** Python 2's `exec code in scope`. */
  private execStatement(out: Statement[]): void {
    const token = this.at;
    this.at += 1;
    const args: ArgumentNode[] = [{ name: null, value: this.operand() }];
    if (this.accept(IN)) {
      do args.push({ name: null, value: this.expression() });
      while (this.accept(COMMA));
    }
    this.pushCall(token, args, out);
  }

  private pushCall(token: number, args: readonly ArgumentNode[], out: Statement[]): void {
    const callee: Expression = {
      kind: 'name',
      name: this.names[this.links[token]!]!,
      span: this.tokenSpan(token),
    };
    this.calls += 1;
    this.pushExpression({ kind: 'call', callee, args, span: this.spanFrom(this.starts[token]!) }, out);
  }

  /** `type A[T] = B`. */
  private typeAlias(out: Statement[]): boolean {
    const name = this.at + 1;
    const after = this.kinds[name + 1];
    if (this.kinds[name] !== NAME || (after !== EQUALS && after !== BRACKET_OPEN)) return false;
    const start = this.starts[this.at]!;
    const target: Expression = {
      kind: 'name',
      name: this.names[this.links[name]!]!,
      span: this.tokenSpan(name),
    };
    const annotations: Expression[] = [];
    this.at = name + 1;
    this.typeParameters(annotations);
    for (const annotation of annotations) this.pushExpression(annotation, out);
    if (this.expect(EQUALS)) {
      const value = this.expressions();
      out.push({ kind: 'assign', target, value, operator: '=', span: this.spanFrom(start) });
    }
    return true;
  }
}
