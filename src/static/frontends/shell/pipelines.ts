import type { Expression, Statement } from '../../../model/program.ts';
import { AMPERSAND, BANG, isIn, METACHARACTERS, PIPE } from './characters.ts';
import { readCommand } from './commands.ts';
import { closerOf, wordAhead } from './keywords.ts';
import type { Reader } from './reader.ts';
import { append } from './script.ts';
import { pipeInto, shareable } from './streams.ts';

/** In a longer pipe, what has come so far stands under a name: nested, it would be as deep as it is long. */
const MAX_NESTED_STAGES = 32;

/** Reads commands joined by `|`: the output of each is the standard input of the next. @returns false when none stands there */
export function readPipeline(reader: Reader, out: Statement[]): boolean {
  const { script } = reader;
  const start = reader.at;
  const isNegated = readPrefixes(reader);
  return script.statement(out, () => {
    let since = script.calls.length;
    let stage: Statement[] = [];
    if (readCommand(reader, stage) === null) {
      // `!` and `time` may stand alone.
      return reader.at > start;
    }
    for (let count = 1; ; count++) {
      reader.skipBlanks();
      if (reader.peek() !== PIPE || reader.peek(1) === PIPE) break;
      const bar = reader.at;
      reader.at += reader.peek(1) === AMPERSAND ? 2 : 1;
      script.capture(since);
      let input = script.outputOf(stage, reader.span(start, bar));
      const next: Statement[] = [];
      if (count % MAX_NESTED_STAGES === 0) {
        const named: Statement[] = [];
        input = shareable(input, `pipe ${reader.place(bar)}`, null, named);
        append(script.hoisted, named);
      }
      reader.skipLines();
      since = script.calls.length;
      const read = closerOf(wordAhead(reader)) === 0 ? readCommand(reader, next) : null;
      if (read === null) {
        reader.fault(bar, 'nothing behind |');
        break;
      }
      stage = [];
      pipeInto(script, since, read.call, input, stage);
      append(stage, next);
    }
    if (isNegated) {
      const span = reader.span(start);
      const operand = script.outputOf(stage, span);
      const expression: Expression = { kind: 'unary', operator: '!', operand, span };
      out.push({ kind: 'expression', expression, span });
    } else {
      append(out, stage);
    }
    return true;
  });
}

/** Skips `!` and `time`. @returns true when the result is negated */
function readPrefixes(reader: Reader): boolean {
  let isNegated = false;
  for (;;) {
    if (reader.peek() === BANG && (reader.peek(1) < 0 || isIn(METACHARACTERS, reader.peek(1)))) {
      reader.at += 1;
      isNegated = !isNegated;
    } else if (reader.startsWith('time') && wordAhead(reader) === 'time') {
      reader.at += 4;
      reader.skipBlanks();
      if (reader.startsWith('-p ')) reader.at += 2;
      else if (reader.startsWith('-- ')) reader.at += 2;
    } else {
      return isNegated;
    }
    reader.skipBlanks();
  }
}
