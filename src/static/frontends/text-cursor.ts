import type { Span } from '../../model/program.ts';

/** A place in a text that is read by hand, and what every reader notes of it. */
export class TextCursor {
  readonly text: string;
  readonly comments: Span[] = [];
  at = 0;
  /** The text, or the part of it that is read, ends here. */
  end: number;
  /** Where something was stepped over that is not of the language; -1: nowhere. */
  problemAt = -1;

  constructor(text: string) {
    this.text = text;
    this.end = text.length;
  }

  /** True behind the last character. */
  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** The character at the place, or some places on; empty behind the end. */
  peek(ahead = 0): string {
    return this.at + ahead < this.end ? (this.text[this.at + ahead] ?? '') : '';
  }

  /** True when a mark stands here. */
  startsWith(mark: string): boolean {
    return this.text.startsWith(mark, this.at) && this.at + mark.length <= this.end;
  }

  /** Steps over a mark when it stands here. */
  take(mark: string): boolean {
    if (!this.startsWith(mark)) return false;
    this.at += mark.length;
    return true;
  }

  /** What a sticky pattern matches here, stepped over; null when it does not. */
  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found === null || this.at + found.length > this.end) return null;
    this.at += found.length;
    return found;
  }

  /** The same without stepping. */
  sees(pattern: RegExp): boolean {
    if (this.isAtEnd) return false;
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  /** Something here is not of the language. */
  trouble(): void {
    if (this.problemAt < 0) this.problemAt = this.at;
  }

  /** From a place to here. */
  spanFrom(start: number): Span {
    return { start, end: this.at };
  }

  /** Steps over a comment that begins here. @param end where it ends */
  protected stepOverComment(end: number): void {
    // A reader that went back comes by the same comment again.
    if (this.at >= (this.comments.at(-1)?.end ?? 0)) this.comments.push({ start: this.at, end });
    this.at = end;
  }
}
