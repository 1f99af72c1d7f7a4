import type { Expression, Span, Statement } from '../../../model/program.ts';
import { Scope } from './scope.ts';
import { KIND, Tokens } from './tokens.ts';

/** Deeper nesting is not parsed. */
const MAX_DEPTH = 200;

/** Thrown and caught within this frontend: a declaration nests deeper than is parsed. */
export class TooDeep extends Error {}

/** How the parts of the grammar call each other. */
export interface Grammar {
  /** An expression, or a type where one may stand. */
  expression(reader: Reader): Expression;
  /** Statements between braces. */
  block(reader: Reader): Statement[];
}

/** A place in a program in Go, and what has been seen of it. */
export class Reader {
  readonly tokens: Tokens;
  readonly text: string;
  readonly grammar: Grammar;
  /** What packages are imported as, by the name that they go by in the file. */
  readonly packages = new Map<string, string>();
  scope: Scope | null = null;
  /** Names of the results of the function that is read, when they have names. */
  results: readonly string[] = [];
  /** `{` begins the body of `if`, `for` or `switch`. */
  isHeader = false;
  /** Something valid was left out because it nests too deep or is too long. */
  isCutOff = false;
  problemAt: number;
  at = 0;
  #depth = 0;

  constructor(text: string, grammar: Grammar) {
    this.text = text;
    this.grammar = grammar;
    this.tokens = new Tokens(text);
    this.problemAt = this.tokens.problemAt;
  }

  get isAtEnd(): boolean {
    return this.kind === KIND.end;
  }

  get kind(): number {
    return this.tokens.kinds[this.at] ?? KIND.end;
  }

  /** The sign, keyword or name here; empty for anything else. */
  get word(): string {
    return this.tokens.words[this.at] ?? '';
  }

  /** Where the token begins. */
  get start(): number {
    return this.tokens.starts[this.at] ?? this.text.length;
  }

  /** The token some places on is this sign or keyword. */
  isSign(sign: string, ahead = 0): boolean {
    const at = this.at + ahead;
    const kind = this.tokens.kinds[at];
    return (kind === KIND.operator || kind === KIND.keyword) && this.tokens.words[at] === sign;
  }

  isName(ahead = 0): boolean {
    return this.tokens.kinds[this.at + ahead] === KIND.name;
  }

  /** Steps over a sign or keyword when it stands here. */
  take(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.at++;
    return true;
  }

  /** The same for one that has to stand here. */
  expect(sign: string): boolean {
    const isThere = this.take(sign);
    if (!isThere) this.trouble();
    return isThere;
  }

  /** A name that has to stand here. */
  expectName(): string {
    if (!this.isName()) {
      this.trouble();
      return '_';
    }
    this.at++;
    return this.tokens.words[this.at - 1] ?? '_';
  }

  /** Steps over the token here, whatever it is, and gives what is written. */
  next(): string {
    const written = this.text.slice(this.start, this.tokens.ends[this.at]);
    if (!this.isAtEnd) this.at++;
    return written;
  }

  /** Something here is not of the language. */
  trouble(): void {
    if (this.problemAt < 0) this.problemAt = this.start;
  }

  /** From a place to the end of the last token that was stepped over. */
  spanFrom(start: number): Span {
    return { start, end: Math.max(start, this.tokens.ends[this.at - 1] ?? start) };
  }

  /** What a name stands for: a variable of a block, a package, or whatever the program calls so. */
  resolve(name: string): string {
    return this.scope?.find(name) ?? this.packages.get(name) ?? name;
  }

  /** Declares a variable. @returns what it is called */
  declare(name: string, at: number): string {
    return this.scope?.declare(name, at) ?? name;
  }

  /** Runs one level deeper. @throws TooDeep */
  deeper<Result>(run: () => Result): Result {
    if (++this.#depth > MAX_DEPTH) throw new TooDeep();
    const result = run();
    this.#depth--;
    return result;
  }

  /** Begins again outside of everything: what nested too deep is given up. */
  surface(): void {
    this.#depth = 0;
    this.scope = null;
    this.results = [];
    this.isHeader = false;
  }

  /** Runs where braces begin values, or where they begin a body. */
  inHeader<Result>(isHeader: boolean, run: () => Result): Result {
    const before = this.isHeader;
    this.isHeader = isHeader;
    const result = run();
    this.isHeader = before;
    return result;
  }

  /** Runs in a block of its own. */
  inBlock<Result>(run: () => Result): Result {
    const before = this.scope;
    this.scope = before === null ? Scope.ofFunction(null) : before.block();
    const result = run();
    this.scope = before;
    return result;
  }

  /** Reads one after the other, each with a semicolon behind it, up to the sign that closes them. What was not understood is stepped over. */
  allUpTo(close: ')' | '}', one: () => void): void {
    while (!this.isAtEnd && !this.isSign(close)) {
      const before = this.at;
      one();
      if (!this.take(';') && !this.isSign(close)) {
        this.trouble();
        this.skipStatement();
        this.take(';');
      }
      if (this.at === before) this.at++;
    }
    this.expect(close);
  }

  /** Steps to the end of a statement that was not understood: over everything up to a semicolon or the brace that closes what is around. */
  skipStatement(): void {
    for (let open = 0; !this.isAtEnd; this.at++) {
      if (this.kind !== KIND.operator) continue;
      const { word } = this;
      if (word === '(' || word === '[' || word === '{') open++;
      else if (word === ')' || word === ']' || word === '}') {
        if (open === 0 && word === '}') return;
        if (open > 0) open--;
      } else if (word === ';' && open === 0) return;
    }
  }
}
