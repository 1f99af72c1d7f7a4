import type { SinkLabel, SourceLabel } from '../../model/api-model.ts';
import type { TraceStep } from '../../model/finding.ts';
import { HOLE } from '../../static/evidence/detail.ts';
import { detailOf } from '../../static/evidence/from-calls.ts';
import type { CallFact } from '../../static/facts/facts.ts';
import { modelLanguageOf } from '../../static/facts/names.ts';
import { packageOfModule, packageOfName } from '../../static/facts/packages.ts';
import type { FileView } from '../../static/file-view.ts';
import type { Flow } from '../../static/flow/flows.ts';
import { matchOfCall } from './call.ts';
import type { CompiledMatcher } from './match.ts';

function described(call: CallFact): string {
  const detail = detailOf(call);
  const name = call.name.replace(/^\?\./, '');
  return detail === HOLE || detail === name ? name : `${name} ${detail}`;
}

function step(call: CallFact, message: string): TraceStep {
  const { source } = call.layer;
  return { path: source.path, line: source.locate(call.span).startLine, message };
}

function traceOf(flow: Flow): readonly TraceStep[] {
  return [
    step(flow.source, `${flow.from} comes from ${described(flow.source)}`),
    ...flow.through
      .filter((call) => call !== flow.sink)
      .map((call) => step(call, `goes through ${described(call)}`)),
    step(flow.sink, `ends in ${described(flow.sink)} (${flow.to})`),
  ];
}

function isUnmodelled({ to }: Flow): boolean {
  return to === 'unmodelled' || to === 'unmodelled-runner';
}

/** The imported library that a call belongs to. */
function libraryOf(call: CallFact, file: FileView): string {
  const packages = file.facts.imports.flatMap(({ module, layer }) => {
    const language = modelLanguageOf(layer.language);
    return language === null ? [] : [packageOfModule(module, language)];
  });
  return packageOfName(call.name, new Set(packages)) ?? call.name;
}

/** Labelled values that reach a sink; the match stands at the sink. */
export function compileFlow(matcher: {
  readonly from: readonly SourceLabel[];
  readonly to: readonly SinkLabel[];
}): CompiledMatcher {
  const from = new Set(matcher.from);
  const to = new Set(matcher.to);
  return (file) =>
    file.flows
      .filter((flow) => from.has(flow.from) && to.has(flow.to))
      .map((flow) => ({
        ...matchOfCall(flow.sink),
        ...(isUnmodelled(flow) ? { detail: libraryOf(flow.sink, file) } : {}),
        source: described(flow.source),
        sink: described(flow.sink),
        trace: traceOf(flow),
      }));
}
