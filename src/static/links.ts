import type { SinkLabel, SourceLabel } from '../model/api-model.ts';
import type { Facts } from './facts/facts.ts';
import { entryPointOf } from './facts/programs/registrations.ts';
import type { StartedFile } from './facts/programs/started-files.ts';

/** What ties a file to others of its target. */
export interface FileLinks {
  /** Modules as it names them. */
  readonly imports: readonly string[];
  /** Labels of values that start, and of places that end, in it. */
  readonly sources: readonly SourceLabel[];
  readonly sinks: readonly SinkLabel[];
  /** Files that it starts or names as started, as written. */
  readonly starts: readonly StartedFile[];
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

/** Works out what ties a file to others. */
export function linksOf({ calls, imports, graph, classes, layers, started }: Facts): FileLinks {
  const own = new Set(layers);
  const entryPoints: string[] = [];
  const sinks = new Set<SinkLabel>();
  for (const call of calls) {
    // Not only those that something is known to flow into: what does may come from another file.
    for (const { label } of call.api?.sinks ?? []) sinks.add(label);
    const entryPoint = entryPointOf(call);
    if (entryPoint !== null && entryPoints.length < MAX_LINKS) entryPoints.push(entryPoint);
  }
  return {
    imports: [...new Set(imports.map(({ module }) => module))].slice(0, MAX_LINKS),
    sources: [
      ...new Set([
        ...graph.sources.filter(({ call }) => own.has(call.layer)).map(({ label }) => label),
        ...started.flatMap(({ hands = [] }) => hands),
      ]),
    ],
    sinks: [...sinks],
    starts: started,
    entryPoints,
    environments: classes.filter(({ isEnvironment }) => isEnvironment).map(({ name }) => name),
  };
}
