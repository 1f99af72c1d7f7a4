import type { Expression, Statement } from '../../../../model/program.ts';
import { COLON, DEDENT, DOT, END, EQUALS, IF, INDENT, NAME, NEWLINE, PARENTHESIS_OPEN } from '../tokens.ts';
import { DefinitionParser } from './definitions.ts';
import { CLOSING_KINDS, EXPRESSIONS_START, OPENING_KINDS } from './kinds.ts';

/** Stands for the value that is matched, where it may not be written twice. */
const SUBJECT = '<subject>';

/** `match`: one branch a case; the names a pattern captures are bound to the subject at the start of its branch. */
export abstract class MatchParser extends DefinitionParser {
  /** Whether the name `match` here begins a statement: one whose line ends with a colon, with a `case` below it. */
  protected isMatch(): boolean {
    if (EXPRESSIONS_START[this.kinds[this.at + 1]!] === 0 || !this.isName(this.at, 'match')) return false;
    let token = this.at + 1;
    while (this.kinds[token]! > DEDENT) {
      token = OPENING_KINDS[this.kinds[token]!] === 1 ? Math.max(this.links[token]!, token + 1) : token + 1;
    }
    return (
      this.kinds[token] === NEWLINE &&
      this.kinds[token - 1] === COLON &&
      this.kinds[token + 1] === INDENT &&
      this.isName(token + 2, 'case')
    );
  }

  protected matchStatement(out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.at += 1;
    const written = this.expressions();
    let subject = written;
    if (written.kind !== 'name') {
      const { span } = written;
      subject = { kind: 'name', name: SUBJECT, span };
      out.push({ kind: 'assign', target: subject, value: written, operator: '=', span });
    }
    this.expect(COLON);
    this.accept(NEWLINE);
    this.accept(INDENT);
    const branches: Statement[][] = [];
    while (this.kinds[this.at] !== DEDENT && this.kinds[this.at] !== END) {
      const branch: Statement[] = [];
      branches.push(branch);
      if (this.isName(this.at, 'case')) this.caseClause(subject, branch);
      else this.statement(branch);
    }
    this.accept(DEDENT);
    out.push({ kind: 'branch', test: subject, branches, span: this.spanFrom(start) });
  }

  private caseClause(subject: Expression, out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.at += 1;
    this.pattern(subject, out);
    if (!this.accept(IF)) {
      this.block(out);
      return;
    }
    const test = this.namedExpression();
    out.push({ kind: 'branch', test, branches: [this.block()], span: this.spanFrom(start) });
  }

  /** Binds the names in a pattern. It is read token by token, so no nesting can be too deep. */
  private pattern(subject: Expression, out: Statement[]): void {
    let close = -1;
    for (; ; this.at++) {
      const token = this.at;
      const kind = this.kinds[token]!;
      if (kind <= DEDENT || (token >= close && (kind === COLON || kind === IF))) return;
      // One that is never closed holds the rest of the line.
      if (OPENING_KINDS[kind] === 1 && CLOSING_KINDS[this.kinds[this.links[token]!]!] === 1) {
        close = Math.max(close, this.links[token]!);
      }
      if (kind === NAME && this.isCapture(token)) {
        const span = this.tokenSpan(token);
        const target: Expression = { kind: 'name', name: this.names[this.links[token]!]!, span };
        out.push({ kind: 'assign', target, value: subject, operator: '=', span });
      }
    }
  }

  /** False for `_`, for what has a dot, and for the class of a class pattern and the keyword in one. */
  private isCapture(token: number): boolean {
    const next = this.kinds[token + 1];
    return (
      this.kinds[token - 1] !== DOT &&
      next !== DOT &&
      next !== PARENTHESIS_OPEN &&
      next !== EQUALS &&
      this.names[this.links[token]!] !== '_'
    );
  }
}
