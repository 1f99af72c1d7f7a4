import type { Expression, Statement } from '../../../model/program.ts';
import { RowReader } from '../tree-sitter-rows.ts';
import type { SyntaxTable } from '../tree-sitter-table.ts';
import type { ShellGrammar, ShellKinds } from './grammar.ts';
import type { Redirections } from './redirections.ts';
import { sequenceValue } from './values.ts';

/** How many levels of the syntax tree are lowered as they stand; below, commands are listed flat. */
export const MAX_DEPTH = 200;

/** Lowers a word or an arithmetic or test expression. */
export type ExpressionHandler = (lowering: Lowering, row: number) => Expression;

/** Lowers a command of any sort to statements, appended to `out`. */
export type StatementHandler = (lowering: Lowering, row: number, out: Statement[]) => void;

/** What is done with each kind of row; arrays indexed by kind. */
export interface Handlers {
  readonly expressions: readonly (ExpressionHandler | undefined)[];
  readonly statements: readonly (StatementHandler | undefined)[];
  /** For what lies too deep: flat, without recursion. */
  readonly tooDeep: ExpressionHandler;
}

/** What a compound command hands to the commands inside it. */
export interface Surroundings {
  /** Standard input that comes from a pipe or redirection around the command. */
  readonly stdin: Expression | null;
  /** Redirections of output around the command. */
  readonly outputs: readonly { readonly name: string; readonly value: Expression }[];
}

const NO_SURROUNDINGS: Surroundings = { stdin: null, outputs: [] };

/** The state of lowering one script. */
export class Lowering extends RowReader {
  readonly kinds: ShellKinds;
  /** 1 for each command row that was lowered. */
  readonly seenCommands: Uint8Array;
  /** Offset where the nesting got too deep first; -1 when it never did. */
  firstTooDeep = -1;
  surroundings: Surroundings = NO_SURROUNDINGS;
  /** Redirections that the grammar hangs around a list or pipe though they belong to its last command; by that command's row. */
  readonly misplaced = new Map<number, Redirections>();
  /** Assignments that stand before the statement that is being lowered: `X=v cmd` inside `$(…)` or a pipe. */
  private hoisted: Statement[] = [];
  private readonly handlers: Handlers;
  private depth = 0;

  constructor(table: SyntaxTable, grammar: ShellGrammar, handlers: Handlers) {
    super(table, grammar.grammar.kindNames);
    this.kinds = grammar.kinds;
    this.handlers = handlers;
    this.seenCommands = new Uint8Array(table.length);
  }

  isStatement(row: number): boolean {
    return this.handlers.statements[this.kind(row)] !== undefined;
  }

  isExpression(row: number): boolean {
    return this.handlers.expressions[this.kind(row)] !== undefined;
  }

  /** The value of a word, or the output of a command. */
  expression(row: number): Expression {
    if (this.depth >= MAX_DEPTH) {
      return this.cutOff(row);
    }
    this.depth += 1;
    const handler = this.handlers.expressions[this.kind(row)];
    const result = handler === undefined ? this.output(row) : handler(this, row);
    this.depth -= 1;
    return result;
  }

  /** For words without parts, which cannot make the nesting deeper. */
  expressionAtAnyDepth(row: number): Expression {
    const handler = this.handlers.expressions[this.kind(row)];
    return handler === undefined ? { kind: 'other', children: [], span: this.span(row) } : handler(this, row);
  }

  /** What a command of any sort writes to its standard output. */
  output(row: number): Expression {
    const statements: Statement[] = [];
    if (this.isStatement(row)) {
      this.statement(row, statements);
    } else {
      this.statements(row, statements);
    }
    return this.outputOf(statements, row);
  }

  /** The statements' output as one expression; their assignments move before the statement that is being lowered. */
  outputOf(statements: readonly Statement[], row: number): Expression {
    const { value, assignments } = sequenceValue(statements, this.span(row));
    this.hoisted.push(...assignments);
    return value;
  }

  statement(row: number, out: Statement[]): void {
    if (this.depth >= MAX_DEPTH) {
      out.push({ kind: 'expression', expression: this.cutOff(row), span: this.span(row) });
      return;
    }
    const outer = this.hoisted;
    this.hoisted = [];
    const own: Statement[] = [];
    this.depth += 1;
    const handler = this.handlers.statements[this.kind(row)];
    if (handler !== undefined) {
      handler(this, row, own);
    } else if (this.isExpression(row)) {
      own.push({ kind: 'expression', expression: this.expression(row), span: this.span(row) });
    }
    this.depth -= 1;
    out.push(...this.hoisted, ...own);
    this.hoisted = outer;
  }

  /** The statements among the children, in order. */
  statements(row: number, out: Statement[] = []): Statement[] {
    const end = this.table.next[row]!;
    for (let child = row + 1; child < end; child = this.table.next[child]!) {
      this.statement(child, out);
    }
    return out;
  }

  /** Lowers something inside other surroundings. */
  within<T>(surroundings: Surroundings, action: () => T): T {
    const outer = this.surroundings;
    this.surroundings = surroundings;
    const result = action();
    this.surroundings = outer;
    return result;
  }

  private cutOff(row: number): Expression {
    if (this.firstTooDeep < 0) {
      this.firstTooDeep = this.table.starts[row]!;
    }
    return this.handlers.tooDeep(this, row);
  }
}
