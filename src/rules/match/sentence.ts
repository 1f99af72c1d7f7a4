import type { Matcher } from '../../model/rule.ts';
import { compiledRegex } from '../rule-regex.ts';
import { mayMatch } from './required-words.ts';
import { type CompiledMatcher, matchAt } from './match.ts';

type SentenceMatcher = Extract<Matcher, { sentence: unknown }>['sentence'];

const CHANGELOG = /(?:^|\/)(?:changelog|changes|history|news|release-?notes)(?:\.\w{1,8})?$/i;

/** An issue or a commit, as entries name them: "(#1861", "(8f5e7f3". */
const REFERENCE = /\(\[?(?:#\d{1,6}|[0-9a-f]{7,40})\b/;

/** An entry of a list of changes ("fetch: send cookies … (#1861)"): it says what was done, in the form of an order. */
function isChange(path: string, text: string): boolean {
  return CHANGELOG.test(path) && REFERENCE.test(text);
}

/** Sentences of prose by their words, and by whether and to whom they are an order. */
export function compileSentence(matcher: SentenceMatcher): CompiledMatcher {
  const negated = matcher.negated ?? false;
  const quoted = matcher.quoted ?? false;
  const all = matcher.all ?? [];
  const { acts } = matcher;
  return (file) => {
    if (file.facts.sentences.length === 0 || !all.every((pattern) => mayMatch(pattern, file.foldedProse)))
      return [];
    return file.facts.sentences
      .filter(({ sentence }, index) => {
        if (isChange(file.path, sentence.text)) return false;
        if (sentence.quoted !== quoted) return false;
        if (acts === undefined) {
          if (negated !== 'either' && sentence.negated !== negated) return false;
        } else if (!(sentence.acts?.some((act) => acts.includes(act)) ?? false)) {
          return false;
        }
        if (matcher.imperative !== undefined && sentence.imperative !== matcher.imperative) return false;
        if (matcher.disguised === true && sentence.disguised !== true) return false;
        if (matcher.roles !== undefined && !matcher.roles.includes(sentence.role)) return false;
        // What programs show is for people as a rule: words alone say too little there, unless they are meant for it.
        if (sentence.role === 'shown' && matcher.roles === undefined && acts === undefined) return false;
        if (matcher.addressee !== undefined && !matcher.addressee.includes(sentence.addressee)) return false;
        const folded = file.foldedSentences[index] ?? '';
        if (!all.every((pattern) => mayMatch(pattern, folded))) return false;
        const text = sentence.text.slice(0, 4_000);
        return (
          all.every((pattern) => compiledRegex(pattern, 'any-case').test(text)) &&
          !matcher.none?.some(
            (pattern) => mayMatch(pattern, folded) && compiledRegex(pattern, 'any-case').test(text),
          )
        );
      })
      .map(({ sentence, layer }) =>
        matchAt(layer, sentence.span, {
          scopes: ['prose'],
          text: sentence.text,
          detail: sentence.text.slice(0, 120),
        }),
      );
  };
}
