import type { Capability } from './capability.ts';
import type { Location } from './location.ts';
import type { ObservedEvent } from './observation.ts';

/** Who says so: what the target claims, what its prose orders, what its code can do, what it depends on, what it did. */
type EvidenceSource = 'claim' | 'prose' | 'code' | 'dependency' | 'run';

export type Confidence = 'high' | 'medium' | 'low';

/**
 * When a piece of code runs. `function` is a function that nothing known calls; the Gym scopes are the lifecycle methods of an
 * environment class, and of whatever they call within the file.
 */
export type Scope =
  | 'import-time'
  | 'install-hook'
  | 'build'
  | 'ci'
  | 'agent-hook'
  | 'server-command'
  | 'cli-entry'
  | 'tool-handler'
  | 'env.init'
  | 'env.reset'
  | 'env.step'
  | 'env.render'
  | 'env.close'
  | 'example'
  | 'test'
  | 'function'
  | 'prose'
  | 'data';

/** A condition that must hold for the code to run and that smells of a trigger. */
export interface Guard {
  readonly kind:
    'date' | 'host' | 'user' | 'environment' | 'counter' | 'ci' | 'debugger' | 'platform' | 'random' | 'file';
  /** The condition as written, shortened. */
  readonly text: string;
}

/** The one type that joins everything: somebody says that a unit has a capability. */
export interface Evidence {
  readonly source: EvidenceSource;
  readonly capability: Capability;
  /** What of it: a host, a path, a command, a variable name, a module. `*` when it could be anything or is not known. */
  readonly detail: string;
  /** {@link Unit.path}. */
  readonly unit: string;
  readonly scope: Scope | null;
  readonly guard: Guard | null;
  readonly confidence: Confidence;
  /** It hands something over that is not known beforehand: the body of a request. Absent: no, or not known. */
  readonly isSending?: true;
  /** Where it stands; null for a run. */
  readonly location: Location | null;
  /** What happened; null unless source is `run`. */
  readonly event: ObservedEvent | null;
}
