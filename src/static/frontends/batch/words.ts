import type { ArgumentNode, Expression, Span } from '../../../model/program.ts';
import { placeOfVariable } from '../windows-places.ts';
import type { LogicalLine } from './lines.ts';

/** What a variable of the system stands for; null for any other. */
function systemValue(name: string): string | null {
  return name === 'COMSPEC' ? 'cmd' : placeOfVariable(name);
}

/** `%NAME%`, `!NAME!`, `%1`, `%~dp0`, `%%i`, each with what `:` cuts out of it. */
const VARIABLE =
  /%%?~?[A-Za-z]?[a-z]{0,4}\d|%%~?[a-z]{0,5}[A-Za-z]|%\*|[%!]([A-Za-z_][\w().-]{0,80})(?::[^%!\r\n]{0,80})?[%!]/y;

function literal(value: string, span: Span): Expression {
  return { kind: 'literal', value, span };
}

/** The words of one line. */
export class Words {
  readonly #line: LogicalLine;
  at = 0;

  constructor(line: LogicalLine) {
    this.#line = line;
  }

  get length(): number {
    return this.#line.text.length;
  }

  get isAtEnd(): boolean {
    return /^[ \t]*$/.test(this.#line.text.slice(this.at, this.at + 400)) && this.at + 400 >= this.length;
  }

  /** The place's offset in the file. */
  get offset(): number {
    return this.#line.offsets[Math.min(this.at, this.length)] ?? 0;
  }

  get lineEnd(): number {
    return this.#line.offsets[this.length] ?? 0;
  }

  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#line.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.#line.text);
  }

  /** Where a mark stands next; the line's end when it does not. */
  indexOf(mark: string): number {
    const found = this.#line.text.indexOf(mark, this.at);
    return found === -1 ? this.length : found;
  }

  spanFrom(start: number): Span {
    return { start, end: Math.max(start, this.offset) };
  }

  /** Text with variables in it, up to what ends it. @param keepsQuotes quotation marks are part of it */
  #text(end: RegExp, keepsQuotes: boolean): Expression {
    const start = this.offset;
    const parts: Expression[] = [];
    let plain = '';
    let isQuoted = false;
    while (this.at < this.length) {
      const character = this.#line.text[this.at]!;
      if (!isQuoted && end.test(character)) break;
      if (character === '"') {
        isQuoted = !isQuoted;
        if (keepsQuotes) plain += character;
        this.at++;
      } else if (character === '^' && !isQuoted) {
        plain += this.#line.text[this.at + 1] ?? '';
        this.at += 2;
      } else if ((character === '%' || character === '!') && this.sees(VARIABLE)) {
        const from = this.offset;
        const written = this.match(VARIABLE) ?? '';
        const name = /^[%!]([A-Za-z_][\w().-]*)/.exec(written)?.[1]?.toUpperCase();
        const place = name === undefined || written.includes(':') ? null : systemValue(name);
        if (place !== null) plain += place;
        else {
          if (plain !== '') parts.push(literal(plain, this.spanFrom(start)));
          plain = '';
          const isLoop = /^%%/.test(written);
          const known = isLoop ? `%${written.at(-1)!}` : (name ?? written.replace(/^%+/, ''));
          parts.push({ kind: 'name', name: known, span: this.spanFrom(from) });
        }
      } else {
        plain += character;
        this.at++;
      }
    }
    if (plain !== '' || parts.length === 0) parts.push(literal(plain, this.spanFrom(start)));
    const [only] = parts;
    return parts.length === 1 && only !== undefined
      ? only
      : { kind: 'template', parts, span: this.spanFrom(start) };
  }

  /** What is assigned to a variable: all of the command, or up to the closing mark. @param isQuoted a mark stands before the name */
  assigned(isQuoted: boolean): Expression {
    const value = this.#text(isQuoted ? /"/ : /[&|]/, false);
    this.match(/"/y);
    return value.kind === 'literal' && typeof value.value === 'string'
      ? { ...value, value: value.value.replace(/[ \t]+$/, '') }
      : value;
  }

  /** Words up to a place of the line. */
  until(end: number): Expression[] {
    const found: Expression[] = [];
    while (this.at < end) {
      this.match(/[ \t,;]+/y);
      if (this.at >= end) break;
      const before = this.at;
      found.push(this.#text(/[ \t,;)]/, false));
      if (this.at === before) this.at++;
    }
    return found;
  }

  /** The words of a condition: `exist FILE`, `defined X`, `errorlevel 1`, `A==B`, `A equ B`. */
  test(): Expression {
    const start = this.offset;
    this.match(/[ \t]+/y);
    const isOne = this.match(/(?:exist|defined|errorlevel|cmdextversion)[ \t]+/iy) !== null;
    const children = [this.#text(/[ \t=(]/, false)];
    const operator = isOne ? null : this.match(/[ \t]*(?:==|equ|neq|lss|leq|gtr|geq)[ \t]*/iy);
    if (operator !== null) children.push(this.#text(/[ \t(]/, false));
    return { kind: 'other', children, span: this.spanFrom(start) };
  }

  /** A command's name and words, with redirections; up to what ends it. */
  command(): { readonly name: Expression | null; readonly args: readonly ArgumentNode[] } {
    const args: ArgumentNode[] = [];
    let name: Expression | null = null;
    for (let turn = 0; turn < 100_000 && this.at < this.length; turn++) {
      this.match(/[ \t@]+/y);
      if (this.at >= this.length || this.sees(/[&|)]/y)) break;
      if (this.match(/\d?>&\d/y) !== null) continue;
      const redirection = this.match(/\d?(?:>>?|<)[ \t]*/y)?.trim();
      const before = this.at;
      const word = this.#text(/[ \t&|<>)]/, false);
      if (this.at === before) this.at++;
      if (redirection !== undefined) {
        const to = redirection.startsWith('2')
          ? 'stderr'
          : redirection.endsWith('>>')
            ? 'stdout-append'
            : redirection.endsWith('<')
              ? 'stdin'
              : 'stdout';
        args.push({ name: to, value: word });
      } else if (name === null) name = named(word);
      else if (!(word.kind === 'literal' && word.value === '')) args.push({ name: null, value: word });
    }
    return { name, args };
  }
}

/** A command by its bare name, in lower case where it is a program of Windows. */
function named(word: Expression): Expression {
  if (word.kind !== 'literal' || typeof word.value !== 'string') return word;
  const bare = word.value.replaceAll('\\', '/').replace(/^.*\/(?=[^/]+\.exe$)/i, '');
  const name = /\.exe$/i.test(bare)
    ? bare.slice(0, -4).toLowerCase()
    : /^[A-Za-z]+$/.test(bare)
      ? bare.toLowerCase()
      : bare;
  const known = name === 'type' ? 'cat' : name;
  return known === '' ? word : { kind: 'name', name: known, span: word.span };
}
