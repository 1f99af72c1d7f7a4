import type { Expression, Statement } from '../../model/program.ts';
import type { Matcher } from '../../model/rule.ts';
import type { ClassFact, FunctionFact } from '../../static/facts/facts.ts';
import { type CompiledMatcher, type Match, matchAt } from './match.ts';

type EnvironmentMatcher = Extract<Matcher, { environment: unknown }>['environment'];

/** The expressions that a function returns, not those of functions inside it; bounded. */
function returnedBy(body: readonly Statement[]): readonly Expression[] {
  const returned: Expression[] = [];
  const queue: (readonly Statement[])[] = [body];
  for (let at = 0; at < queue.length && at < 2_000; at++) {
    for (const statement of queue[at] ?? []) {
      if (statement.kind === 'return' && statement.value !== null) returned.push(statement.value);
      else if (statement.kind === 'branch') queue.push(...statement.branches);
      else if (statement.kind === 'loop' || statement.kind === 'with') queue.push(statement.body);
      else if (statement.kind === 'block') queue.push(...statement.bodies);
    }
  }
  return returned;
}

function isGymnasium(owner: ClassFact): boolean {
  return owner.bases.some((base) => base.startsWith('gymnasium.'));
}

/** True when all bases are known to be classes of this text or environments of Gym: nothing else can define a method. */
function hasKnownBases(owner: ClassFact): boolean {
  return (
    owner.bases.every((base) => /^(?:gym|gymnasium)\.(?:core\.)?Env$/.test(base)) && owner.bases.length > 0
  );
}

function defines(owner: ClassFact, member: string): boolean {
  const queue = [owner];
  for (let at = 0; at < queue.length && at < 32; at++) {
    const candidate = queue[at]!;
    if (candidate.methods.has(member) || candidate.attributes.has(member)) return true;
    queue.push(...candidate.parents);
  }
  return false;
}

function problemHolds(
  owner: ClassFact,
  method: FunctionFact,
  problem: EnvironmentMatcher['problem'],
): boolean {
  const { definition, layer } = method;
  switch (problem) {
    case 'step-tuple-length':
      return returnedBy(definition.body).some(
        (value) =>
          value.kind === 'list' &&
          value.elements.length !== 5 &&
          (isGymnasium(owner) || value.elements.length !== 4),
      );
    case 'reset-not-tuple':
      return (
        isGymnasium(owner) &&
        returnedBy(definition.body).some(
          (value) =>
            (value.kind === 'list' && value.elements.length !== 2) ||
            ['literal', 'record', 'binary'].includes(value.kind),
        )
      );
    case 'reset-without-seed':
      return (
        isGymnasium(owner) &&
        !definition.parameters.some(({ name, rest }) => name === 'seed' || rest === '**')
      );
    case 'bare-except':
      return /^[ \t]*except\s*:/m.test(layer.source.text.slice(definition.span.start, definition.span.end));
    default:
      return false;
  }
}

/** Environment classes that lack a method or do one of them wrong. */
export function compileEnvironment(matcher: EnvironmentMatcher): CompiledMatcher {
  return (file) => {
    const matches: Match[] = [];
    for (const owner of file.facts.classes) {
      if (!owner.isEnvironment) continue;
      const lacking = (matcher.lacks ?? []).filter((member) => !defines(owner, member));
      if (matcher.lacks !== undefined && (lacking.length < matcher.lacks.length || !hasKnownBases(owner)))
        continue;
      const place = { name: owner.name, detail: lacking.join(', ') };
      if (matcher.method === undefined) {
        matches.push(matchAt(owner.layer, { start: owner.span.start, end: owner.span.start + 1 }, place));
        continue;
      }
      const method = owner.methods.get(matcher.method);
      if (method === undefined || !problemHolds(owner, method, matcher.problem)) continue;
      matches.push(
        matchAt(
          method.layer,
          { start: method.definition.span.start, end: method.definition.span.start + 1 },
          {
            ...place,
            function: method,
            scopes: [...method.scopes],
            name: `${owner.name}.${matcher.method}`,
          },
        ),
      );
    }
    return matches;
  };
}
