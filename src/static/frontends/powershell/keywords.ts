import type { Expression, ParameterNode, Statement } from '../../../model/program.ts';
import { attribute, parameters } from './parameters.ts';
import { type Grammar, literal, nameOf, type Reader } from './reader.ts';
import { primary, returning } from './values.ts';

/** `{ … }`; nothing when none begins here. */
function block(reader: Reader, grammar: Grammar): Statement[] {
  reader.skip(true);
  if (!reader.take('{')) return [];
  const body = reader.deeper(() => grammar.statements(reader), true);
  reader.take('}');
  return body;
}

/** `( … )` behind a keyword; true when there is none. */
function condition(reader: Reader, grammar: Grammar): Expression {
  reader.skip(true);
  const start = reader.at;
  if (!reader.take('(')) return literal(true, reader.spanFrom(start));
  reader.skip(true);
  const test = reader.deeper(() => grammar.inner(reader), true);
  reader.closeParenthesis();
  return test;
}

/** A function, from behind its keyword on. */
function functionOf(reader: Reader, grammar: Grammar, start: number): Statement {
  reader.skip();
  const name = reader.match(/[\w:-]+/y) ?? '';
  const listed = parameters(reader, grammar);
  reader.skip(true);
  const given: ParameterNode[] = [];
  let body: Statement[] = [];
  if (reader.take('{')) {
    reader.skip(true);
    while (attribute(reader, grammar)) reader.skip(true);
    if (reader.match(/param(?=\s*\()/iy) !== null) given.push(...parameters(reader, grammar));
    body = reader.deeper(() => grammar.statements(reader));
    reader.take('}');
  }
  const span = reader.spanFrom(start);
  const definition = {
    name: name.toLowerCase().replace(/^(?:global|script|local):/, ''),
    parameters: [...listed, ...given],
    decorators: [],
    body: returning(body),
    documentation: null,
    span,
  };
  return { kind: 'function', definition, span };
}

/** A statement that a keyword begins; null when none does. */
export function keyword(reader: Reader, grammar: Grammar): Statement | null {
  const start = reader.at;
  const word = reader
    .match(
      /(?:if|elseif|else|foreach|for|while|do|switch|try|catch|finally|trap|function|filter|workflow|class|enum|param|begin|process|end|dynamicparam|return|throw|exit|break|continue|using|until|data)(?=[\s({;}]|$)/iy,
    )
    ?.toLowerCase();
  const done = (
    kind: 'branch' | 'block',
    test: Expression | null,
    bodies: readonly (readonly Statement[])[],
  ): Statement => {
    const span = reader.spanFrom(start);
    return kind === 'branch'
      ? { kind, test: test ?? literal(true, span), branches: bodies, span }
      : { kind, bodies, span };
  };
  switch (word) {
    case undefined:
      return null;
    case 'if': {
      const test = condition(reader, grammar);
      const branches = [block(reader, grammar)];
      for (;;) {
        const before = reader.at;
        reader.skip(true);
        const next = reader.match(/else(?:if)?(?=[\s({])/iy)?.toLowerCase();
        if (next === undefined) {
          reader.at = before;
          return done('branch', test, branches);
        }
        if (next === 'elseif') {
          const other = condition(reader, grammar);
          branches.push([done('branch', other, [block(reader, grammar)])]);
        } else branches.push(block(reader, grammar));
      }
    }
    case 'foreach': {
      reader.skip(true);
      if (!reader.take('(')) {
        reader.at = start;
        return null;
      }
      reader.skip(true);
      const binding = primary(reader, grammar);
      reader.skip(true);
      reader.match(/in\b/iy);
      reader.skip(true);
      const iterable = reader.deeper(() => grammar.pipeline(reader));
      reader.closeParenthesis();
      return { kind: 'loop', binding, iterable, body: block(reader, grammar), span: reader.spanFrom(start) };
    }
    case 'for': {
      reader.skip(true);
      reader.take('(');
      const head = reader.deeper(() => grammar.statements(reader));
      reader.take(')');
      const loop: Statement = {
        kind: 'loop',
        binding: null,
        iterable: null,
        body: block(reader, grammar),
        span: reader.spanFrom(start),
      };
      return done('block', null, [[...head, loop]]);
    }
    case 'while':
    case 'until': {
      const test = condition(reader, grammar);
      return {
        kind: 'loop',
        binding: null,
        iterable: test,
        body: block(reader, grammar),
        span: reader.spanFrom(start),
      };
    }
    case 'do': {
      const body = block(reader, grammar);
      reader.skip(true);
      reader.match(/(?:while|until)\b/iy);
      return {
        kind: 'loop',
        binding: null,
        iterable: condition(reader, grammar),
        body,
        span: reader.spanFrom(start),
      };
    }
    case 'switch': {
      reader.skip();
      while (reader.match(/-\w+\s*/y) !== null);
      const test = condition(reader, grammar);
      reader.skip(true);
      const branches: Statement[][] = [];
      if (reader.take('{')) {
        for (;;) {
          reader.skip(true);
          if (reader.take(';')) continue;
          if (reader.isAtEnd || reader.take('}')) break;
          const before = reader.at;
          if (reader.peek() !== '{') primary(reader, grammar);
          branches.push(block(reader, grammar));
          if (reader.at === before) reader.stumble();
        }
      }
      return done('branch', test, branches);
    }
    case 'try':
    case 'catch':
    case 'finally':
    case 'trap':
    case 'begin':
    case 'process':
    case 'end':
    case 'dynamicparam':
    case 'else':
    case 'elseif':
      reader.skip(true);
      while (reader.match(/\[[\w.]+\]\s*,?\s*/y) !== null);
      return done('block', null, [block(reader, grammar)]);
    case 'function':
    case 'filter':
    case 'workflow':
      return functionOf(reader, grammar, start);
    case 'class':
    case 'enum':
    case 'data':
      reader.match(/[^{\r\n]{0,400}/y);
      return done('block', null, [block(reader, grammar)]);
    case 'param':
      return {
        kind: 'block',
        bodies: [
          parameters(reader, grammar).map((parameter): Statement => {
            const span = reader.spanFrom(start);
            const value = parameter.default ?? { kind: 'other', children: [], span };
            return { kind: 'assign', target: nameOf(parameter.name, span), value, operator: '=', span };
          }),
        ],
        span: reader.spanFrom(start),
      };
    case 'using':
    case 'break':
    case 'continue':
      reader.match(/[^\r\n;}]{0,400}/y);
      return done('block', null, []);
    default: {
      // return, throw, exit
      reader.skip();
      const value = reader.isAtEnd || reader.sees(/[\r\n;})]/y) ? null : grammar.pipeline(reader);
      return { kind: 'return', value, span: reader.spanFrom(start) };
    }
  }
}
