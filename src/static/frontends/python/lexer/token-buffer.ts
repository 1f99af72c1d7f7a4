import type { Span } from '../../../../model/program.ts';
import { Identifiers } from './identifiers.ts';

/** Zeros behind the text, for what looks ahead. */
const SENTINELS = 4;

/** Buffers larger than this are not kept for the next text. */
const MAX_KEPT = 1 << 20;
const INITIAL_CAPACITY = 1 << 12;

/**
 * The tokens of a text, column by column, and what the lexer knows while it fills them. Columns are kept from one text to the next: a
 * token is an index, and costs no allocation.
 */
export class TokenBuffer {
  text = '';
  /** The text's UTF-16 units with zeros behind them; reading a typed array is several times faster than reading a string. */
  units: Uint16Array = new Uint16Array(1);
  length = 0;
  /** Number of tokens. */
  count = 0;
  kinds = new Uint8Array(INITIAL_CAPACITY);
  /** UTF-16 offsets. Line ends and indentation have no extent: they end where the last token before them does. */
  starts = new Int32Array(INITIAL_CAPACITY);
  ends = new Int32Array(INITIAL_CAPACITY);
  /**
   * By kind: the number of the name; for opening brackets and fields the token that ends what is inside (the closing one, or where the
   * text goes on after one that is never closed); for strings 1 when there is something to decode; for f-strings their quotes.
   */
  links = new Int32Array(INITIAL_CAPACITY);
  comments: Span[] = [];
  /** Offset of the first thing that is not Python; -1 when there is none. */
  firstError = -1;
  readonly identifiers = new Identifiers();
  private buffer = Buffer.alloc(0);

  /** Forgets the last text. */
  protected load(text: string): void {
    const bytes = (text.length + SENTINELS) * 2;
    if (this.buffer.length < bytes || this.buffer.length > MAX_KEPT * 8) {
      this.buffer = Buffer.allocUnsafeSlow(Math.max(bytes, 1 << 16));
      this.units = new Uint16Array(this.buffer.buffer, 0, this.buffer.length >> 1);
    }
    if (this.kinds.length > MAX_KEPT) this.resize(INITIAL_CAPACITY, 0);
    this.buffer.write(text, 'utf16le');
    this.units.fill(0, text.length, text.length + SENTINELS);
    this.text = text;
    this.length = text.length;
    this.count = 0;
    this.comments = [];
    this.firstError = -1;
    this.identifiers.trim();
  }

  protected push(kind: number, start: number, end: number): void {
    const { count } = this;
    if (count === this.kinds.length) this.resize(count * 2, count);
    this.kinds[count] = kind;
    this.starts[count] = start;
    this.ends[count] = end;
    this.links[count] = 0;
    this.count = count + 1;
  }

  /** Line ends and indentation: where they stand, but ending with the token before them. */
  protected pushLayout(kind: number, at: number): void {
    const end = this.count === 0 ? at : this.ends[this.count - 1]!;
    this.push(kind, at, end);
  }

  /** Remembers the first one. */
  error(offset: number): void {
    if (this.firstError < 0 || offset < this.firstError) this.firstError = offset;
  }

  private resize(capacity: number, kept: number): void {
    const grown = <A extends Uint8Array | Int32Array>(larger: A, old: A): A => {
      larger.set(old.subarray(0, kept));
      return larger;
    };
    this.kinds = grown(new Uint8Array(capacity), this.kinds);
    this.starts = grown(new Int32Array(capacity), this.starts);
    this.ends = grown(new Int32Array(capacity), this.ends);
    this.links = grown(new Int32Array(capacity), this.links);
  }
}
