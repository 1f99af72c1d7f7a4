import type { Expression, Span } from '../../../../model/program.ts';
import { decodeEscapes } from '../escapes.ts';
import { isDigit } from '../lexer/characters.ts';
import { IS_ESCAPED, IS_TRIPLE, IS_UNCLOSED, RAW } from '../lexer/strings.ts';
import {
  FIELD_CLOSE,
  FIELD_CONVERSION,
  FIELD_FORMAT,
  FIELD_OPEN,
  EQUALS,
  STRING,
  TEMPLATE_END,
  TEMPLATE_START,
  TEMPLATE_TEXT,
} from '../tokens.ts';
import { Cursor } from './cursor.ts';
import { EXPRESSION_START } from './kinds.ts';

const PLAIN = { raw: false, bytes: false, format: false };

/** So many digits always fit a number exactly. */
const SAFE_DIGITS = 15;

/** Numbers, strings, and f-strings with what is inside them. */
export abstract class LiteralParser extends Cursor {
  /** One expression or several with commas between. */
  protected abstract expressions(): Expression;
  protected abstract namedExpression(): Expression;

  protected number(): Expression {
    const token = this.at;
    const { units } = this.lexer;
    const start = this.starts[token]!;
    const end = this.ends[token]!;
    const span: Span = { start, end };
    this.at = token + 1;
    this.height = 1;
    if (end - start <= SAFE_DIGITS && (units[start] !== 48 || end - start === 1)) {
      let value = 0;
      let at = start;
      while (at < end && isDigit(units[at]!)) {
        value = value * 10 + (units[at]! - 48);
        at += 1;
      }
      if (at === end) return { kind: 'literal', value, span };
    }
    const value = numberOf(this.text.slice(start, end));
    // What a number cannot hold exactly, and imaginary numbers, must not fold to something else.
    return value === null ? { kind: 'other', children: [], span } : { kind: 'literal', value, span };
  }

  /** All strings that stand side by side: they are one. */
  protected strings(): Expression {
    const token = this.at;
    const next = this.kinds[token + 1];
    if (this.kinds[token] === STRING && next !== STRING && next !== TEMPLATE_START) {
      this.at = token + 1;
      this.height = 1;
      return stringLiteral(this.stringValue(token), this.isBytes(token), this.tokenSpan(token));
    }
    return this.joinedStrings();
  }

  private joinedStrings(): Expression {
    const start = this.starts[this.at]!;
    const parts: Expression[] = [];
    let value = '';
    let isBytes = false;
    let isTemplate = false;
    let height = 0;
    for (;;) {
      const token = this.at;
      if (this.kinds[token] === STRING) {
        const text = this.stringValue(token);
        isBytes ||= this.isBytes(token);
        value += text;
        if (text !== '') parts.push({ kind: 'literal', value: text, span: this.contentSpan(token) });
        this.at = token + 1;
      } else if (this.kinds[token] === TEMPLATE_START) {
        const before = parts.length;
        const hasFields = this.template(parts);
        isTemplate ||= hasFields;
        height = Math.max(height, this.height);
        if (!hasFields && parts.length > before)
          value += String((parts[before] as { value?: unknown }).value);
      } else {
        break;
      }
    }
    const span = this.spanFrom(start);
    this.height = height + 1;
    return isTemplate ? { kind: 'template', parts, span } : stringLiteral(value, isBytes, span);
  }

  /** Reads one f-string. @returns whether there are expressions in it */
  private template(parts: Expression[]): boolean {
    const options = { raw: (this.links[this.at]! & RAW) !== 0, bytes: false, format: true };
    let hasFields = false;
    let height = 0;
    this.at += 1;
    for (;;) {
      const kind = this.kinds[this.at];
      if (kind === TEMPLATE_TEXT) {
        const span = this.tokenSpan(this.at);
        parts.push({
          kind: 'literal',
          value: decodeEscapes(this.text.slice(span.start, span.end), options),
          span,
        });
        this.at += 1;
      } else if (kind === FIELD_OPEN) {
        hasFields = true;
        parts.push(this.field());
        height = Math.max(height, this.height);
      } else {
        break;
      }
    }
    this.expect(TEMPLATE_END);
    this.height = height;
    return hasFields;
  }

