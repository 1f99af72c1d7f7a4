import type {
  ArgumentNode,
  Expression,
  Frontend,
  ParsedText,
  Span,
  Statement,
} from '../../../model/program.ts';
import { unparsed } from '../unparsed.ts';
import { logicalLines, type LogicalLine } from './lines.ts';
import { Words } from './words.ts';

/** Deeper blocks and conditions are not parsed. */
const MAX_DEPTH = 100;
/** Longer texts are not parsed (UTF-16 units). */
const MAX_LENGTH = 4 * 1024 * 1024;

class TooDeep extends Error {}

function block(bodies: readonly (readonly Statement[])[], span: Span): Statement {
  return { kind: 'block', bodies, span };
}

/** A command with its words; null for none. */
function commandOf(name: Expression | null, args: readonly ArgumentNode[], span: Span): Expression | null {
  return name === null ? null : { kind: 'call', callee: name, args, span };
}

/** Reads the commands of a text one after another, as `cmd.exe` does. */
class BatchParser {
  readonly #lines: readonly LogicalLine[];
  readonly comments: Span[] = [];
  #next = 0;
  #words = new Words({ text: '', offsets: [0] });

  constructor(text: string) {
    this.#lines = logicalLines(text);
  }

  program(): Statement[] {
    const body: Statement[] = [];
    while (this.#advance()) body.push(...this.#line(0));
    return body;
  }

  #advance(): boolean {
    const line = this.#lines[this.#next++];
    if (line === undefined) return false;
    this.#words = new Words(line);
    return true;
  }

