import type { ArgumentNode, Expression, Span } from '../../../model/program.ts';
import { characterSet } from './characters.ts';
import type { Reader } from './reader.ts';

/** Words that open a construct, and what closes it. */
const OPENERS: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['if', 'fi'],
  ['case', 'esac'],
  ['for', 'done'],
  ['while', 'done'],
  ['until', 'done'],
  ['select', 'done'],
]);

/** Words behind which a command begins. */
const BEFORE_COMMANDS: ReadonlySet<string> = new Set([
  'then',
  'else',
  'elif',
  'do',
  '!',
  'time',
  'function',
  'coproc',
]);

const WORD_ENDS = characterSet(' \t\r\n;&|<>(){}[]"\'`$\\');

/** A construct that is open, with the command around it. */
interface Open {
  readonly closer: string;
  readonly command: Command;
}

/** A command as far as it was seen. */
interface Command {
  readonly start: number;
  callee: Expression | null;
  readonly args: ArgumentNode[];
  /** Start of the word that is being put together; -1 between words. */
  wordStart: number;
  word: string;
  isPlain: boolean;
  /** It is the inside of an expansion: no command. */
  readonly isText: boolean;
}

/**
 * Stands in for a construct below the depth limit: every command in it, side by side, with those of its words that are constant. Linear,
 * and free of recursion; the reader is behind the construct afterwards.
 */
export function readFlat(reader: Reader, closers: readonly string[]): Expression {
  return new FlatReading(reader, closers).read();
}

class FlatReading {
  private readonly reader: Reader;
  private readonly open: Open[] = [];
  private readonly found: Expression[] = [];
  private command: Command;
  /** The construct that is to be stepped over has begun. */
  private isBegun: boolean;

  constructor(reader: Reader, closers: readonly string[]) {
    this.reader = reader;
    this.command = this.newCommand(false);
    for (const closer of closers) this.push(closer, closer === '}');
    this.isBegun = closers.length > 0;
  }

  read(): Expression {
    const { reader } = this;
    const start = reader.at;
    while (reader.at < reader.end) {
      const before = reader.at;
      this.step();
      if (reader.at === before) reader.at += 1;
      if (this.open.length === 0 && this.isBegun) break;
    }
    this.endCommand();
    while (this.open.length > 0) this.pop();
    this.endCommand();
    return { kind: 'other', children: this.found, span: reader.span(start) };
  }

  private step(): void {
    const { reader } = this;
    const top = this.open.at(-1)?.closer;
    const character = reader.text[reader.at]!;
    if (character === '\\') {
      this.add(reader.text[reader.at + 1] ?? '', 2);
    } else if (character === top) {
      reader.at += 1;
      this.pop();
    } else if (top === '"') {
      this.stepInQuotes(character);
    } else {
      this.stepOutside(character);
    }
  }

  private stepInQuotes(character: string): void {
    const { reader } = this;
    if (character === '$' || character === '`') {
      this.expansion(character);
      return;
    }
    let at = reader.at + 1;
    while (at < reader.end && !'"\\$`'.includes(reader.text[at]!)) at += 1;
    this.add(reader.text.slice(reader.at, at), at - reader.at);
  }

  private stepOutside(character: string): void {
    const { reader } = this;
    switch (character) {
      case "'": {
        const close = reader.text.indexOf("'", reader.at + 1);
        const end = close < 0 || close >= reader.end ? reader.at : close;
        this.add(reader.text.slice(reader.at + 1, end), end + 1 - reader.at);
        return;
      }
      case '"':
        this.opening('"', 1);
        return;
      case '$':
      case '`':
        this.expansion(character);
        return;
      case '(':
        this.opening(')', 1);
        return;
      case ' ':
      case '\t':
      case '\r':
      case '<':
      case '>':
        this.endWord();
        reader.at += 1;
        return;
      case '\n':
      case ';':
      case '&':
      case '|':
      case ')':
        this.endCommand();
        reader.at += 1;
        // A command without parts ends here.
        this.isBegun = true;
        return;
    }
    let at = reader.at + 1;
    while (at < reader.end && WORD_ENDS[reader.text.charCodeAt(at)] !== 1) at += 1;
    this.add(reader.text.slice(reader.at, at), at - reader.at);
  }

  private expansion(character: string): void {
    const next = this.reader.text[this.reader.at + 1];
    if (character === '`') this.opening('`', 1);
    else if (next === '(') this.opening(')', 2);
    else if (next === '{') this.opening('}', 2, true);
    else {
      this.add('', 1);
      this.command.isPlain = false;
    }
  }

  private opening(closer: string, length: number, isText = false): void {
    this.add('', 0);
    // What is quoted is text all the same.
    if (closer !== '"') this.command.isPlain = false;
    this.reader.at += length;
    this.push(closer, isText);
  }

  private push(closer: string, isText: boolean): void {
    this.open.push({ closer, command: this.command });
    this.isBegun = true;
    if (closer !== '"') this.command = this.newCommand(isText);
  }

  private pop(): void {
    const top = this.open.pop();
    if (top === undefined || top.closer === '"') return;
    this.endCommand();
    this.command = top.command;
  }

  private newCommand(isText: boolean): Command {
    const start = this.reader.at;
    return { start, callee: null, args: [], wordStart: -1, word: '', isPlain: true, isText };
  }

  private add(text: string, length: number): void {
    const { command, reader } = this;
    if (command.wordStart < 0) command.wordStart = reader.at;
    command.word += text;
    reader.at = Math.min(reader.end, reader.at + length);
  }

  private endWord(): void {
    const { command, reader } = this;
    if (command.wordStart < 0) return;
    const span = reader.span(command.wordStart);
    const { word, isPlain } = command;
    command.wordStart = -1;
    command.word = '';
    command.isPlain = true;
    if (command.callee === null && this.isReserved(word)) return;
    const value: Expression = isPlain
      ? { kind: 'literal', value: word, span }
      : { kind: 'other', children: [], span };
    if (command.callee === null) command.callee = isPlain ? { kind: 'name', name: word, span } : value;
    else command.args.push({ name: null, value });
  }

  /** Opens and closes what reserved words open and close. */
  private isReserved(word: string): boolean {
    const closer = OPENERS.get(word);
    if (closer !== undefined) {
      this.push(closer, false);
      return true;
    }
    if (this.open.at(-1)?.closer === word) {
      this.pop();
      return true;
    }
    return BEFORE_COMMANDS.has(word);
  }

  private endCommand(): void {
    this.endWord();
    const { command } = this;
    if (command.callee !== null && !command.isText) {
      const span: Span = this.reader.span(command.start);
      this.found.push({ kind: 'call', callee: command.callee, args: command.args, span });
    }
    this.command = this.newCommand(command.isText);
  }
}