  /** `{value!r:>{width}}`: the value, and beside it what the format needs. */
  private field(): Expression {
    const start = this.starts[this.at]!;
    const close = this.links[this.at]!;
    const around = this.limit;
    this.at += 1;
    this.limit = close;
    const found: Expression[] = [];
    let height = 0;
    if (!this.descend()) {
      found.push(this.defer());
    } else {
      if (this.kinds[this.at] === FIELD_CLOSE) this.error();
      else found.push(this.expressions());
      height = this.height;
      this.accept(EQUALS);
      this.accept(FIELD_CONVERSION);
      if (this.accept(FIELD_FORMAT)) {
        while (this.kinds[this.at] === TEMPLATE_TEXT || this.kinds[this.at] === FIELD_OPEN) {
          if (this.accept(TEMPLATE_TEXT)) continue;
          found.push(this.field());
          height = Math.max(height, this.height);
        }
      }
      height = Math.max(height, this.rest(close, found));
      this.ascend();
    }
    this.expect(FIELD_CLOSE);
    this.limit = around;
    this.height = height;
    if (found.length === 1) return found[0]!;
    this.height = height + 1;
    const field: Expression = { kind: 'other', children: found, span: this.spanFrom(start) };
    return this.isTooHigh(this.height) ? this.cut(field) : field;
  }

  /**
   * What is left inside brackets behind what belongs there: an error, but nothing in it may be lost.
   * @returns the greatest height
   */
  protected rest(close: number, found: Expression[]): number {
    let height = 0;
    while (this.at < close) {
      this.error();
      if (EXPRESSION_START[this.kinds[this.at]!] === 1) {
        found.push(this.namedExpression());
        height = Math.max(height, this.height);
      } else {
        this.at += 1;
      }
    }
    return height;
  }

  private isBytes(token: number): boolean {
    const { units } = this.lexer;
    const start = this.starts[token]!;
    return (
      (units[start]! | 0x20) === 0x62 ||
      ((units[start]! | 0x20) === 0x72 && (units[start + 1]! | 0x20) === 0x62)
    );
  }

  private contentSpan(token: number): Span {
    const { units } = this.lexer;
    let start = this.starts[token]!;
    while (units[start] !== 34 && units[start] !== 39) start += 1;
    const quotes = (this.links[token]! & IS_TRIPLE) === 0 ? 1 : 3;
    const end = this.ends[token]! - ((this.links[token]! & IS_UNCLOSED) === 0 ? quotes : 0);
    return { start: Math.min(start + quotes, end), end };
  }

  private stringValue(token: number): string {
    const { start, end } = this.contentSpan(token);
    const inside = this.text.slice(start, end);
    if ((this.links[token]! & IS_ESCAPED) === 0) return inside;
    const prefix = this.text.slice(this.starts[token], start).toLowerCase();
    if (prefix.charCodeAt(0) < 0x60) return decodeEscapes(inside, PLAIN);
    return decodeEscapes(inside, { raw: prefix.includes('r'), bytes: prefix.includes('b'), format: false });
  }
}

function stringLiteral(value: string, isBytes: boolean, span: Span): Expression {
  return isBytes ? { kind: 'literal', value, span, bytes: true } : { kind: 'literal', value, span };
}

/** The value of a number literal; null when a number cannot hold it exactly. */
function numberOf(literal: string): number | null {
  if (/^(?:0[xob]|[\d_]+l?$)/i.test(literal)) {
    const digits = literal.replace(/[_lL]/g, '');
    // Python 2 writes octal numbers with a leading zero only.
    const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
    return Number.isSafeInteger(value) ? value : null;
  }
  const value = Number(literal.replaceAll('_', ''));
  return Number.isFinite(value) ? value : null;
}
