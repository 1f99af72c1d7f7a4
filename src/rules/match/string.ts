import type { Matcher } from '../../model/rule.ts';
import { isOfClass } from '../../static/facts/calls/conditions.ts';
import { compiledRegex } from '../rule-regex.ts';
import type { StringFact } from '../../static/facts/facts.ts';
import { scopesOf } from '../../static/facts/scopes/spread-scopes.ts';
import { kindsOfText } from './decoded-text.ts';
import { type CompiledMatcher, matchAt, NO_MATCHES } from './match.ts';
import { mayMatch } from './required-words.ts';
import { isOnlyShown } from './shown-string.ts';

type StringMatcher = Extract<Matcher, { string: unknown }>['string'];

/** The text to look at, when the constant is or hides what the rule asks for. */
function lookedAt(fact: StringFact, matcher: StringMatcher): string | null {
  const { decodedAs } = matcher;
  if (decodedAs === undefined || decodedAs === 'text') return fact.text;
  const { hidden } = fact;
  if (hidden === undefined)
    return fact.origin === 'decoded' && kindsOfText(fact.text).includes(decodedAs) ? fact.text : null;
  if (
    hidden.kind === 'object' ||
    (hidden.steps.every((step) => step === 'url' || step === 'data') && isReadable(fact.text))
  )
    return null;
  if (hidden.kind === 'program') return decodedAs === 'program' ? 'a program for the processor' : null;
  return hidden.kind === decodedAs || kindsOfText(hidden.text).includes(decodedAs) ? hidden.text : null;
}

/** An address escapes blanks and brackets; whoever hides something escapes its letters. */
function isReadable(text: string): boolean {
  const escapes = text.slice(0, 20_000).match(/%[0-9A-F]{2}/gi) ?? [];
  return escapes.length > 0 && !escapes.some((escape) => /%(?:[46][1-9A-F]|[57][0-9A])/i.test(escape));
}

/** String constants: as they stand, or by what they turn out to hide. */
export function compileString(matcher: StringMatcher): CompiledMatcher {
  const { class: className, minLength } = matcher;
  const isPlain = matcher.decodedAs === undefined || matcher.decodedAs === 'text';
  return (file) => {
    const { matches } = matcher;
    if (isPlain && matches !== undefined && !mayMatch(matches, file.foldedStrings)) return NO_MATCHES;
    const strings = isPlain ? file.facts.strings : file.decodedStrings;
    if (strings.length === 0) return NO_MATCHES;
    const regex = matches === undefined ? null : compiledRegex(matches);
    return strings.flatMap((fact) => {
      if (minLength !== undefined && fact.text.length < minLength) return [];
      const text = lookedAt(fact, matcher);
      if (text === null || regex?.test(text) === false) return [];
      if (matcher.exceptShown === true && isOnlyShown(fact)) return [];
      if (className !== undefined && !isOfClass(file.classes, className, text)) return [];
      return [
        matchAt(fact.layer, fact.span, {
          function: fact.function,
          scopes: scopesOf({ ...fact, outerScope: fact.layer.scope }),
          detail: text.slice(0, 120),
          text,
          isText: true,
        }),
      ];
    });
  };
}
