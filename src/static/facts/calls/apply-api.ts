import type { Api, SinkLabel, SourceLabel } from '../../../model/api-model.ts';
import type { Language, Span } from '../../../model/program.ts';
import { normalPath } from '../../evidence/detail.ts';
import { asText, decode } from '../../fold/decoders.ts';
import { type Constant, textOf } from '../../fold/constant.ts';
import { allArguments, argumentsAt, type BoundArguments, firstArgument } from './arguments.ts';
import { destinationNodes, noteAddresses } from './address-sinks.ts';
import { conditionHolds } from './conditions.ts';
import type { CallFact } from '../facts.ts';
import { fixedProgram } from '../programs/fixed-program.ts';
import { ANY_SITE, type FlowGraph } from '../flow-graph.ts';
import { handedPathNode, handFound, noteAccess } from './handed-paths.ts';
import { OPTIONS_TYPE } from '../programs/program-interface.ts';
import { isTelling } from '../texts/carried-commands.ts';
import { codeNode } from '../texts/quoted-names.ts';
import { knownText, knownValue, type Value } from '../values/value.ts';
import { readFile } from '../shell/redirections.ts';
import type { Walk } from '../walk/walk.ts';
import type { ClassIndex } from '../../../rules/classes.ts';

/** The first entry of a name's models whose conditions hold. */
export function matchingApi(walk: Walk, apis: readonly Api[], args: BoundArguments): Api | null {
  return matchingApiOf(walk.gathering.knowledge.classes, apis, args);
}

/** The same, outside a walk. */
export function matchingApiOf(classes: ClassIndex, apis: readonly Api[], args: BoundArguments): Api | null {
  for (const api of apis) {
    if (api.when === undefined || api.when.every((condition) => conditionHolds(condition, args, classes)))
      return api;
  }
  return null;
}

/** A call as a fact, not kept. */
export function callFact(
  walk: Walk,
  name: string,
  api: Api | null,
  args: BoundArguments,
  span: Span,
  language: Language = walk.language,
): CallFact {
  return {
    name,
    language,
    api,
    args,
    layer: walk.layer,
    span,
    function: walk.function,
    outerScope: walk.scope,
    guard: walk.guard,
    isHidden: walk.isHidden,
  };
}

/** Notes a call; in quiet mode the fact is made but not kept. */
export function noteCall(
  walk: Walk,
  name: string,
  api: Api | null,
  args: BoundArguments,
  span: Span,
  language: Language = walk.language,
): CallFact {
  const call = callFact(walk, name, api, args, span, language);
  if (walk.quiet === 0) walk.gathering.calls.push(call);
  return call;
}

function decoded(api: Api, args: BoundArguments): Constant | null {
  const constant = firstArgument(args, [0, 'receiver'])?.constant ?? null;
  const text = textOf(constant);
  if (api.decodes === undefined || text === null) return null;
  const hidden = decode(api.decodes, text);
  if (hidden === null) return null;
  const isBytes = !['rot13', 'url', 'reverse', 'charcodes'].includes(api.decodes);
  const isForText = api.names.includes('atob');
  return isForText
    ? { value: asText(hidden), isBytes: false, origin: 'decoded' }
    : { value: hidden, isBytes, origin: 'decoded' };
}

/** Calls that make one file from another: from the first argument to the second. */
const COPYING =
  /^(?:shutil\.(?:copy2?|copyfile|copytree|move)|os\.(?:rename|renames|replace|link|symlink)|fs(?:\.promises)?\.(?:copyFile|cp|rename|link|symlink)(?:Sync)?)$/;

/** `shutil.make_archive('out', 'gztar', folder)` makes `out.tar.gz`. */
const ARCHIVE_ENDINGS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    zip: 'zip',
    tar: 'tar',
    gztar: 'tar.gz',
    bztar: 'tar.bz2',
    xztar: 'tar.xz',
  }),
);

function linkArchive(walk: Walk, args: BoundArguments, result: number): void {
  const [base, format] = [firstArgument(args, [0, 'base_name']), firstArgument(args, [1, 'format'])].map(
    (value) => (value === null ? null : knownText(value)),
  );
  const ending = ARCHIVE_ENDINGS.get(format ?? '');
  if (base === null || base === undefined || ending === undefined) return;
  walk.graph.connect(result, walk.graph.fileNode(normalPath(`${base}.${ending}`)), ANY_SITE);
}

