import type { Expression, FunctionNode, Statement } from '../../../model/program.ts';
import type { BlockCall, Reader } from './reader.ts';
import { standingAlone, statementOf } from './results.ts';
import { call, member, nameOf, numberOf, positional, textOf } from './syntax.ts';

type FunctionExpression = Extract<Expression, { kind: 'function' }>;

/** Methods that run their block for each of something, as a loop does. */
const EACH: ReadonlySet<string> = new Set([
  'each',
  'each_pair',
  'each_char',
  'each_byte',
  'each_line',
  'each_entry',
  'each_value',
  'each_key',
  'reverse_each',
  'times',
  'upto',
  'each_with_index',
  'each_slice',
]);

/** What the block of an iterator goes over. */
function iterableOf({ object, name, given }: BlockCall): Expression | null {
  if (object === null) return null;
  const { span } = object;
  const values = given.args.map(({ value }) => value);
  switch (name) {
    case 'each':
    case 'each_pair':
    case 'each_entry':
      return object;
    case 'times':
      return call(nameOf('range', span), positional([object]), span);
    case 'upto': {
      const [to] = values;
      if (to === undefined) return null;
      const last = numberOf(to);
      const stop: Expression =
        last === null
          ? { kind: 'binary', operator: '+', left: to, right: { kind: 'literal', value: 1, span }, span }
          : { kind: 'literal', value: last + 1, span };
      return call(nameOf('range', span), positional([object, stop]), span);
    }
    default:
      return call(member(object, name, span), given.args, span);
  }
}

/** Statements of a block as a loop has them: what it would return is only computed. */
function loopBody({ body }: FunctionNode): readonly Statement[] {
  const last = body.at(-1);
  if (last?.kind !== 'return' || last.value === null) return body;
  return [...body.slice(0, -1), standingAlone(last.value)];
}

function bindingOf({ parameters, span }: FunctionNode): Expression {
  const names = parameters.map(({ name }) => nameOf(name, span));
  const [only] = names;
  return names.length === 1 && only !== undefined ? only : { kind: 'list', elements: names, span };
}

function loopOf(written: BlockCall, block: FunctionExpression, span: Expression['span']): Statement | null {
  const { definition } = block;
  if (written.object === null && written.name === 'loop')
    return { kind: 'loop', binding: null, iterable: null, body: loopBody(definition), span };
  if (!EACH.has(written.name)) return null;
  const iterable = iterableOf(written);
  if (iterable === null) return null;
  const binding = definition.parameters.length === 0 ? null : bindingOf(definition);
  const first: Statement = { kind: 'expression', expression: iterable, span: iterable.span };
  const loop: Statement = {
    kind: 'loop',
    binding,
    iterable: binding === null ? null : iterable,
    body: loopBody(definition),
    span,
  };
  return binding === null ? { kind: 'block', bodies: [[first, loop]], span } : loop;
}

/** Words that say who may call a method, before its definition. */
const VISIBILITY: ReadonlySet<string> = new Set([
  'private',
  'public',
  'protected',
  'module_function',
  'private_class_method',
  'public_class_method',
  'memoize',
]);

function importOf(name: string, module: string, span: Expression['span']): Statement | null {
  const isRelative = name === 'require_relative';
  if (!isRelative && name !== 'require' && !(name === 'load' && /^[\w./-]+$/.test(module))) return null;
  const path = module.replace(/\.rb$/, '');
  return {
    kind: 'import',
    module: path,
    level: isRelative ? 1 : 0,
    bindings: [{ imported: '*', local: path }],
    span,
  };
}

/** What a call that stands alone is: a loop, a definition, an import. Null for any other call. */
export function statementOfCall(reader: Reader, value: Expression): Statement | null {
  if (value.kind !== 'call') return null;
  const { callee, args, span } = value;
  const written = reader.blockCalls.get(value);
  const last = args.at(-1)?.value;
  if (written !== undefined && last?.kind === 'function') {
    const loop = loopOf(written, last, span);
    if (loop !== null) return loop;
  }
  if (callee.kind !== 'name') return null;
  const [first, second] = args;
  const text = textOf(first?.value);
  if (callee.name === 'define_method' && text !== null && last?.kind === 'function') {
    const definition = { ...last.definition, name: text };
    return { kind: 'function', definition, span };
  }
  if (callee.name === 'alias_method' && text !== null && textOf(second?.value) !== null) {
    const target = nameOf(text, span);
    return { kind: 'assign', target, value: nameOf(textOf(second?.value) ?? '', span), operator: '=', span };
  }
  if (VISIBILITY.has(callee.name) && first !== undefined && args.length === 1) {
    const defined = statementOf(first.value);
    if (defined?.kind === 'function') return defined;
  }
  return text !== null && args.length === 1 ? importOf(callee.name, text, span) : null;
}
