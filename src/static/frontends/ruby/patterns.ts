import type { Expression } from '../../../model/program.ts';
import type { Reader } from './reader.ts';
import { nameOf } from './syntax.ts';
import { literalAt } from './literals.ts';

/** The variables that a pattern of `in` sets, and the condition behind it. */
export interface Pattern {
  readonly names: readonly Expression[];
  readonly guard: Expression | null;
}

/** Steps over a pattern, up to `then`, the end of the line, or a condition. */
export function skipPattern(reader: Reader): Pattern {
  const names: Expression[] = [];
  let depth = 0;
  for (;;) {
    if (depth > 0) reader.lines();
    else reader.space();
    if (reader.isAtEnd || (depth === 0 && reader.sees(/[\n;]|(?:then|and|or)\b/y)))
      return { names, guard: null };
    if (depth === 0 && reader.match(/(?:if|unless)\b/y) !== null) {
      reader.space();
      return { names, guard: reader.within(() => reader.grammar.expression(reader)) };
    }
    const start = reader.at;
    if (reader.match(/[([{]/y) !== null) depth++;
    else if (reader.sees(/[)\]}]/y)) {
      if (depth === 0) return { names, guard: null };
      depth--;
      reader.at++;
    } else {
      const word = reader.match(/[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*[?!]?/y);
      const isLabel = word !== null && reader.match(/:(?!:)/y) !== null;
      const isAlone = word !== null && (!isLabel || reader.sees(/\s*(?:[,)\]}\n;]|$)/y));
      if (word !== null && isAlone && /^[a-z_]/.test(word) && !/^(?:nil|true|false|self|in|_)$/.test(word)) {
        reader.scope.declare(word);
        names.push(nameOf(word, { start, end: start + word.length }));
      } else if (
        word === null &&
        (reader.sees(/["'`/]|%[wWiIqQr]|:["'\w]/y) ? literalAt(reader) : null) === null
      )
        reader.at++;
    }
  }
}
