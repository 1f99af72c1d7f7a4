import type { Span } from '../../../model/program.ts';
import { applyApi, matchingApi } from './apply-api.ts';
import type { BoundArguments } from './arguments.ts';
import { enterFunction, noteGiven } from './local-calls.ts';
import { callableValue, flowingValue, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** Functions that write their first argument into the open file that the second is. */
export const WRITING_INTO =
  /^(?:(?:json|yaml|toml|tomli_w|pickle|marshal|dill|cloudpickle|simplejson)\.(?:safe_)?dump|shutil\.copyfileobj)$/;

/** What a stream of the target's own is written to by. */
const WRITTEN_BY = ['_write', '_transform', 'write'];

/** The standard input of a program that runs, a file that is open for writing, and what writes to them. */
const RECEIVER = /^(?:process-output\.stdin|fs\.WriteStream)$/;
const FEEDING =
  /^(?:process-output\.communicate|(?:process-output\.stdin|fs\.WriteStream)\.(?:write|writelines|end|puts|print|<<))$/;
/** So many things that are written to such objects are followed. */
const MAX_INPUTS = 1_000;

function noteInput({ graph, quiet }: Walk, receiver: Value, given: readonly number[]): void {
  const nodes = given.filter((node) => node !== 0);
  if (quiet > 0 || receiver.node === 0 || nodes.length === 0) return;
  const before = graph.written.get(receiver.node) ?? [];
  if (before.length + graph.written.size > MAX_INPUTS) graph.isFull = true;
  else graph.written.set(receiver.node, [...before, ...nodes]);
}

/** `child.stdin.write(text)`: what a running program is given, or written to an open file. */
export function feed(walk: Walk, name: string, { receiver, positional }: BoundArguments): void {
  if (receiver !== null && FEEDING.test(name))
    noteInput(
      walk,
      receiver,
      positional.map(({ node }) => node),
    );
}

/** `stream.pipe(request)`: all of the one is written to the other. */
export function pipe(walk: Walk, from: Value, into: Value, span: Span): void {
  walk.graph.connect(from.node, into.node);
  if (RECEIVER.test(into.name ?? '')) noteInput(walk, into, [from.node]);
  const own = WRITTEN_BY.map((method) => into.instance?.methods.get(method)).find(
    (method) => method !== undefined,
  );
  if (own !== undefined && walk.quiet === 0)
    enterFunction(walk, own, { positional: [from], named: new Map(), receiver: into }, into);
  if (walk.quiet > 0 || into.name === null || from.node === 0) return;
  const name = `${into.name}.write`;
  const args: BoundArguments = { positional: [from], named: new Map(), receiver: into };
  const api = matchingApi(walk, walk.apis.lookup(name), args);
  if (api !== null) applyApi(walk, name, api, args, span);
}

/** What has something else take the place of the output. */
export const REDIRECTING = /^contextlib\.redirect_std(?:out|err)$/;

/** What pipes several streams into each other. */
export const PIPELINE = /^stream(?:[./]promises)?\.pipeline$/;
const MAX_STREAMS = 32;

/** `pipeline(file, zipped, request)`: each is piped into the next. */
export function pipeAll(walk: Walk, streams: readonly Value[], span: Span): void {
  if (streams.length > MAX_STREAMS)
    walk.gathering.miss({
      reason: `a pipeline of more than ${MAX_STREAMS} streams was not followed to its end`,
      blocking: true,
    });
  let from = UNKNOWN;
  for (const into of streams.slice(0, MAX_STREAMS)) {
    pipe(walk, from, into, span);
    from = flowingValue(walk.graph.join([from.node, into.node]));
  }
}

/** `new Promise((resolve) => …)`: what is given to `resolve`, the promise gives. */
export function settles(
  walk: Walk,
  name: string,
  { positional: [first] }: BoundArguments,
  result: Value,
): void {
  const executor = first?.callable;
  if (name !== 'Promise' || executor === undefined || executor === null) return;
  const [resolve, reject] = executor.definition.parameters.slice(0, 2).map((parameter) => {
    const { span } = executor.definition;
    const definition = {
      parameters: [{ name: 'value', default: null, rest: null }],
      decorators: [],
      body: [],
    };
    const settled = walk.addFunction(
      { ...definition, name: parameter.name, documentation: null, span },
      null,
    );
    for (const node of settled.parameterNodes) walk.graph.connect(node, result.node);
    return callableValue(settled);
  });
  noteGiven(executor, [resolve ?? UNKNOWN, reject ?? UNKNOWN]);
}
