import type { Expression, Span, Statement } from '../../../model/program.ts';
import { TextCursor } from '../text-cursor.ts';

/** Deeper nesting is not parsed. */
const MAX_DEPTH = 200;

/** Thrown and caught within this frontend: the text nests deeper than is parsed. */
export class TooDeep extends Error {}

/** A value that was parsed where a target of an assignment might have stood, and what else was seen on the way. */
interface Tried {
  readonly value: Expression;
  readonly end: number;
  readonly pending: readonly Statement[];
  readonly comments: readonly Span[];
  readonly problemAt: number;
}

/** A place in a PowerShell text, and what has been seen of it. */
export class Reader extends TextCursor {
  /** Statements of a script block that an expression runs: they come before the statement that it stands in. */
  pending: Statement[] = [];
  /** A comma makes a list here; between arguments and parameters it parts them. */
  #hasLists = true;
  #depth = 0;
  readonly #tried = new Map<number, Tried>();

  /** Steps over blanks, comments and continued lines; with `hasLines` over ends of lines as well. */
  skip(hasLines = false): void {
    for (;;) {
      this.match(/[ \t\f\v\u00a0\u0085]+/y);
      if (this.startsWith('<#')) {
        const close = this.text.indexOf('#>', this.at + 2);
        this.stepOverComment(close === -1 ? this.text.length : close + 2);
      } else if (this.peek() === '#') {
        const end = /[\r\n]|$/g;
        end.lastIndex = this.at;
        this.stepOverComment(end.exec(this.text)?.index ?? this.text.length);
      } else if (this.match(/`\r?\n/y) === null && !(hasLines && this.match(/[\r\n]+/y) !== null)) return;
    }
  }

  /** True where a comma makes a list. */
  get hasLists(): boolean {
    return this.#hasLists;
  }

  /** Runs one level deeper. @param hasLists a comma makes a list in it @throws TooDeep */
  deeper<Result>(run: () => Result, hasLists = this.#hasLists): Result {
    if (++this.#depth > MAX_DEPTH) throw new TooDeep();
    const before = this.#hasLists;
    this.#hasLists = hasLists;
    const result = run();
    this.#hasLists = before;
    this.#depth--;
    return result;
  }

  /**
   * Parses a value and keeps it for {@link again}. Whoever goes back to the value's beginning would parse it a second time, and what
   * it holds a fourth and an eighth time.
   */
  once(parse: () => Expression): Expression {
    const key = this.#place();
    const { pending, problemAt } = this;
    const count = this.comments.length;
    this.pending = [];
    this.problemAt = -1;
    const value = parse();
    this.#tried.set(key, {
      value,
      end: this.at,
      pending: this.pending,
      comments: this.comments.slice(count),
      problemAt: this.problemAt,
    });
    this.pending = [...pending, ...this.pending];
    if (problemAt >= 0) this.problemAt = problemAt;
    return value;
  }

  /** Steps over the value that {@link once} parsed here, as if it were parsed again; null when there is none. */
  again(): Expression | null {
    const key = this.#place();
    const tried = this.#tried.get(key);
    if (tried === undefined) return null;
    this.#tried.delete(key);
    for (const statement of tried.pending) this.pending.push(statement);
    for (const comment of tried.comments) this.comments.push(comment);
    if (this.problemAt < 0) this.problemAt = tried.problemAt;
    this.at = tried.end;
    return tried.value;
  }

  /** What a value is remembered by: where it begins, and whether a comma makes a list there. */
  #place(): number {
    return this.at * 2 + (this.#hasLists ? 1 : 0);
  }

  /** Steps over one character that nothing begins with. */
  stumble(): void {
    this.trouble();
    this.at++;
  }

  /** Steps over all up to a closing parenthesis, and over that. */
  closeParenthesis(): void {
    this.skip(true);
    while (!this.isAtEnd && !this.take(')')) {
      this.stumble();
      this.skip(true);
    }
  }
}

/** How the parts of the grammar call each other. */
export interface Grammar {
  /** Statements up to a closing brace or parenthesis, which is left standing. */
  statements(reader: Reader): Statement[];
  /** A pipeline, which is an expression or a command. */
  pipeline(reader: Reader): Expression;
  /** What parentheses hold: a pipeline, or an assignment whose value goes on. */
  inner(reader: Reader): Expression;
  /** An expression without commands. */
  expression(reader: Reader): Expression;
  /** A value with the operators before it. */
  operand(reader: Reader): Expression;
}

/** A value as written. */
export function literal(value: string | number | boolean | null, span: Span): Expression {
  return { kind: 'literal', value, span };
}

/** A name; those of variables keep their `$`. */
export function nameOf(name: string, span: Span): Expression {
  return { kind: 'name', name, span };
}

/** A call with arguments in order. */
export function callOf(callee: Expression, args: readonly Expression[], span: Span): Expression {
  return { kind: 'call', callee, args: args.map((value) => ({ name: null, value })), span };
}

/** A dotted name as members: `net.webclient`. Types are written in any case; here they are in lower case, without `System.`. */
export function typeName(name: string, span: Span): Expression {
  const parts = name
    .toLowerCase()
    .replace(/^system\./, '')
    .split('.');
  return parts
    .slice(1)
    .reduce<Expression>(
      (object, property) => ({ kind: 'member', object, property, span }),
      nameOf(parts[0]!, span),
    );
}
