import type { Expression, Statement } from '../../../model/program.ts';
import { CLOSE_PAREN, OPEN_PAREN, PIPE } from './characters.ts';
import { expectCloser } from './groups.ts';
import { closerAhead } from './closers.ts';
import { ESAC, NEXT_CASE, wordAhead } from './keywords.ts';
import type { Reader } from './reader.ts';
import { readWord } from './words.ts';
import { WORD } from './quoting.ts';

/** `case word in pattern) …;; esac`. */
export function readCase(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  const branches: Statement[][] = [];
  const tests: Expression[] = [];
  reader.at += 'case'.length;
  reader.skipBlanks();
  const subject = readWord(reader);
  if (subject === null) reader.fault(start, 'no word behind case');
  else tests.push(subject);
  reader.skipLines();
  if (wordAhead(reader) === 'in') reader.at += 'in'.length;
  else reader.fault(start, 'no in');
  for (;;) {
    reader.skipLines();
    if (reader.peek() < 0 || wordAhead(reader) === 'esac') break;
    if (!readPatterns(reader, tests)) break;
    const body: Statement[] = [];
    reader.grammar.list(reader, body, NEXT_CASE | ESAC);
    branches.push(body);
    if (closerAhead(reader) !== NEXT_CASE) break;
    reader.at += reader.startsWith(';;&') ? 3 : 2;
  }
  expectCloser(reader, start, ESAC);
  const span = reader.span(start);
  const test: Expression = tests.length === 1 ? tests[0]! : { kind: 'other', children: tests, span };
  out.push({ kind: 'branch', test, branches, span });
  return true;
}

/** `(a|b)` before an item's commands, the first parenthesis or not. @returns false when no pattern stands there */
function readPatterns(reader: Reader, tests: Expression[]): boolean {
  const start = reader.at;
  if (reader.peek() === OPEN_PAREN) reader.at += 1;
  for (;;) {
    reader.skipBlanks();
    const pattern = readWord(reader, WORD);
    if (pattern !== null && pattern.kind !== 'literal') tests.push(pattern);
    reader.skipBlanks();
    if (reader.peek() === CLOSE_PAREN) {
      reader.at += 1;
      return true;
    }
    if (reader.peek() === PIPE) {
      reader.at += 1;
      continue;
    }
    reader.fault(start, 'no ) behind a pattern');
    return false;
  }
}
