import {
  FIELD_CLOSE,
  FIELD_FORMAT,
  FIELD_OPEN,
  STRING,
  TEMPLATE_END,
  TEMPLATE_START,
  TEMPLATE_TEXT,
} from '../tokens.ts';
import { BracketLexer } from './brackets.ts';
import {
  BACKSLASH,
  CARRIAGE_RETURN,
  CLOSING_BRACE,
  LINE_FEED,
  OPENING_BRACE,
  SINGLE_QUOTE,
} from './characters.ts';

/** How an f-string ends and is read, in the link of its first token; the quote's character code is in the low byte. */
const TRIPLE = 0x100;
export const RAW = 0x200;

/** What the link of a string without expressions says of it. */
export const IS_ESCAPED = 1;
export const IS_TRIPLE = 2;
export const IS_UNCLOSED = 4;

/** A `\N{…}` may not run through the rest of the text. */
const MAX_CHARACTER_NAME = 100;

/** String literals, and f-strings with the expressions inside them. */
export abstract class StringLexer extends BracketLexer {
  /** Set when triple quotes were opened that nothing closes: no later ones of the kind can be closed either. */
  private readonly neverClosed = { single: false, double: false };

  protected override load(text: string): void {
    super.load(text);
    this.neverClosed.single = false;
    this.neverClosed.double = false;
  }

  /**
   * @param start of the prefix
   * @param at of the opening quote
   * @returns where the literal ends; inside an f-string {@link templateText} goes on from there
   */
  protected string(start: number, at: number): number {
    const { units } = this;
    const quote = units[at]!;
    let isRaw = false;
    let isTemplate = false;
    for (let prefix = start; prefix < at; prefix++) {
      const letter = units[prefix]! | 0x20;
      if (letter === 0x72) isRaw = true;
      if (letter === 0x66 || letter === 0x74) isTemplate = true;
    }
    const isTriple = units[at + 1] === quote && units[at + 2] === quote && !this.isNeverClosed(quote);
    const inside = at + (isTriple ? 3 : 1);
    if (isTemplate) {
      this.push(TEMPLATE_START, start, inside);
      const quotes = quote | (isTriple ? TRIPLE : 0) | (isRaw ? RAW : 0);
      this.links[this.count - 1] = quotes;
      this.enter(quotes);
      return inside;
    }
    return isTriple ? this.tripleQuoted(start, inside, quote) : this.singleLine(start, inside, quote);
  }

  /** A string that ends on its line, or at its end if the quote is missing. */
  private singleLine(start: number, inside: number, quote: number): number {
    const { units, length } = this;
    let at = inside;
    let isPlain = true;
    for (;;) {
      const unit = units[at]!;
      if (unit === quote) break;
      if (unit === BACKSLASH) {
        isPlain = false;
        at += units[at + 1] === CARRIAGE_RETURN && units[at + 2] === LINE_FEED ? 3 : 2;
      } else if (unit === LINE_FEED || unit === CARRIAGE_RETURN || at >= length) {
        this.error(start);
        return this.pushString(start, Math.min(at, length), IS_UNCLOSED | (isPlain ? 0 : IS_ESCAPED));
      } else {
        at += 1;
      }
    }
    return this.pushString(start, at + 1, isPlain ? 0 : IS_ESCAPED);
  }

  private tripleQuoted(start: number, inside: number, quote: number): number {
    const { units, length } = this;
    let at = inside;
    let isPlain = true;
    for (;;) {
      const unit = units[at]!;
      if (unit === quote && units[at + 1] === quote && units[at + 2] === quote) {
        return this.pushString(start, at + 3, IS_TRIPLE | (isPlain ? 0 : IS_ESCAPED));
      }
      if (unit === BACKSLASH) {
        isPlain = false;
        at += 2;
      } else if (at >= length) {
        this.setNeverClosed(start, quote);
        return this.pushString(start, this.lineEnd(inside), IS_TRIPLE | IS_UNCLOSED | IS_ESCAPED);
      } else {
        if (unit === CARRIAGE_RETURN) isPlain = false;
        at += 1;
      }
    }
  }

  private pushString(start: number, end: number, properties: number): number {
    this.push(STRING, start, end);
    this.links[this.count - 1] = properties;
    return end;
  }

