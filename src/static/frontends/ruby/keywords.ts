import type { Expression, Statement } from '../../../model/program.ts';
import { beginning, branching, choosing, looping, repeating } from './control.ts';
import { classOf, methodOf, moduleOf } from './definitions.ts';
import type { Reader } from './reader.ts';
import { valueOf } from './results.ts';
import { literal, nameOf, other } from './syntax.ts';

const KEYWORD =
  /(?:nil|true|false|self|__FILE__|__LINE__|__dir__|__method__|__ENCODING__|if|unless|while|until|case|for|begin|def|class|module|return|break|next|redo|retry|alias|undef|BEGIN|END|then|do|end|else|elsif|when|in|ensure|rescue|and|or)(?![\w\u0080-\uffff?!]|:(?![:\s]))/y;

const ENDS_BRACES = /\}/y;

/** `return a, b`, `next x`, `break`: what is handed out. */
function leaving(reader: Reader, word: string, start: number): Statement {
  reader.space();
  const isAlone =
    (word.startsWith('re') && word !== 'return') ||
    reader.isAtEnd ||
    reader.sees(/[\n;})\]]|:\s|(?:if|unless|while|until|and|or|end|rescue)(?![\w?!])/y);
  let value: Expression | null = null;
  if (!isAlone) {
    const elements = [reader.grammar.argument(reader)];
    for (reader.space(); reader.take(','); reader.space()) {
      reader.lines();
      elements.push(reader.grammar.argument(reader));
    }
    const [only] = elements;
    value =
      elements.length === 1 && only !== undefined
        ? only
        : { kind: 'list', elements, span: reader.spanFrom(start) };
  }
  const span = reader.spanFrom(start);
  if (word === 'return' || word === 'next' || (word === 'break' && reader.scope.isBlock))
    return { kind: 'return', value, span };
  return { kind: 'expression', expression: value ?? other([], span), span };
}

/** `alias new old`: the new name stands for what the old one does. */
function alias(reader: Reader, start: number): Statement {
  const word = (): Expression => {
    reader.space();
    const at = reader.at;
    const name = reader.match(/:?[$\w\u0080-\uffff]+[?!=]?|:?[-+*/%<>=!~^&|[\]]+@?/y) ?? '';
    return nameOf(name.replace(/^:/, ''), reader.spanFrom(at));
  };
  const target = word();
  const value = word();
  return { kind: 'assign', target, value, operator: '=', span: reader.spanFrom(start) };
}

function statement(reader: Reader, word: string, start: number): Statement | null {
  switch (word) {
    case 'if':
    case 'unless':
      return branching(reader, word, start);
    case 'while':
    case 'until':
      return looping(reader, word, start);
    case 'for':
      return repeating(reader, start);
    case 'case':
      return choosing(reader, start);
    case 'begin':
      return beginning(reader, start);
    case 'def':
      return methodOf(reader, start);
    case 'class':
      return classOf(reader, start);
    case 'module':
      return moduleOf(reader, start);
    case 'return':
    case 'break':
    case 'next':
    case 'redo':
    case 'retry':
      return leaving(reader, word, start);
    case 'alias':
      return alias(reader, start);
    case 'undef':
      reader.match(/[^\n;}]{0,400}/y);
      return { kind: 'block', bodies: [], span: reader.spanFrom(start) };
    case 'BEGIN':
    case 'END': {
      reader.space();
      if (!reader.take('{')) return null;
      const body = reader.within(() => reader.grammar.statements(reader, ENDS_BRACES));
      reader.take('}');
      if (word === 'BEGIN') for (const each of body) reader.first.push(each);
      const bodies = word === 'BEGIN' ? [] : [body];
      return { kind: 'block', bodies, span: reader.spanFrom(start) };
    }
    default:
      return null;
  }
}

/** A value that begins with a word of the language; null when another word stands here. */
export function keyword(reader: Reader): Expression | null {
  const start = reader.at;
  const word = reader.match(KEYWORD);
  if (word === null) return null;
  const span = reader.spanFrom(start);
  switch (word) {
    case 'nil':
      return literal(null, span);
    case 'true':
    case 'false':
      return literal(word === 'true', span);
    case 'self':
    case '__FILE__':
    case '__dir__':
    case '__method__':
      return nameOf(word, span);
    case '__LINE__':
    case '__ENCODING__':
      return other([], span);
  }
  const made = statement(reader, word, start);
  if (made !== null) return valueOf(made, made.span);
  // A word that ends or goes on with something that did not begin.
  reader.at = start;
  reader.trouble();
  return other([], { start, end: start });
}
