import type { Expression, Statement } from '../../../model/program.ts';
import type { Reader } from './reader.ts';
import { assignment, expressionStatement, targetOf } from './syntax.ts';

const CLOSES = /(?:end|rescue|else|ensure)(?![\w?!]|:(?!:))/y;
const CLAUSE = /(?:rescue|else|ensure)(?![\w?!]|:(?!:))/y;

/** What `rescue A, B => e` catches. */
function caught(reader: Reader): Statement[] {
  const first: Statement[] = [];
  const start = reader.at;
  for (;;) {
    reader.space();
    if (reader.isAtEnd || reader.sees(/[\n;]|then\b/y)) break;
    if (reader.match(/=>/y) !== null) {
      reader.space();
      const at = reader.at;
      const target = targetOf(reader.grammar.operand(reader));
      if (target?.kind === 'name') reader.scope.declare(target.name);
      const span = reader.spanFrom(at);
      const nothing: Expression = { kind: 'other', children: [], span };
      if (target !== null)
        first.push(assignment(target, { kind: 'unary', operator: 'caught', operand: nothing, span }, span));
      break;
    }
    const before = reader.at;
    reader.match(/\*|,\s*/y);
    if (reader.at === before) {
      const value = reader.grammar.argument(reader);
      if (value.kind !== 'name' && value.kind !== 'member') first.push(expressionStatement(value));
    }
    if (reader.at === before) break;
  }
  reader.match(/\s*then\b/y);
  if (reader.at === start) reader.space();
  return first;
}

/** Statements with `rescue`, `else` and `ensure` up to and over `end`. */
export function rescued(reader: Reader): readonly Statement[] {
  const start = reader.at;
  const bodies: Statement[][] = [reader.grammar.statements(reader, CLOSES)];
  for (let clause = reader.match(CLAUSE); clause !== null; clause = reader.match(CLAUSE)) {
    const first = clause === 'rescue' ? caught(reader) : [];
    const body = reader.grammar.statements(reader, CLOSES);
    bodies.push(first.length === 0 ? body : [...first, ...body]);
  }
  if (reader.match(/end(?![\w?!])/y) === null) reader.trouble();
  const [only = []] = bodies;
  return bodies.length === 1 ? only : [{ kind: 'block', bodies, span: reader.spanFrom(start) }];
}
