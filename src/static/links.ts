import type { SinkLabel, SourceLabel } from '../model/api-model.ts';
import type { Scope } from '../model/evidence.ts';
import { textOf } from './fold/constant.ts';
import type { CallFact, Facts } from './facts/facts.ts';
import { lastPart } from './facts/names.ts';

/** What ties a file to others of its target. */
export interface FileLinks {
  /** Modules as it names them. */
  readonly imports: readonly string[];
  /** Labels of values that start, and of places that end, in it. */
  readonly sources: readonly SourceLabel[];
  readonly sinks: readonly SinkLabel[];
  /** Files that its hooks start, as written, and when. */
  readonly starts: readonly { readonly file: string; readonly scope: Scope }[];
  /** `pkg.module:Class` of the environments that it registers. */
  readonly entryPoints: readonly string[];
  /** Classes of its own that are known for environments without being told. */
  readonly environments: readonly string[];
}

/** The links of a file of which nothing is known. */
export const NO_LINKS: FileLinks = {
  imports: [],
  sources: [],
  sinks: [],
  starts: [],
  entryPoints: [],
  environments: [],
};

const MAX_LINKS = 200;
const INTERPRETER = /^(?:node|nodejs|bun|deno|tsx|ts-node|python[\d.]*|py|bash|sh|zsh|dash|source|\.)$/;
const SCRIPT = /\.(?:[cm]?[jt]s|py|sh|bash)$/;
/** Scopes that nobody asks for: what a hook starts has them too. */
const HOOK_SCOPES: ReadonlySet<Scope> = new Set(['install-hook', 'agent-hook']);

/** The file that a command starts: an interpreter's first operand, or the command itself when it is a path. */
function startedBy(call: CallFact): string | null {
  if (!INTERPRETER.test(call.name)) return SCRIPT.test(call.name) ? call.name : null;
  const words = call.args.positional.map((value) => textOf(value.constant));
  return words.find((word) => word !== null && SCRIPT.test(word)) ?? null;
}

/** Works out what ties a file to others. */
export function linksOf({ calls, imports, graph, classes }: Facts): FileLinks {
  const starts: FileLinks['starts'][number][] = [];
  const entryPoints: string[] = [];
  for (const call of calls) {
    if (call.language === 'shell' && call.function === null && HOOK_SCOPES.has(call.outerScope)) {
      const file = startedBy(call);
      if (file !== null && starts.length < MAX_LINKS) starts.push({ file, scope: call.outerScope });
    }
    if (lastPart(call.name) !== 'register' || entryPoints.length >= MAX_LINKS) continue;
    const entryPoint = textOf(call.args.named.get('entry_point')?.constant ?? null);
    if (entryPoint !== null) entryPoints.push(entryPoint);
  }
  return {
    imports: [...new Set(imports.map(({ module }) => module))].slice(0, MAX_LINKS),
    sources: [...new Set(graph.sources.map(({ label }) => label))],
    // Not only those that something is known to flow into: what does may come from another file.
    sinks: [...new Set(calls.flatMap(({ api }) => (api?.sinks ?? []).map(({ label }) => label)))],
    starts,
    entryPoints,
    environments: classes.filter(({ isEnvironment }) => isEnvironment).map(({ name }) => name),
  };
}
