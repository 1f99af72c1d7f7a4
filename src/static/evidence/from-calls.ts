import type { Capability } from '../../model/capability.ts';
import type { Confidence, Evidence } from '../../model/evidence.ts';
import { isInOwnNetwork } from '../../own-network.ts';
import { argumentsAt, firstArgument } from '../facts/calls/arguments.ts';
import type { CallFact, Facts } from '../facts/facts.ts';
import { guardOfPlace, mainScope, scopesOf } from '../facts/scopes/spread-scopes.ts';
import { knownText, knownWords, type Value } from '../facts/values/value.ts';
import { HOLE, normalDetail } from './detail.ts';

/** What of its capability a call uses: the host, path, command, … in normal form; `*` when it is not known. */
export function detailOf(call: CallFact): string {
  const { api } = call;
  if (api === null) return HOLE;
  if (api.detail === undefined)
    return call.language === 'shell' && api.capabilities?.includes('proc.exec') === true ? call.name : HOLE;
  const value = firstArgument(call.args, api.detail.argument);
  if (value === null) return HOLE;
  const text = api.detail.as === 'command' ? knownWords(value) : knownText(firstOfPair(value));
  return text === null ? HOLE : normalDetail(api.detail.as, text);
}

/** An address given as a pair: the host comes first. */
function firstOfPair(value: Value): Value {
  return value.elements?.[0] ?? value;
}

/** True when what a call acts on is a constant that the program brings out of hiding, and no place on this machine. */
export function isDetailHidden(call: CallFact): boolean {
  const { api } = call;
  if (api?.detail === undefined) return false;
  const value = firstArgument(call.args, api.detail.argument);
  if (value === null || firstOfPair(value).constant?.origin !== 'decoded') return false;
  const detail = detailOf(call);
  return detail !== HOLE && !isInOwnNetwork(detail);
}

function confidenceOf(call: CallFact, detail: string): Confidence {
  const scopes = scopesOf(call);
  if (scopes.every((scope) => scope === 'test')) return 'low';
  return detail === HOLE ? 'medium' : 'high';
}

/** Arguments that carry what is sent, whatever the library. */
const BODY =
  /(?:^|\.)(?:data|json|files|body|content|form)$|^(?:-d|-F|-T|--data.*|--json|--form.*|--upload-file|stdin)$/;

/** Functions whose second argument is the body. */
const SENDING = /(?:^|\.)(?:post|put|patch|publish|sendBeacon)\w*$/;

/** Options whose value is the path of what is sent. */
const SENDS_FILE = /^(?:-T|--upload-file|--post-file|--body-file)$/;
/** `-d @path`, `-F name=@path`: what the file holds is sent. */
const OF_FILE = /^(?:[^=@\s]{0,80}=)?[@<][^@]/;

/** True for a text that names the file whose content is sent: that is not known beforehand. */
function namesFile(reference: number | string, value: Value): boolean {
  if (typeof reference === 'number') return false;
  const text = knownText(value);
  return text !== null && (SENDS_FILE.test(reference) || (reference.startsWith('-') && OF_FILE.test(text)));
}

function isKnownBeforehand(value: Value): boolean {
  if (value.constant !== null) return true;
  const parts = value.elements ?? (value.entries === null ? null : [...value.entries.values()]);
  return parts !== null && parts.length > 0 && parts.every(({ constant }) => constant !== null);
}

/** True when a call that reaches the network sends something that is not known beforehand. */
function sends({ api, args, name }: CallFact): boolean {
  if (api?.capabilities?.includes('net.connect') !== true) return false;
  const references = [
    ...(api.sinks ?? []).flatMap((sink) => (sink.label === 'network' ? sink.arguments : [])),
    ...(api.propagates ?? []),
  ];
  return references.some(
    (reference) =>
      (typeof reference === 'string' ? BODY.test(reference) : reference > 0 && SENDING.test(name)) &&
      argumentsAt(args, reference).some((value) => !isKnownBeforehand(value) || namesFile(reference, value)),
  );
}

/** What the calls of a file let it do, once per capability, detail and place. */
export function evidenceOfCalls(facts: Facts, unit: string): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const seen = new Set<string>();
  for (const call of facts.calls) {
    const capabilities: readonly Capability[] = call.api?.capabilities ?? [];
    if (capabilities.length === 0) continue;
    const detail = detailOf(call);
    for (const capability of capabilities) {
      const location = call.layer.source.locate(call.span);
      const key = `${capability} ${detail} ${location.startLine} ${location.layer ?? ''}`;
      if (seen.has(key)) continue;
      seen.add(key);
      evidence.push({
        source: 'code',
        capability,
        detail,
        unit,
        scope: mainScope(scopesOf(call)),
        guard: guardOfPlace(call),
        confidence: confidenceOf(call, detail),
        ...(capability === 'net.connect' && sends(call) ? { isSending: true as const } : {}),
        location,
        event: null,
      });
    }
  }
  return evidence;
}
