import type { ArgumentNode, Expression, Span } from '../../../model/program.ts';
import type { Given } from './arguments.ts';
import { call, constantPath, member, nameOf, numberOf, positional, textOf } from './syntax.ts';

/** Methods that give back what they are called on. */
const SAME: ReadonlySet<string> = new Set([
  'freeze',
  'itself',
  'to_proc',
  'unbind',
  'dup',
  'clone',
  '-@',
  '+@',
]);
const SENDING: ReadonlySet<string> = new Set(['send', '__send__', 'public_send', 'try', 'try!']);
const REFERRING: ReadonlySet<string> = new Set([
  'method',
  'instance_method',
  'public_method',
  'singleton_method',
]);
const METHOD_NAME = /^(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*[?!=]?|[`<+*%/-]|<<|\[\])$/;

function isPlain(object: Expression): boolean {
  return (
    object.kind === 'name' ||
    object.kind === 'member' ||
    object.kind === 'literal' ||
    object.kind === 'template'
  );
}

/** `object.name`, or the bare name; by an expression when it is not written out. */
function named(object: Expression | null, name: Expression, span: Span): Expression {
  const text = textOf(name);
  if (text !== null && METHOD_NAME.test(text))
    return object === null ? nameOf(text, span) : member(object, text, span);
  return { kind: 'index', object: object ?? nameOf('self', span), index: name, span };
}

/** Arguments and block in the order in which functions of other languages have them. */
function allOf({ args, block }: Given): readonly ArgumentNode[] {
  return block === null ? args : [...args, { name: null, value: block }];
}

/** A call by the method's name, for what it does: `x.send(:f, y)` is `x.f(y)`, `C.new(x)` is a call of `C`. */
export function calling(object: Expression | null, name: string, given: Given, span: Span): Expression {
  const args = allOf(given);
  const [first, ...rest] = args;
  const isSelf = object?.kind === 'name' && object.name === 'self';
  const target = isSelf ? null : object;
  const isFirst = first?.name === null;
  // `socket.send(data, 0)` sends data.
  const isMessage = name === 'send' && rest[0] !== undefined && numberOf(rest[0].value) !== null;
  if (SENDING.has(name) && isFirst && !isMessage) {
    const text = textOf(first.value);
    if (text !== null && METHOD_NAME.test(text) && !SENDING.has(text))
      return calling(target, text, { args: rest, block: null }, span);
    return call(named(target, first.value, span), rest, span);
  }
  if (REFERRING.has(name) && isFirst && rest.length === 0) return named(target, first.value, span);
  if (name === 'const_get' && isFirst) {
    const path = textOf(first.value);
    const isRoot = target === null || (target.kind === 'name' && /^(?:Object|Kernel)$/.test(target.name));
    if (path !== null && isRoot && /^[A-Z:][\w:]*$/.test(path)) return constantPath(path, span);
    return { kind: 'index', object: target ?? nameOf('Object', span), index: first.value, span };
  }
  if (name === 'instance_variable_get' && isFirst && textOf(first.value) !== null)
    return member(object ?? nameOf('self', span), textOf(first.value)!, span);
  if (object === null) {
    const made = isFirst && first.value.kind === 'function' ? first.value : null;
    return (name === 'lambda' || name === 'proc') && made !== null
      ? made
      : call(nameOf(name, span), args, span);
  }
  if (name === 'new') {
    const isProc = object.kind === 'name' && object.name === 'Proc' && isFirst;
    return isProc ? first.value : call(object, args, span);
  }
  if ((name === 'call' || name === 'yield') && object.kind !== 'literal') return call(object, args, span);
  if (name === 'bind_call' && isFirst) return call(object, rest, span);
  if ((name === 'then' || name === 'yield_self') && isFirst && first.value.kind === 'function')
    return call(first.value, positional([object]), span);
  if (
    args.length === 0 &&
    SAME.has(name) &&
    (name.endsWith('@') || isPlain(object) || object.kind === 'list')
  )
    return object;
  return call(member(object, name, span), args, span);
}
