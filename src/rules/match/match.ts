import type { Guard, Scope } from '../../model/evidence.ts';
import type { TraceStep } from '../../model/finding.ts';
import type { Span } from '../../model/program.ts';
import type { FileView } from '../../static/file-view.ts';
import type { FunctionFact, Layer } from '../../static/facts/facts.ts';

/** A place where a matcher holds, with what a rule's message may say of it. */
export interface Match {
  readonly layer: Layer;
  readonly span: Span;
  readonly function: FunctionFact | null;
  readonly scopes: readonly Scope[];
  readonly guard: Guard | null;
  readonly name: string;
  readonly detail: string;
  readonly source: string;
  readonly sink: string;
  /** As written, not yet shortened or redacted. */
  readonly text: string;
  readonly trace: readonly TraceStep[];
  /** It is a text that stands there, and not known to be done anything with. */
  readonly isText?: boolean;
  /** It rests on a way through the flow graph that is long and one of very many. */
  readonly isFar?: boolean;
}

/** A matcher made ready: finds every place in a file where it holds. */
export type CompiledMatcher = (file: FileView) => readonly Match[];

/** What most matchers find in most files. */
export const NO_MATCHES: readonly Match[] = [];

/** A match at a place that no function is known of. */
export function matchAt(layer: Layer, span: Span, more: Partial<Match> = {}): Match {
  return {
    layer,
    span,
    function: null,
    scopes: [layer.scope],
    guard: null,
    name: '',
    detail: '',
    source: '',
    sink: '',
    text: layer.source.text.slice(span.start, Math.min(span.end, span.start + 400)),
    trace: [],
    ...more,
  };
}
