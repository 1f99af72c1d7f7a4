import type { Capability } from '../../model/capability.ts';
import type { Confidence, Evidence } from '../../model/evidence.ts';
import { firstArgument } from '../facts/arguments.ts';
import type { CallFact, Facts } from '../facts/facts.ts';
import { guardOfPlace, mainScope, scopesOf } from '../facts/spread-scopes.ts';
import { knownText, knownWords } from '../facts/value.ts';
import { HOLE, normalDetail } from './detail.ts';

/** What of its capability a call uses: the host, path, command, … in normal form; `*` when it is not known. */
export function detailOf(call: CallFact): string {
  const { api } = call;
  if (api === null) return HOLE;
  if (api.detail === undefined)
    return call.language === 'shell' && api.capabilities?.includes('proc.exec') === true ? call.name : HOLE;
  const value = firstArgument(call.args, api.detail.argument);
  if (value === null) return HOLE;
  // An address given as a pair: the host comes first.
  const text = api.detail.as === 'command' ? knownWords(value) : knownText(value.elements?.[0] ?? value);
  return text === null ? HOLE : normalDetail(api.detail.as, text);
}

function confidenceOf(call: CallFact, detail: string): Confidence {
  const scopes = scopesOf(call);
  if (scopes.every((scope) => scope === 'test')) return 'low';
  return detail === HOLE ? 'medium' : 'high';
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
        location,
        event: null,
      });
    }
  }
  return evidence;
}
