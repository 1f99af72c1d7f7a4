import type { SinkLabel, SourceLabel } from '../../model/api-model.ts';
import type { TraceStep } from '../../model/finding.ts';
import { isInOwnNetwork } from '../../own-network.ts';
import { HOLE } from '../../static/evidence/detail.ts';
import type { ClassIndex } from '../classes.ts';
import { detailOf } from '../../static/evidence/from-calls.ts';
import type { CallFact } from '../../static/facts/facts.ts';
import { startsFile } from '../../static/facts/programs/started-files.ts';
import { modelLanguageOf } from '../../static/facts/names.ts';
import { packageOfModule, packageOfName } from '../../static/facts/calls/packages.ts';
import type { FileView } from '../../static/file-view.ts';
import type { Flow } from '../../static/flow/flows.ts';
import { matchOfCall } from './call.ts';
import { type CompiledMatcher, NO_MATCHES } from './match.ts';

function described(call: CallFact): string {
  const detail = detailOf(call);
  const name = call.name.replace(/^\?\./, '');
  return detail === HOLE || detail === name ? name : `${name} ${detail}`;
}

function step(call: CallFact, message: string): TraceStep {
  const { source } = call.layer;
  return { path: source.path, line: source.locate(call.span).startLine, message };
}

/** A command as written, as far as it stands on one line. */
function written(call: CallFact): string {
  const { start, end } = call.span;
  const [first = ''] = call.layer.source.text.slice(start, Math.min(end, start + 200)).split('\n', 1);
  const line = first.replace(/SBX_HOLE_\d+/g, '…');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** An order in prose, as far as it stands on one line. */
function quoted(call: CallFact): string {
  return `the text: ${written(call)}`;
}

/** A value on its way: a command that starts a file hands it over. */
function passing(call: CallFact): string {
  if (call.language === 'markdown') return `is handed over by ${quoted(call)}`;
  return startsFile(call) ? `is handed over by ${written(call)}` : `goes through ${described(call)}`;
}

/** What a flow begins with, with the file that is read when only the way there tells it. */
function sourceOf({ source, path, from }: Flow): string {
  if (from === 'conversation' && source.outerScope === 'agent-hook')
    return `the conversation (an agent hook is told it: ${written(source)})`;
  if (from === 'conversation') return `the conversation (${quoted(source)})`;
  return path === null ? described(source) : `${source.name.replace(/^\?\./, '')} ${path}`;
}

function traceOf(flow: Flow): readonly TraceStep[] {
  const { before, path, source } = flow;
  return [
    ...before.map((call) => step(call, `${path ?? 'a path'} ${passing(call)}`)),
    step(source, `${flow.from} comes from ${sourceOf(flow)}`),
    ...flow.through.filter((call) => call !== flow.sink).map((call) => step(call, passing(call))),
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

const SERVICE_KEY = /^(.+)-service-key$/;
/** A key that is known to be of one service goes to a host that is known and not of that service; what runs near may stand for any. */
function isForeign({ source, sink }: Flow, classes: ClassIndex): boolean {
  const host = detailOf(sink);
  if (host.includes(HOLE) || isInOwnNetwork(host)) return false;
  const own = classes.classesOf('host', host);
  for (const name of classes.classesOf('variable', detailOf(source))) {
    const service = SERVICE_KEY.exec(name)?.[1];
    if (service !== undefined) return !own.has(`${service}-service-host`);
  }
  return false;
}

const SERVICE_FILE = /^(.+)-service-file$/;
/**
 * The file in which the client of a service keeps its login, or a key of that service, sent to a host of it. A host that is not known is
 * nobody's own.
 */
function isOwn(flow: Flow, classes: ClassIndex): boolean {
  const { source, path } = flow;
  const host = hostOf(flow);
  if (host.includes(HOLE)) return false;
  const hosts = classes.classesOf('host', host);
  const services = [
    ...[...classes.classesOf('path', path ?? detailOf(source))].map((name) => SERVICE_FILE.exec(name)?.[1]),
    ...[...classes.classesOf('variable', detailOf(source))].map((name) => SERVICE_KEY.exec(name)?.[1]),
  ];
  return services.some((service) => service !== undefined && hosts.has(`${service}-service-host`));
}

/** Where it ends: a request that was made before it is sent knows that. */
function hostOf({ sink, through }: Flow): string {
  const host = detailOf(sink);
  return host.includes(HOLE)
    ? (through
        .filter(({ api }) => api?.detail?.as === 'host')
        .map(detailOf)
        .at(-1) ?? HOLE)
    : host;
}

/** No address stands in the text, and what arrives becomes a skill of its own: it steers the agent where the user has it do so. */
function isChosenSkill({ source, sink }: Flow, classes: ClassIndex): boolean {
  return detailOf(source) === HOLE && classes.belongs('agent-skill-path', detailOf(sink));
}

/** Labelled values that reach a sink; the match stands at the sink. */
export function compileFlow(matcher: {
  readonly from: readonly SourceLabel[];
  readonly to: readonly SinkLabel[];
  readonly isForeign?: true;
  readonly isOwn?: boolean;
  readonly isAway?: true;
  readonly isChosenSkill?: boolean;
  readonly exceptFrom?: readonly string[];
  readonly through?: readonly string[];
  readonly sources?: readonly string[];
  readonly sinks?: readonly string[];
  readonly exceptSinks?: readonly string[];
}): CompiledMatcher {
  const from = new Set(matcher.from);
  const to = new Set(matcher.to);
  const through = matcher.through === undefined ? null : new Set(matcher.through);
  const exceptFrom = matcher.exceptFrom ?? [];
  return (file) => {
    if (file.flows.length === 0) return NO_MATCHES;
    return file.flows
      .filter((flow) => from.has(flow.from) && to.has(flow.to))
      .filter((flow) => matcher.isForeign !== true || isForeign(flow, file.classes))
      .filter((flow) => matcher.isAway !== true || !isInOwnNetwork(hostOf(flow)))
      .filter((flow) => matcher.isOwn === undefined || isOwn(flow, file.classes) === matcher.isOwn)
      .filter(
        (flow) =>
          matcher.isChosenSkill === undefined || isChosenSkill(flow, file.classes) === matcher.isChosenSkill,
      )
      .filter(({ source }) => !exceptFrom.some((name) => file.classes.belongs(name, detailOf(source))))
      .filter((flow) => through === null || flow.through.some(({ name }) => through.has(name)))
      .filter(({ source }) => matcher.sources?.includes(source.name) !== false)
      .filter(({ sink }) => matcher.sinks?.includes(sink.name) !== false)
      .filter(({ sink }) => matcher.exceptSinks?.includes(sink.name) !== true)
      .map((flow) => ({
        ...matchOfCall(flow.sink),
        ...(isUnmodelled(flow) ? { detail: libraryOf(flow.sink, file) } : {}),
        source: sourceOf(flow),
        sink: described(flow.sink),
        trace: traceOf(flow),
        isFar: flow.isFar,
      }));
  };
}