/** A copy holds what its original does. */
function linkCopy(walk: Walk, name: string, args: BoundArguments, result: number): void {
  if (name === 'shutil.make_archive') linkArchive(walk, args, result);
  if (!COPYING.test(name)) return;
  const [from, to] = [firstArgument(args, [0, 'src']), firstArgument(args, [1, 'dst'])].map((value) =>
    value === null ? null : knownText(value),
  );
  if (to === null || to === undefined || to.includes('*')) return;
  if (from !== null && from !== undefined && !from.includes('*'))
    walk.graph.connect(walk.graph.fileNode(normalPath(from)), result, ANY_SITE);
  walk.graph.connect(result, walk.graph.fileNode(normalPath(to)), ANY_SITE);
}

/** What a file that is written holds, a later read of it gives back. */
function linkFile(walk: Walk, api: Api, args: BoundArguments, result: number, call: CallFact): void {
  if (api.detail?.as !== 'path') return;
  const pathValue = firstArgument(args, api.detail.argument);
  const text = pathValue === null ? null : knownText(pathValue);
  const isWrite = (api.capabilities ?? []).some((capability) =>
    ['fs.write', 'persist', 'agent.control'].includes(capability),
  );
  const isKnown = text !== null && !text.includes('*');
  if (!isKnown || (pathValue?.node ?? 0) !== 0)
    noteAccess(walk.graph, pathValue, call, isWrite, result, allArguments(args));
  if (!isKnown && (pathValue?.node ?? 0) === 0) return;
  // What one call of a function writes does not come out of another.
  const site = isKnown ? ANY_SITE : 0;
  const content = isKnown
    ? walk.graph.fileNode(normalPath(text))
    : walk.graph.fileNamedBy(pathValue?.node ?? 0, text ?? '');
  if (isWrite) {
    for (const argument of allArguments(args))
      if (argument !== pathValue) walk.graph.connect(argument.node, content, site);
    walk.graph.connect(result, content, site);
    // A data base that may be written is read too.
    if (api.returns?.endsWith('.Connection') === true) walk.graph.connect(content, result, site);
  } else {
    walk.graph.connect(content, result, site);
  }
}

/** True for a method that writes to the open file it is called on; a path stays what it is, whatever is written there. */
export function isWriting(api: Api): boolean {
  const isStored =
    api.sinks?.some(({ label }) => ['file', 'persist', 'agent-config'].includes(label)) === true;
  return isStored && api.detail?.argument !== 'receiver';
}

/** What is in a file that is loaded as code is run. */
function runFile(graph: FlowGraph, path: Value, call: CallFact): void {
  const text = knownText(path);
  if (text !== null && !text.includes('*'))
    graph.addSink(graph.fileNode(normalPath(text)), { label: 'code', call });
}

/** A file that is made of what a call gives holds it from then on. */
function leaveFile(walk: Walk, path: Value, call: CallFact, result: number): void {
  const text = knownText(path);
  if (text !== null && !text.includes('*')) {
    walk.graph.connect(result, walk.graph.fileNode(normalPath(text)), ANY_SITE);
    return;
  }
  noteAccess(walk.graph, path, call, true, result, []);
  if (path.node !== 0) walk.graph.connect(result, walk.graph.fileNamedBy(path.node, text ?? ''));
}

/** `sys.argv[0]` is the program's own name, `process.argv[1]` too. */
const WORDS_BEFORE: Readonly<Record<Walk['language'], number>> = {
  python: 1,
  javascript: 2,
  shell: 0,
  powershell: 0,
  ruby: 0,
  go: 1,
};

/** What a call gives that its program was given by whoever started it. */
function linkGiven(walk: Walk, api: Api, args: BoundArguments, result: number, call: CallFact): void {
  const { program, graph } = walk;
  const key = args.positional[0]?.constant?.value;
  if (api.given === 'input') graph.connect(program.input, result);
  else if (api.given === 'words')
    graph.connect(
      program.word(typeof key === 'number' ? key - WORDS_BEFORE[walk.language] : undefined),
      result,
    );
  else if (api.given === 'options') graph.connect(program.anyWord, result);
  else if (api.detail?.as === 'variable' && typeof key === 'string') {
    graph.connect(program.variable(key), result);
    // `os.environ.get('RC', '~/.bashrc')`: nobody sets it.
    const standard = args.positional[1];
    if (standard !== undefined)
      graph.connect(
        handedPathNode(walk, standard, () => call),
        result,
      );
  }
}