  /** The text of an f-string or of a format, up to the next brace or the closing quotes. */
  protected templateText(start: number): number {
    const { units, length } = this;
    const depth = this.open.length - 1;
    const quotes = this.quotes[depth]!;
    const quote = quotes & 0xff;
    const isTriple = (quotes & TRIPLE) !== 0;
    const isFormat = this.kinds[this.open[depth]!] === FIELD_FORMAT;
    let at = start;
    for (;;) {
      const unit = units[at]!;
      if (unit === quote && (!isTriple || (units[at + 1] === quote && units[at + 2] === quote))) {
        if (isFormat) this.error(at);
        return this.endTemplate(start, at, at + (isTriple ? 3 : 1));
      }
      if (unit === OPENING_BRACE) {
        if (isFormat || units[at + 1] !== OPENING_BRACE) {
          this.pushText(start, at);
          this.push(FIELD_OPEN, at, at + 1);
          this.enter();
          return at + 1;
        }
        at += 2;
      } else if (unit === CLOSING_BRACE) {
        if (isFormat) {
          this.pushText(start, at);
          this.leave();
          this.push(FIELD_CLOSE, at, at + 1);
          this.links[this.open[depth - 1]!] = this.count - 1;
          this.leave();
          return at + 1;
        }
        if (units[at + 1] !== CLOSING_BRACE) this.error(at);
        at += units[at + 1] === CLOSING_BRACE ? 2 : 1;
      } else if (unit === BACKSLASH) {
        at = this.afterBackslash(at + 1, (quotes & RAW) !== 0);
      } else if ((unit === LINE_FEED || unit === CARRIAGE_RETURN) && !isTriple) {
        this.error(this.starts[this.open[depth]!]!);
        return this.endTemplate(start, at, at);
      } else if (at >= length) {
        return this.unclosedTemplate(start, isTriple, quote);
      } else {
        at += 1;
      }
    }
  }

  /** @param at behind a backslash in an f-string; a brace there still begins a field, but for that of `\N{…}` */
  private afterBackslash(at: number, isRaw: boolean): number {
    const { units } = this;
    const unit = units[at]!;
    if (unit === OPENING_BRACE || unit === CLOSING_BRACE) return at;
    if (unit === CARRIAGE_RETURN && units[at + 1] === LINE_FEED) return at + 2;
    if (isRaw || unit !== 0x4e || units[at + 1] !== OPENING_BRACE) return at + 1;
    for (let end = at + 2; end < at + MAX_CHARACTER_NAME; end++) {
      if (units[end] === CLOSING_BRACE) return end + 1;
    }
    return at + 1;
  }

  /** Leaves the innermost f-string, with what is open in it. @param end of the closing quotes */
  private endTemplate(start: number, at: number, end: number): number {
    this.pushText(start, at);
    for (;;) {
      const opening = this.open[this.open.length - 1]!;
      this.leave();
      if (this.kinds[opening] === TEMPLATE_START) break;
      if (this.kinds[opening] !== FIELD_FORMAT) this.links[opening] = this.count;
    }
    this.push(TEMPLATE_END, at, end);
    return end;
  }

  private unclosedTemplate(start: number, isTriple: boolean, quote: number): number {
    let depth = this.open.length - 1;
    while (this.kinds[this.open[depth]!] !== TEMPLATE_START) depth -= 1;
    const opening = this.open[depth]!;
    if (!isTriple) {
      this.error(this.starts[opening]!);
      return this.endTemplate(start, this.length, this.length);
    }
    this.setNeverClosed(this.starts[opening]!, quote);
    const inside = this.ends[opening]!;
    const end = this.lineEnd(inside);
    while (this.open.length > depth + 1) this.leave();
    this.rewind(opening, inside, opening + 1);
    return this.endTemplate(inside, end, end);
  }

  private pushText(start: number, end: number): void {
    if (end > start) this.push(TEMPLATE_TEXT, start, end);
  }

  private lineEnd(from: number): number {
    let at = from;
    while (at < this.length && this.units[at] !== LINE_FEED && this.units[at] !== CARRIAGE_RETURN) at += 1;
    return at;
  }

  private isNeverClosed(quote: number): boolean {
    return quote === SINGLE_QUOTE ? this.neverClosed.single : this.neverClosed.double;
  }

  private setNeverClosed(start: number, quote: number): void {
    this.error(start);
    if (quote === SINGLE_QUOTE) this.neverClosed.single = true;
    else this.neverClosed.double = true;
  }
}
