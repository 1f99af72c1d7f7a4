import { textOf } from '../../fold/constant.ts';
import type { FunctionFact } from '../facts.ts';
import { flowingValue, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import type { BoundArguments } from './arguments.ts';

/** So many kinds of messages are told apart. */
const MAX_CHANNELS = 1_000;

const HEARING = /^(?:on|once|addListener|prependListener|prependOnceListener|addEventListener)$/;
/** What a program sends its threads, its parent and its children by. */
const MESSAGE = 'message';
/** What `dispatchEvent` sends: the kind is in the event. */
const DISPATCHED = 'dispatched';
/** Where `send` sends to another process of the target. */
const PROCESS = /^(?:process|process-output|cluster\.\w+)$/;

/** Where all messages of one kind among the files of a folder flow through; 0 when there are too many kinds, which is said. */
function channel({ gathering, graph, layer }: Walk, kind: string): number {
  const { channels } = gathering;
  const { path } = layer.source;
  const key = `${path.slice(0, path.lastIndexOf('/') + 1)} ${kind}`;
  let node = channels.get(key);
  if (node === undefined) {
    if (channels.size >= MAX_CHANNELS) {
      gathering.miss({
        reason: `messages of more than ${MAX_CHANNELS} kinds were not followed`,
        blocking: true,
      });
      return 0;
    }
    node = graph.newNode();
    channels.set(key, node);
  }
  return node;
}

/** Lets the messages of a kind flow into who hears them. */
function hear(walk: Walk, kind: string, handler: FunctionFact): void {
  const node = channel(walk, kind);
  for (const parameter of handler.parameterNodes) walk.graph.connect(node, parameter);
}

function say(walk: Walk, kind: string, values: readonly Value[]): void {
  const given = values.map(({ node }) => node).filter((node) => node !== 0);
  if (given.length === 0) return;
  const node = channel(walk, kind);
  for (const each of given) walk.graph.connect(each, node);
}

/**
 * Messages within a folder of the target: `emit('row', text)` reaches `on('row', …)`, `postMessage` and `send` to a process reach `on('message', …)`,
 * whichever objects they are called on. Who waits for all of them (`once(bus, 'row')`) is not followed.
 */
export function followMessages(walk: Walk, method: string | null, args: BoundArguments): void {
  if (method === null || walk.language !== 'javascript' || walk.quiet > 0) return;
  const { positional, receiver } = args;
  const [first, ...rest] = positional;
  if (first === undefined) return;
  if (HEARING.test(method)) {
    const kind = textOf(first.constant);
    const handler = rest.find(({ callable }) => callable !== null)?.callable ?? null;
    if (kind === null || handler === null) return;
    hear(walk, kind, handler);
    if (method === 'addEventListener') hear(walk, DISPATCHED, handler);
  } else if (method === 'emit') {
    const kind = textOf(first.constant);
    if (kind !== null) say(walk, kind, rest);
  } else if (method === 'dispatchEvent') {
    say(walk, DISPATCHED, [first]);
  } else if (method === 'postMessage' || (method === 'send' && PROCESS.test(receiver?.name ?? ''))) {
    say(walk, MESSAGE, positional);
  }
}

const HANDED = 'workerData';

/** `new Worker(file, { workerData })`: the thread finds it in the module. */
export function handToThread(walk: Walk, name: string, { positional }: BoundArguments): void {
  const data = name.endsWith('Worker') ? positional[1]?.entries?.get(HANDED) : undefined;
  if (data !== undefined && walk.quiet === 0) say(walk, HANDED, [data]);
}

/** What a thread was handed; null for any other member. */
export function handedToThread(walk: Walk, object: Value, property: string): Value | null {
  return property === HANDED && object.name === 'worker_threads' && walk.quiet === 0
    ? flowingValue(channel(walk, HANDED))
    : null;
}

/** `port.onmessage = (event) => …` */
export function hearAs(walk: Walk, property: string, { callable }: Value): void {
  if (callable !== null && property.startsWith('on')) hear(walk, property.slice(2), callable);
}
