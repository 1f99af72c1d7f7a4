/** One word of a command, quotes gone. */
interface CommandWord {
  readonly text: string;
  readonly line: number;
  /** True when any of it stood in quotes: then no sign in it is the shell's. */
  readonly isQuoted: boolean;
}

/** One simple command. */
export interface SimpleCommand {
  readonly words: readonly CommandWord[];
  /** True when its output goes into the next command. */
  readonly isPiped: boolean;
}

/** Words of one command, and commands of one text, that are looked at. */
const MAX_WORDS = 2_000;

/** A continuation, a separator, a quoted piece, an escaped sign, or plain signs; white space ends a word. */
const PIECE =
  /\\\r?\n|\r?\n|[^\S\n]+|\|\||&&|[;|&()]|'[^']*'|"(?:[^"\\]|\\[^])*"|`|\\[^]|(?:[^\s\\'"`;|&()]|(?<=\S)[()](?=\S))+|[^]/y;

/**
 * Takes shell text apart into commands and words: enough to see what an install command names. Substitutions and redirections are left in place
 * as words; whoever reads the words drops them.
 * @param firstLine the line of the file on which the text starts
 */
export function commandsOf(text: string, firstLine: number): SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: CommandWord[] = [];
  let word: { text: string; line: number; isQuoted: boolean } | null = null;
  let line = firstLine;
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length && commands.length < MAX_WORDS) {
    const piece = PIECE.exec(text)?.[0] ?? '';
    const quote = /^['"]/.test(piece) && piece.length > 1;
    if (/^\\\r?\n$/.test(piece)) {
      line += 1;
    } else if (/^(?:\r?\n|[;|&()`]|\|\||&&)$/.test(piece)) {
      endCommand(piece === '|');
      if (piece.includes('\n')) line += 1;
    } else if (/^\s/.test(piece)) {
      endWord();
    } else {
      word ??= { text: '', line, isQuoted: false };
      word.isQuoted ||= quote;
      word.text += quote ? piece.slice(1, -1) : piece.startsWith('\\') ? piece.slice(1) : piece;
      line += piece.split('\n').length - 1;
    }
  }
  endCommand(false);
  return commands;

  function endWord(): void {
    // A `#` at the start of a word starts a comment; what follows up to the line's end is no part of the command.
    if (word?.text.startsWith('#') === true && !word.isQuoted) {
      const end = text.indexOf('\n', PIECE.lastIndex);
      PIECE.lastIndex = end === -1 ? text.length : end;
    } else if (word !== null && words.length < MAX_WORDS) words.push(word);
    word = null;
  }

  function endCommand(isPiped: boolean): void {
    endWord();
    if (words.length > 0) commands.push({ words, isPiped });
    words = [];
  }
}