/** Where a value ends in a sink: the text of a command, or what data was decoded to, is followed into where it is known, and is no longer on its way. */
function nodeFor(graph: FlowGraph, label: SinkLabel, value: Value): number {
  const own = label === 'code' ? codeNode(graph, value) : value.node;
  if (graph.carriedTexts.size === 0 && graph.unread.size === 0) return own;
  if (label !== 'process' && label !== 'code') return own;
  const text = knownText(value);
  if (text === null) return own;
  const taken: SourceLabel[] = [];
  if (isTelling(text)) taken.push('command');
  if (graph.unread.size > 0 && !graph.mixed.has(value.node)) taken.push('unread');
  if (taken.length === 0) return own;
  const node = graph.newNode();
  graph.connect(own, node);
  graph.take(node, taken);
  return node;
}

/** Headers by which a program shows a service who it is. */
const SHOWS_A_KEY =
  /auth|token|key|cookie|secret|session|credential|signature|passw|jwt|csrf|\bsid\b|^x-(?:goog|amz|ms)-/i;

/** What stands in other headers is text that is sent. */
function noteHeaderTexts(graph: FlowGraph, { entries }: Value, call: CallFact): void {
  for (const [name, { node }] of entries ?? [])
    if (node !== 0 && !SHOWS_A_KEY.test(name)) graph.addSink(node, { label: 'header-text', call });
}

/** Does to the flow what a model says, notes the call, and gives back what it returns. */
export function applyApi(
  walk: Walk,
  name: string,
  api: Api,
  args: BoundArguments,
  span: Span,
  returns: string | null = null,
  language: Language = walk.language,
): Value {
  const { graph } = walk;
  const call = noteCall(walk, name, api, args, span, language);
  const passed =
    api.propagates === undefined
      ? api.sinks?.some(({ label }) => label === 'network') === true
        ? []
        : allArguments(args)
      : api.propagates.flatMap((reference) => argumentsAt(args, reference));
  const incoming = passed.map((value) => value.node).filter((node) => node !== 0);
  const isFile = api.detail?.as === 'path';
  const isGiven = api.given !== undefined || api.detail?.as === 'variable';
  const needsNode =
    incoming.length > 0 || api.source !== undefined || isFile || isGiven || api.returns !== undefined;
  const node = needsNode && walk.quiet === 0 ? graph.newNode(true) : 0;
  if (node !== 0) {
    graph.calls.set(node, call);
    for (const from of incoming) graph.connect(from, node);
    for (const label of api.source ?? []) graph.sources.push({ node, label, call });
    if (api.source?.includes('held-secret') === true) walk.gathering.holdsSecrets = true;
    graph.take(node, api.sanitizes ?? []);
    graph.clear(node, api.clears ?? []);
    for (const reference of api.leaves ?? [])
      for (const value of argumentsAt(args, reference)) leaveFile(walk, value, call, node);
    if (isGiven) linkGiven(walk, api, args, node, call);
    linkFile(walk, api, args, node, call);
    linkCopy(walk, name, args, node);
    if (api.returns === 'fs.WriteStream') graph.receivers.add(node);
    if (isFile && api.source?.includes('secret') === true) handFound(walk, name, args, api, node, call);
  }
  if (walk.quiet === 0) {
    // What is written to an open file is in the file.
    if (isWriting(api) && args.receiver !== null) {
      for (const value of args.positional) graph.connect(value.node, args.receiver.node);
    }
    noteAddresses(graph, api, args, call);
    for (const reference of api.sendsFile ?? [])
      for (const path of argumentsAt(args, reference))
        graph.addSink(readFile(walk, path, span, name).node, { label: 'network', call });
    for (const sink of api.sinks ?? []) {
      for (const reference of sink.arguments) {
        if (reference === 'file-content') graph.addSink(node, { label: sink.label, call });
        for (const value of argumentsAt(args, reference)) {
          if (sink.label === 'redirect') {
            for (const node of destinationNodes(value)) graph.addSink(node, { label: 'redirect', call });
            continue;
          }
          if (sink.label === 'network-header') noteHeaderTexts(graph, value, call);
          if (sink.label === 'code' && api.detail?.as === 'path') runFile(graph, value, call);
          const program = sink.label === 'process' ? fixedProgram(walk, value, args, api) : null;
          graph.addSink(nodeFor(graph, sink.label, value), {
            label: program === null ? sink.label : 'process-argument',
            call,
          });
          if (program !== null) graph.addSink(program.node, { label: 'process', call });
          if (sink.label === 'output') graph.connect(value.node, walk.program.output);
        }
      }
    }
  }
  const type = api.given === 'options' ? OPTIONS_TYPE : (api.returns ?? returns);
  return knownValue(type, decoded(api, args), null, null, node);
}
