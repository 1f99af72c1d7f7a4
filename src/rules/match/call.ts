import type { CallMatcher } from '../../model/rule.ts';
import { detailOf, isDetailHidden } from '../../static/evidence/from-calls.ts';
import { conditionHolds } from '../../static/facts/calls/conditions.ts';
import type { CallFact } from '../../static/facts/facts.ts';
import { lastPart } from '../../static/facts/names.ts';
import { guardOfPlace, scopesOf } from '../../static/facts/scopes/spread-scopes.ts';
import type { FileView } from '../../static/file-view.ts';
import { matchesName } from '../api-index.ts';
import type { CallNames } from './call-names.ts';
import { type CompiledMatcher, type Match, matchAt, NO_MATCHES } from './match.ts';

/** A call as a match. */
export function matchOfCall(call: CallFact): Match {
  return matchAt(call.layer, call.span, {
    function: call.function,
    scopes: scopesOf(call),
    guard: guardOfPlace(call),
    name: call.name.replace(/^\?\./, ''),
    detail: detailOf(call),
  });
}

/** A test on names by a pattern with `*`; every name is looked at once. */
function nameTest(pattern: string): (name: string) => boolean {
  const parts = pattern.split('.');
  const known = new Map<string, boolean>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      found = matchesName(parts, name.split('.'));
      if (known.size < 50_000) known.set(name, found);
    }
    return found;
  };
}

function candidatesFor(matcher: CallMatcher): (file: FileView) => readonly CallFact[] {
  const { names, capability } = matcher;
  if (names === undefined) {
    return capability === undefined ? (file) => file.facts.calls : (file) => file.callsWith(capability);
  }
  const patterns = names.map((name) => ({ name, matches: name.includes('*') ? nameTest(name) : null }));
  return (file) =>
    patterns.flatMap(({ name, matches }) =>
      matches === null
        ? file.callsNamed(name)
        : file.callsEndingIn(lastPart(name)).filter((call) => matches(call.name)),
    );
}

/**
 * Calls by name or by what they do, with conditions on their arguments.
 * @param callNames takes in the names that are asked for
 */
export function compileCall(matcher: CallMatcher, callNames: CallNames): CompiledMatcher {
  const candidates = candidatesFor(matcher);
  const number = matcher.names === undefined ? null : callNames.enter(matcher.names);
  return (file) => {
    if (number !== null && !file.asksFor(number)) return NO_MATCHES;
    const matches: Match[] = [];
    for (const call of candidates(file)) {
      if (matcher.capability !== undefined && call.api?.capabilities?.includes(matcher.capability) !== true)
        continue;
      if (matcher.detailClass !== undefined || matcher.exceptClass !== undefined) {
        const detail = detailOf(call);
        const isOneOf = (names: readonly string[] | undefined): boolean | undefined =>
          names?.some((name) => file.classes.belongs(name, detail));
        if (isOneOf(matcher.detailClass) === false || isOneOf(matcher.exceptClass) === true) continue;
      }
      if (matcher.isDetailHidden === true && !isDetailHidden(call)) continue;
      const hold = (matcher.arguments ?? []).every((condition) =>
        conditionHolds(condition, call.args, file.classes),
      );
      if (hold) matches.push(matchOfCall(call));
    }
    return matches;
  };
}
