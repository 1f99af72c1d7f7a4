import type { Guard, Scope } from '../../model/evidence.ts';
import type { SourceLabel } from '../../model/api-model.ts';
import { NO_ARGUMENTS } from './arguments.ts';
import type { CallFact, FunctionFact } from './facts.ts';
import { isTestPath } from './file-scope.ts';
import { routeParameters } from './routes.ts';
import type { Gathering } from './walk.ts';

/** Which scope speaks for code that runs in several: the one that needs the least from the user comes first. */
const ORDER: readonly Scope[] = [
  'install-hook',
  'import-time',
  'agent-hook',
  'env.init',
  'env.reset',
  'env.step',
  'env.render',
  'env.close',
  'tool-handler',
  'server-command',
  'ci',
  'build',
  'cli-entry',
  'prose',
  'data',
  'function',
  'example',
  'test',
];

/** Gives every function the scopes of all that call it, to a fixed point along the calls within the file. */
export function spreadScopes(functions: readonly FunctionFact[]): void {
  const waiting = functions.filter((fact) => fact.scopes.size > 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const callee of next.callees) {
      const before = callee.scopes.size;
      for (const scope of next.scopes) callee.scopes.add(scope);
      if (callee.scopes.size > before) waiting.push(callee);
    }
  }
}

/** Every scope in which a place runs. */
export function scopesOf(place: Pick<CallFact, 'function' | 'outerScope' | 'layer'>): readonly Scope[] {
  if (place.function === null) return [place.outerScope];
  const own = isTestPath(place.layer.source.path)
    ? 'test'
    : place.layer.scope === 'example'
      ? 'example'
      : 'function';
  const called = [...place.function.scopes];
  // What only tests or examples call is there for others to call as well.
  const isForUse = called.some((scope) => scope !== 'test' && scope !== 'example');
  return isForUse || called.includes(own) ? called : [...called, own];
}

/** The scope that speaks for a place. */
export function mainScope(scopes: readonly Scope[]): Scope {
  return ORDER.find((scope) => scopes.includes(scope)) ?? 'function';
}

/** The condition under which a place runs: its own, or the one that all calls of its function stand under. */
export function guardOfPlace(place: Pick<CallFact, 'function' | 'guard'>): Guard | null {
  if (place.guard !== null) return place.guard;
  const { function: inside } = place;
  return inside !== null && !inside.isCalledUnguarded ? inside.guard : null;
}

function addSource(gathering: Gathering, fact: FunctionFact, index: number, label: SourceLabel): void {
  const parameter = fact.definition.parameters[index];
  const node = fact.parameterNodes[index] ?? 0;
  if (parameter === undefined || node === 0) return;
  const call: CallFact = {
    name: parameter.name,
    language: fact.layer.language,
    api: null,
    args: NO_ARGUMENTS,
    layer: fact.layer,
    span: { start: fact.definition.span.start, end: fact.definition.span.start },
    function: fact,
    outerScope: fact.layer.scope,
    guard: null,
    isHidden: false,
  };
  gathering.graph.calls.set(node, call);
  gathering.graph.sources.push({ node, label, call });
}

/** Packages whose handlers get the request as a parameter of that name. */
const SERVERS =
  /^(?:aiohttp\.web|django\.(?:http|shortcuts|views)|rest_framework|starlette\.(?:requests|responses|routing|applications)|sanic|falcon|pyramid|werkzeug\.wrappers)(?:\.|$)/;

/**
 * What comes in from outside through parameters: the agent's action into `step`, the model's arguments into a tool, a visitor's request
 * into the handler of a route.
 */
export function labelParameters(gathering: Gathering): void {
  const django = new Set(
    gathering.imports.filter(({ module }) => /^django(?:\.|$)/.test(module)).map(({ layer }) => layer),
  );
  const routes = routeParameters(gathering.functions, gathering.calls, ({ layer }) => django.has(layer));
  for (const [fact, parameters] of routes)
    for (const index of parameters) addSource(gathering, fact, index, 'user-input');
  const servers = new Set(
    gathering.imports
      .filter(({ module, layer }) => layer.language === 'python' && SERVERS.test(module))
      .map(({ layer }) => layer),
  );
  for (const fact of gathering.functions) {
    if (servers.has(fact.layer))
      fact.definition.parameters.slice(0, 2).forEach(({ name }, index) => {
        if (/^(?:request|req)$/.test(name)) addSource(gathering, fact, index, 'user-input');
      });
    if (fact.owner?.isEnvironment === true && fact.name === 'step') addSource(gathering, fact, 1, 'action');
    if (!fact.isTool) continue;
    fact.definition.parameters.forEach((parameter, index) => {
      if (parameter.name !== 'self' && !/^(?:ctx|context)$/.test(parameter.name))
        addSource(gathering, fact, index, 'model-output');
    });
  }
}
