import type { Matcher } from '../../model/rule.ts';
import { ruleRegex } from '../safe-regex.ts';
import { type CompiledMatcher, matchAt } from './match.ts';

type SentenceMatcher = Extract<Matcher, { sentence: unknown }>['sentence'];

/** Sentences of prose by their words, and by whether and to whom they are an order. */
export function compileSentence(matcher: SentenceMatcher): CompiledMatcher {
  const all = matcher.all.map((pattern) => ruleRegex(pattern, 'i'));
  const none = (matcher.none ?? []).map((pattern) => ruleRegex(pattern, 'i'));
  const negated = matcher.negated ?? false;
  const quoted = matcher.quoted ?? false;
  return (file) =>
    file.facts.sentences
      .filter(({ sentence }) => {
        if (sentence.negated !== negated || sentence.quoted !== quoted) return false;
        if (matcher.imperative !== undefined && sentence.imperative !== matcher.imperative) return false;
        if (matcher.roles !== undefined && !matcher.roles.includes(sentence.role)) return false;
        if (matcher.addressee !== undefined && !matcher.addressee.includes(sentence.addressee)) return false;
        const text = sentence.text.slice(0, 4_000);
        return all.every((regex) => regex.test(text)) && !none.some((regex) => regex.test(text));
      })
      .map(({ sentence, layer }) =>
        matchAt(layer, sentence.span, {
          scopes: ['prose'],
          text: sentence.text,
          detail: sentence.text.slice(0, 120),
        }),
      );
}
