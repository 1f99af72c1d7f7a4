import type { TraceStep } from '../../model/finding.ts';
import type { CompiledMatcher, Match } from './match.ts';

/** A member of an `all`: something that must be there, or must not. */
export interface CompiledMember {
  readonly isNegated: boolean;
  readonly find: CompiledMatcher;
}

/** Where a match belongs for `within: function`: its function, or the code outside any in its layer. */
function groupOf(match: Match): unknown {
  return (
    match.function ??
    `${match.layer.source.layer ?? ''} ${match.layer.language === 'markdown' ? 'prose' : 'code'}`
  );
}

/** Steps for a finding that rests on several places: the flow's own if one has it, else one step a place. */
function combinedTrace(parts: readonly Match[]): readonly TraceStep[] {
  const flow = parts.find((part) => part.trace.length > 0);
  const steps = parts
    .filter((part) => part !== flow)
    .map((part) => {
      const { source } = part.layer;
      const what = [part.name, part.detail].filter((text) => text !== '' && text !== '*');
      return {
        path: source.path,
        line: source.locate(part.span).startLine,
        message:
          `together with ${[...new Set(what)].join(' ').split('\n', 1)[0]?.slice(0, 100) ?? ''}`.trim(),
      };
    });
  return [...(flow?.trace ?? []), ...steps];
}

/** One match out of several: it stands where the first stands and knows what all of them know. */
function combine(parts: readonly Match[]): Match {
  const first = parts[0]!;
  const known = (key: 'detail' | 'name' | 'source' | 'sink'): string =>
    parts.map((part) => part[key]).find((text) => text !== '' && text !== '*') ?? first[key];
  return {
    ...first,
    guard: parts.map((part) => part.guard).find((guard) => guard !== null) ?? null,
    detail: known('detail'),
    name: known('name'),
    source: known('source'),
    sink: known('sink'),
    trace: combinedTrace(parts),
    isText: parts.every((part) => part.isText === true),
    isFar: parts.some((part) => part.isFar === true),
  };
}

/** How far apart the sentences of a passage begin at most (UTF-16 units). */
const PASSAGE = 500;

/** A heading between two sentences. */
const HEADING = /\n\s{0,3}(?:#{1,6}\s|[^\n]{1,200}\n(?:={3,}|-{3,})\s*\n)/;

/** A few sentences of one text, with no heading between them. */
function isSamePassage(one: Match, other: Match): boolean {
  if (one.layer !== other.layer) return false;
  const [start, end] = [one.span.start, other.span.start].sort((a, b) => a - b) as [number, number];
  return end - start <= PASSAGE && !HEADING.test(one.layer.source.text.slice(start, end));
}

/** How far the places of one match reach. */
export type Reach = 'passage' | 'function' | 'file' | 'unit';

const BELONGS: Readonly<Record<'passage' | 'function', (first: Match, other: Match) => boolean>> = {
  passage: isSamePassage,
  function: (first, other) => groupOf(first) === groupOf(other),
};

/** Every member has a match and no negated one has: in the whole file, in the same function, or in a few sentences. */
export function compileCombination(members: readonly CompiledMember[], within: Reach): CompiledMatcher {
  return (file) => {
    const found: (readonly Match[])[] = [];
    for (const member of members) {
      if (member.isNegated) continue;
      const matches = member.find(file);
      if (matches.length === 0) return [];
      found.push(matches);
    }
    const negated = members.filter((member) => member.isNegated).flatMap((member) => member.find(file));
    if (within === 'file' || within === 'unit') {
      if (negated.length > 0) return [];
      return (found[0] ?? []).map((first) =>
        combine([first, ...found.slice(1).map((matches) => matches[0]!)]),
      );
    }
    const belongs = BELONGS[within];
    return (found[0] ?? []).flatMap((first) => {
      if (negated.some((match) => belongs(first, match))) return [];
      const others = found.slice(1).map((matches) => matches.find((match) => belongs(first, match)));
      return others.every((match) => match !== undefined) ? [combine([first, ...others])] : [];
    });
  };
}
