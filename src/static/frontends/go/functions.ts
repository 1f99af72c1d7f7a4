import type { Expression, FunctionNode, ParameterNode, Statement } from '../../../model/program.ts';
import type { Reader } from './reader.ts';
import { Scope } from './scope.ts';
import { type Signature, zeroOf } from './types.ts';

/**
 * Reads the body of a function and makes it one.
 * @param receiver the object that a method is called on, which is its first parameter; absent: it is no method
 */
export function functionOf(
  reader: Reader,
  name: string | null,
  { parameters, results, named }: Signature,
  start: number,
  outer: Scope | null,
  receiver?: ParameterNode,
): FunctionNode {
  const before = { scope: reader.scope, results: reader.results };
  const scope = Scope.ofFunction(outer);
  const all = receiver === undefined ? parameters : [receiver, ...parameters];
  for (const each of all) scope.declare(each.name, start);
  const held = named.map((each): Statement => {
    const span = { start: each.at, end: each.at };
    const target: Expression = { kind: 'name', name: scope.declare(each.name, each.at), span };
    return { kind: 'assign', target, value: zeroOf(each.type, span), operator: ':=', span };
  });
  reader.scope = scope;
  reader.results = named.map((each) => each.name);
  const body = reader.inHeader(false, () => reader.deeper(() => reader.grammar.block(reader)));
  reader.scope = before.scope;
  reader.results = before.results;
  return {
    name,
    parameters: all,
    decorators: [],
    body: [...held, ...body],
    documentation: null,
    ...(results.length === 0 ? {} : { results }),
    span: reader.spanFrom(start),
  };
}
