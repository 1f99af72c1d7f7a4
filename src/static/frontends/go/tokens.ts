import type { Span } from '../../../model/program.ts';

/** What sorts of tokens there are. */
export const KIND = {
  end: 0,
  name: 1,
  keyword: 2,
  operator: 3,
  number: 4,
  rune: 5,
  text: 6,
  raw: 7,
} as const;

const KEYWORDS: ReadonlySet<string> = new Set(
  'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(
    ' ',
  ),
);

const OPERATOR =
  /<<=|>>=|&\^=|\.\.\.|&&|\|\||<-|\+\+|--|==|!=|<=|>=|:=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|&\^|[-+*/%&|^<>=!()[\]{},;.:~]/y;
const NUMBER =
  /(?:0[xX][\da-fA-F_.]+(?:[pP][+-]?\d+)?|0[bBoO][0-7_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?)i?/y;
const NAME = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const BLANKS = /[ \t\r\v\f]+/y;
const RUNE = /'(?:\\[^\n][^'\n]{0,9}|[^'\\\n]{1,2})'/y;

/** After these a line's end is the end of a statement. */
const ENDING_WORDS: ReadonlySet<string> = new Set(['break', 'continue', 'fallthrough', 'return']);
const ENDING_SIGNS: ReadonlySet<string> = new Set(['++', '--', ')', ']', '}']);

/** A program as a row of tokens, with the semicolons that its lines' ends stand for. */
export class Tokens {
  readonly text: string;
  readonly kinds: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** As written; the sign or word alone for names, keywords and operators, empty for the rest. */
  readonly words: string[] = [];
  readonly comments: Span[] = [];
  /** Where something stands that is no token; -1: nowhere. */
  problemAt = -1;
  #at: number;
  /** Nothing closes a raw text from here on. */
  #isOpen = false;

  constructor(text: string) {
    this.text = text;
    this.#at = text.startsWith('\ufeff') ? 1 : 0;
    // A program may be started like a script (`//usr/bin/env go run`), which is a comment, or with `#!` by a tool that drops the line.
    if (text.startsWith('#!', this.#at)) this.#comment(this.#lineEnd());
    while (this.#at < text.length) this.#next();
    this.#endLine();
    this.#add(KIND.end, text.length, text.length, '');
  }

  #add(kind: number, start: number, end: number, word: string): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
    this.words.push(word);
  }

  /** The end of a line is a semicolon where a statement may end. */
  #endLine(): void {
    const kind = this.kinds.at(-1) ?? KIND.end;
    const word = this.words.at(-1) ?? '';
    const isEnding =
      kind === KIND.name ||
      kind >= KIND.number ||
      (kind === KIND.keyword && ENDING_WORDS.has(word)) ||
      (kind === KIND.operator && ENDING_SIGNS.has(word));
    if (isEnding) this.#add(KIND.operator, this.#at, this.#at, ';');
  }

  #lineEnd(): number {
    const line = this.text.indexOf('\n', this.#at);
    return line === -1 ? this.text.length : line;
  }

  #comment(end: number): void {
    this.comments.push({ start: this.#at, end });
    this.#at = end;
  }

  #trouble(): void {
    if (this.problemAt < 0) this.problemAt = this.#at;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.text)?.[0] ?? null;
  }

  #take(kind: number, length: number, word = ''): void {
    this.#add(kind, this.#at, this.#at + length, word);
    this.#at += length;
  }

  #next(): void {
    const { text } = this;
    const code = text.charCodeAt(this.#at);
    if (code === 0x20 || code === 0x09 || code === 0x0d) {
      this.#at += this.#match(BLANKS)?.length ?? 1;
    } else if (code === 0x0a) {
      this.#endLine();
      this.#at++;
    } else if (code === 0x2f && text.startsWith('//', this.#at)) this.#comment(this.#lineEnd());
    else if (code === 0x2f && text.startsWith('/*', this.#at)) this.#block();
    else if (code === 0x22) this.#quoted();
    else if (code === 0x60) this.#raw();
    else if (code === 0x27) this.#rune();
    else if (isDigit(code) || (code === 0x2e && isDigit(text.charCodeAt(this.#at + 1))))
      this.#take(KIND.number, this.#match(NUMBER)?.length ?? 1);
    else this.#wordOrSign();
  }

  #wordOrSign(): void {
    const word = this.#match(NAME);
    if (word !== null) {
      this.#take(KEYWORDS.has(word) ? KIND.keyword : KIND.name, word.length, word);
      return;
    }
    const sign = this.#match(OPERATOR);
    if (sign !== null) {
      this.#take(KIND.operator, sign.length, sign);
      return;
    }
    if (this.#match(BLANKS) === null) this.#trouble();
    this.#at++;
  }

  /** A comment over several lines ends a statement as a line's end does. */
  #block(): void {
    const close = this.text.indexOf('*/', this.#at + 2);
    if (close === -1) this.#trouble();
    const start = this.#at;
    this.#comment(close === -1 ? this.text.length : close + 2);
    const line = this.text.indexOf('\n', start);
    if (line !== -1 && line < this.#at) this.#endLine();
  }

  /** What nothing closes ends with its line. */
  #quoted(): void {
    const { text } = this;
    let at = this.#at + 1;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        this.#take(KIND.text, at + 1 - this.#at);
        return;
      }
      if (code === 0x0a) break;
      if (code === 0x5c && text.charCodeAt(at + 1) !== 0x0a) at++;
    }
    this.#trouble();
    this.#take(KIND.text, Math.min(at, text.length) - this.#at);
  }

  #raw(): void {
    const close = this.#isOpen ? -1 : this.text.indexOf('`', this.#at + 1);
    if (close === -1) {
      this.#isOpen = true;
      this.#trouble();
    }
    this.#take(KIND.raw, (close === -1 ? this.#lineEnd() : close + 1) - this.#at);
  }

  #rune(): void {
    const rune = this.#match(RUNE);
    if (rune === null) this.#trouble();
    this.#take(KIND.rune, rune?.length ?? 1);
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
