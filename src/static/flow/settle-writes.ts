import type { SinkLabel } from '../../model/api-model.ts';
import { HOLE } from '../evidence/detail.ts';
import { plain } from '../fold/constant.ts';
import { matchingApiOf } from '../facts/calls/apply-api.ts';
import type { BoundArguments } from '../facts/calls/arguments.ts';
import type { FileAccess, HandedPath } from '../facts/calls/handed-paths.ts';
import type { CallFact } from '../facts/facts.ts';
import type { Gathering } from '../facts/gathering.ts';
import { WRITES } from '../facts/shell/redirections.ts';
import { modelLanguageOf } from '../facts/names.ts';
import { constantValue, knownText, type Value } from '../facts/values/value.ts';
import { nodeOf, spread } from './search.ts';

/** How many places are visited for one path, and how many writes of handed paths are told of. */
const MAX_STATES = 20_000;
const MAX_WRITES = 2_000;

/** What somebody changes who writes such a file; a plain file is none of these. */
const TELLING: ReadonlySet<string> = new Set(['persist', 'agent.control']);
const SINKS: ReadonlyMap<string, SinkLabel> = new Map([
  ['persist', 'persist'],
  ['agent.control', 'agent-config'],
]);
/** What an object of unknown type is that has a path's methods and is a path. */
const PATH_TYPE = 'pathlib.Path.';
/** Files that models do not tell from plain ones; rules do, by their path. */
const TOLD_BY_PATH = ['privilege-path', 'account-path', 'shared-settings-path'] as const;

/** The path that is opened, where what was handed over is all of it or a part; null when it is known to be another. */
function openedPath({ path: opened }: FileAccess, handed: string): string | null {
  const text = knownText(opened);
  if (text === null) return handed;
  const holes = text.split(HOLE).length - 1;
  return holes === 1 ? text.replace(HOLE, handed) : null;
}

function withPath(args: BoundArguments, old: Value, path: Value): BoundArguments {
  const put = (value: Value): Value => (value === old ? path : value);
  return {
    positional: args.positional.map(put),
    named: new Map([...args.named].map(([name, value]) => [name, put(value)])),
    receiver: args.receiver === null ? null : put(args.receiver),
  };
}

/** The write as it is once its path is known; null when it is still one of a plain file. */
function settledCall(gathering: Gathering, access: FileAccess, handed: HandedPath): CallFact | null {
  const { call } = access;
  const path = openedPath(access, handed.path);
  if (path === null) return null;
  const { apis, classes } = gathering.knowledge;
  const { api: before } = call;
  const language = modelLanguageOf(call.language);
  if (before === null || language === null) return null;
  const args = withPath(call.args, access.path, constantValue(plain(path)));
  const isOutput = call.name === '>' || call.name === '>>';
  const api = matchingApiOf(
    classes,
    isOutput ? WRITES : apis[language].lookup(call.name.replace(/^\?\./, PATH_TYPE)),
    args,
  );
  const isTelling =
    api?.capabilities?.some(
      (capability) => TELLING.has(capability) && before.capabilities?.includes(capability) !== true,
    ) === true ||
    (!/mkdir|makedirs/i.test(call.name) && TOLD_BY_PATH.some((name) => classes.belongs(name, path)));
  if (api === null || !isTelling) return null;
  const place = handed.given === null ? call : handed.call;
  return { ...place, name: call.name, language: call.language, api, args, guard: place.guard ?? call.guard };
}

/**
 * Follows the paths of files that matter to the code that writes them: the call that hands such a path over is one that writes the file.
 * Calls are added to those that were gathered, and what they write flows into a sink.
 */
export function settleWrites(gathering: Gathering): void {
  const { graph } = gathering;
  const { accesses, handedPaths } = graph;
  if (accesses.size === 0) return;
  let left = MAX_WRITES;
  for (const handed of handedPaths) {
    const search = spread(graph, [handed.node], () => false, MAX_STATES);
    if (search.isCut) graph.isFull = true;
    const seen = new Set<FileAccess>();
    for (const state of search.cameFrom.keys()) {
      for (const access of accesses.get(nodeOf(state)) ?? []) {
        if (!access.isWrite || seen.has(access)) continue;
        seen.add(access);
        const call = settledCall(gathering, access, handed);
        if (call === null) continue;
        if (--left < 0) {
          graph.isFull = true;
          return;
        }
        gathering.calls.push(call);
        for (const capability of call.api?.capabilities ?? []) {
          const label = SINKS.get(capability);
          if (label === undefined) continue;
          for (const node of handed.given ?? [access.content]) graph.addSink(node, { label, call });
        }
      }
    }
  }
}
