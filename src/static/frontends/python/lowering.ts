import type { Expression, Statement } from '../../../model/program.ts';
import { RowReader } from '../tree-sitter-rows.ts';
import type { SyntaxTable } from '../tree-sitter-table.ts';
import type { PythonGrammar, PythonKinds } from './grammar.ts';

/**
 * How many levels of the syntax tree are lowered as they stand, so that neither this nor any later pass overflows its stack. CPython
 * itself refuses 200 nested parentheses; long chains of operators are balanced first and do not count.
 */
export const MAX_DEPTH = 400;

/** Lowers the row to an expression. */
export type ExpressionHandler = (lowering: Lowering, row: number) => Expression;

/** Lowers the row to any number of statements, appended to `out`. */
export type StatementHandler = (lowering: Lowering, row: number, out: Statement[]) => void;

/** What is done with each kind of row; arrays indexed by kind. */
export interface Handlers {
  readonly expressions: readonly (ExpressionHandler | undefined)[];
  readonly statements: readonly (StatementHandler | undefined)[];
  /** For what lies too deep: flat, without recursion. */
  readonly tooDeep: ExpressionHandler;
}

/** The state of lowering one file. Handlers get it as their first argument and call back into it for their parts. */
export class Lowering extends RowReader {
  readonly kinds: PythonKinds;
  /** Offset where the nesting got too deep first; -1 when it never did. */
  firstTooDeep = -1;
  /** 1 for each call row that was lowered. */
  readonly seenCalls: Uint8Array;
  private readonly handlers: Handlers;
  private depth = 0;

  constructor(table: SyntaxTable, grammar: PythonGrammar, handlers: Handlers) {
    super(table, grammar.grammar.kindNames);
    this.kinds = grammar.kinds;
    this.handlers = handlers;
    this.seenCalls = new Uint8Array(table.length);
  }

  /** True when a call stands anywhere in the row. */
  hasCall(row: number): boolean {
    const end = this.table.next[row]!;
    for (let inner = row; inner < end; inner++) {
      if (this.table.kinds[inner] === this.kinds.call) {
        return true;
      }
    }
    return false;
  }

  /** True for what has a value; false for punctuation, clauses and statements. */
  isExpression(row: number): boolean {
    return this.handlers.expressions[this.kind(row)] !== undefined;
  }

  /** @param levels how many levels of the result's nesting this part adds */
  expression(row: number, levels = 1): Expression {
    if (this.depth + levels > MAX_DEPTH) {
      return this.cutOff(row);
    }
    this.depth += levels;
    const handler = this.handlers.expressions[this.kind(row)] ?? lowerOther;
    const result = handler(this, row);
    this.depth -= levels;
    return result;
  }

  /** The children as expressions, without punctuation. */
  expressions(row: number): Expression[] {
    const found: Expression[] = [];
    const end = this.table.next[row]!;
    for (let child = row + 1; child < end; child = this.table.next[child]!) {
      if (!this.isToken(child)) {
        found.push(this.expression(child));
      }
    }
    return found;
  }

  statement(row: number, out: Statement[]): void {
    if (this.depth >= MAX_DEPTH) {
      out.push({ kind: 'expression', expression: this.cutOff(row), span: this.span(row) });
      return;
    }
    this.depth += 1;
    const handler = this.handlers.statements[this.kind(row)];
    if (handler === undefined) {
      if (this.isExpression(row)) {
        out.push({ kind: 'expression', expression: this.expression(row), span: this.span(row) });
      }
    } else {
      handler(this, row, out);
    }
    this.depth -= 1;
  }

  /** The statements among the children of a block, a module or an error. */
  statements(row: number, out: Statement[] = []): Statement[] {
    const end = this.table.next[row]!;
    for (let child = row + 1; child < end; child = this.table.next[child]!) {
      this.statement(child, out);
    }
    return out;
  }

  /** The statements of the row's block; none when it has no block. */
  block(row: number): Statement[] {
    const block = this.child(row, this.kinds.block);
    return block < 0 ? [] : this.statements(block);
  }

  private cutOff(row: number): Expression {
    if (this.firstTooDeep < 0) {
      this.firstTooDeep = this.table.starts[row]!;
    }
    return this.handlers.tooDeep(this, row);
  }
}

/** What has no counterpart: its parts, so that nothing inside is lost. */
export function lowerOther(lowering: Lowering, row: number): Expression {
  return { kind: 'other', children: lowering.expressions(row), span: lowering.span(row) };
}