  /** All commands of the rest of a line. */
  #line(depth: number): Statement[] {
    const body: Statement[] = [];
    while (!this.#words.isAtEnd) {
      const before = this.#words.at;
      body.push(...this.#command(depth));
      this.#words.match(/[ \t]*(?:&&?|\|\||\))/y);
      if (this.#words.at === before) this.#words.at++;
    }
    return body;
  }

  /** `( … )` over any number of lines, or one command. */
  #body(depth: number): Statement[] {
    if (depth > MAX_DEPTH) throw new TooDeep();
    this.#words.match(/[ \t]+/y);
    if (this.#words.match(/\(/y) === null) return this.#command(depth + 1);
    const body: Statement[] = [];
    for (;;) {
      if (this.#words.match(/[ \t]*\)/y) !== null) return body;
      if (this.#words.isAtEnd) {
        if (!this.#advance()) return body;
        continue;
      }
      const before = this.#words.at;
      body.push(...this.#command(depth + 1));
      this.#words.match(/[ \t]*(?:&&?|\|\|)/y);
      if (this.#words.at === before && !this.#words.sees(/[ \t]*\)/y)) this.#words.at++;
    }
  }

  #command(depth: number): Statement[] {
    const words = this.#words;
    words.match(/[ \t@,;=]+/y);
    const start = words.offset;
    if (words.sees(/rem(?=[\s]|$)|::|:/iy)) {
      this.comments.push({ start, end: words.lineEnd });
      words.at = words.length;
      return [];
    }
    if (words.sees(/\(/y)) {
      const body = this.#body(depth);
      return [block([body], this.#words.spanFrom(start))];
    }
    const keyword = words.match(/(?:if|for|else|set|call)(?=[\s(/]|$)/iy)?.toLowerCase();
    switch (keyword) {
      case 'if':
        return this.#condition(depth, start);
      case 'for':
        return this.#loop(depth, start);
      case 'else':
        return this.#body(depth);
      case 'set':
        return this.#assignment(start);
      default: {
        // `call` runs what it is given.
        const value = this.#pipeline();
        return value === null ? [] : [{ kind: 'expression', expression: value, span: value.span }];
      }
    }
  }

  #condition(depth: number, start: number): Statement[] {
    const words = this.#words;
    words.match(/(?:[ \t]*\/i|[ \t]+not)+(?=\s)/iy);
    const test = words.test();
    const span = words.spanFrom(start);
    const branches = [this.#body(depth)];
    // A body may have ended on a later line.
    if (this.#words.match(/[ \t]*else(?=[\s(])/iy) !== null) branches.push(this.#body(depth));
    return [{ kind: 'branch', test: { ...test, span }, branches, span: this.#words.spanFrom(start) }];
  }

  /** `for /f "…" %%i in (…) do …`: what stands in the brackets is a list, a file or a command. */
  #loop(depth: number, start: number): Statement[] {
    const words = this.#words;
    // One way only to read each word: as an option, or as what belongs to one.
    const head = words.match(
      /[ \t]*(?:\/[a-z](?:[ \t]+(?:"[^"]{0,500}"|[^\s%(/"][^\s%(]{0,499}|\/[a-z]{2}[^\s%(]{0,498}))?[ \t]*)*%%?([A-Za-z?#@])[ \t]+in[ \t]*\(/iy,
    );
    const binding = /%%?([A-Za-z?#@])[ \t]+in/i.exec(head ?? '')?.[1];
    if (head === null || binding === undefined) return [];
    const from = words.at;
    const close = words.indexOf(')');
    const command = /\/f/i.test(head) ? words.match(/[ \t]*['`]/y) : null;
    let iterable: Expression | null;
    if (command === null)
      iterable = { kind: 'list', elements: words.until(close), span: words.spanFrom(start) };
    else iterable = this.#pipeline();
    if (words.at <= from || words.at < close) words.at = Math.max(from, close);
    words.match(/[ \t]*['`]?[ \t]*\)/y);
    words.match(/[ \t]*do(?=[\s(])/iy);
    const target: Expression = { kind: 'name', name: `%${binding}`, span: words.spanFrom(start) };
    const body = this.#body(depth);
    return [{ kind: 'loop', binding: target, iterable, body, span: this.#words.spanFrom(start) }];
  }

  /** `set X=…`, `set "X=…"`, `set /p X=`. */
  #assignment(start: number): Statement[] {
    const words = this.#words;
    const isQuoted = words.match(/[ \t]*(?:\/[ap])?[ \t]*"?/iy)?.endsWith('"') === true;
    const name = words.match(/[^\s=&|"<>%!]{1,200}(?=[ \t]*=)/y);
    if (name === null) {
      words.at = words.length;
      return [];
    }
    words.match(/[ \t]*=/y);
    const value = words.assigned(isQuoted);
    const span = words.spanFrom(start);
    return [
      {
        kind: 'assign',
        target: { kind: 'name', name: name.toUpperCase(), span },
        value,
        operator: '=',
        span,
      },
    ];
  }

  /** Commands with `|` between them. */
  #pipeline(): Expression | null {
    const words = this.#words;
    let value = this.#simple(null);
    while (words.match(/[ \t]*\|(?!\|)/y) !== null) value = this.#simple(value) ?? value;
    return value;
  }

  #simple(input: Expression | null): Expression | null {
    const words = this.#words;
    const start = words.offset;
    const { name, args } = words.command();
    const piped = input === null ? args : [...args, { name: 'stdin', value: input }];
    return commandOf(name, piped, words.spanFrom(start));
  }
}

function parseBatch(text: string): ParsedText {
  if (text.length > MAX_LENGTH) return unparsed(`longer than ${String(MAX_LENGTH)} characters`);
  const parser = new BatchParser(text);
  try {
    const body = parser.program();
    const program = { language: 'batch', body, comments: parser.comments } as const;
    return { program, fragments: [], sentences: [], settings: [], status: 'complete', problem: null };
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError) return unparsed('nests too deep to parse');
    return unparsed(`the parser failed: ${error instanceof Error ? error.name : 'unknown error'}`);
  }
}

/** Makes the frontend for batch files of Windows ready: commands, variables, conditions, loops and pipes as those of a shell. */
export function createBatchFrontend(): Promise<Frontend> {
  return Promise.resolve({ languages: ['batch'], parse: (text) => parseBatch(text) });
}
