import type { Capability } from '../../model/capability.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { ClassIndex } from '../../rules/classes.ts';
import type { Facts } from '../facts/facts.ts';
import { hostOf, normalPath } from './detail.ts';

const PATH = /(?:~|\$HOME|\.{0,2})(?:\/[\w.@-]+)+\/?|(?<![\w/])\.(?:env|netrc|npmrc|pypirc)\b/g;
const URL = /\bhttps?:\/\/[^\s)>\]"'`]+/g;
const SENDS =
  /\b(?:send|post|upload|submit|transmit|forward|report|deliver|push|exfiltrate|share|email|POST|PUT)\b/i;
const WRITES = /\b(?:write|append|add|save|put|insert|edit|modify|create|replace|update|copy)\b/i;

function capabilityOfPath(path: string, text: string, classes: ClassIndex): Capability | null {
  const found = classes.classesOf('path', path);
  if (WRITES.test(text)) {
    if (found.has('agent-config-path')) return 'agent.control';
    if (found.has('persistence-path')) return 'persist';
  }
  return found.has('secret-path') ? 'secret.read' : null;
}

/** What prose orders an agent to do, as far as it names secret or steering files and places to send to. */
export function evidenceOfSentences(facts: Facts, unit: string, classes: ClassIndex): readonly Evidence[] {
  const evidence: Evidence[] = [];
  for (const { sentence, layer } of facts.sentences) {
    if (!sentence.imperative || sentence.negated || sentence.quoted) continue;
    const text = sentence.text.slice(0, 4_000);
    const found: { readonly capability: Capability; readonly detail: string }[] = [];
    for (const [path] of text.matchAll(PATH)) {
      const detail = normalPath(path.replace(/\.$/, ''));
      const capability = capabilityOfPath(detail, text, classes);
      if (capability !== null) found.push({ capability, detail });
    }
    if (SENDS.test(text)) {
      for (const [url] of text.matchAll(URL)) found.push({ capability: 'net.connect', detail: hostOf(url) });
    }
    for (const { capability, detail } of found.slice(0, 16)) {
      evidence.push({
        source: 'prose',
        capability,
        detail,
        unit,
        scope: 'prose',
        guard: null,
        confidence: 'medium',
        location: layer.source.locate(sentence.span),
        event: null,
      });
    }
  }
  return evidence;
}
