import type { Expression } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import type { CallFact, FunctionFact, ImportFact, Layer } from '../facts.ts';
import { lastPart } from '../names.ts';

/** Decorators and methods that give a function a path of a web server. */
const ROUTE = /^(?:route|api_route|get|post|put|patch|delete|head|options|websocket|websocket_route|all)$/;

/** Methods of the same names that collections and clients have. */
const NO_SERVER = /^(?:Map|WeakMap|Headers|FormData|URLSearchParams|axios|got|ky|superagent|http-\w+)\b/;

/** Parameters that hold a whole request, as the frameworks' documentation names them. */
const REQUEST = /^_?(?:req|request|ctx|context|c|httpRequest)$/;
/** Parameters that the server, not the visitor, fills in. */
const OWN =
  /^_?(?:self|cls|res|response|reply|next|db|session|app|ws|websocket|background_tasks|current_user|user|settings|h)$/;

/** Handlers that Next finds by their file: `pages/api/x.ts`, `app/x/route.ts`. */
const NEXT_PAGE = /(?:^|\/)pages\/api\/.+\.[cm]?[jt]sx?$/;
const NEXT_ROUTE = /(?:^|\/)app\/(?:.+\/)?route\.[cm]?[jt]sx?$/;
const VERB = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** Base classes whose methods of these names are handlers; their first parameter is the request. */
const VIEW = /(?:^|\.)(?:\w*View|\w*ViewSet|HTTPEndpoint|RequestHandler|MethodView|Resource)$/;
const VIEW_METHOD =
  /^(?:get|post|put|patch|delete|head|options|dispatch|list|create|retrieve|update|destroy)$/;

/** Positions of the parameters of a function through which a visitor's values come in. */
type Parameters = ReadonlySet<number>;

/** Packages whose handlers get the request as a parameter of that name. */
const SERVERS =
  /^(?:aiohttp\.web|django\.(?:http|shortcuts|views)|rest_framework|starlette\.(?:requests|responses|routing|applications)|sanic|falcon|pyramid|werkzeug\.wrappers)(?:\.|$)/;
const DJANGO = /^django(?:\.|$)/;

/**
 * Functions that a web server calls with what visitors send, with the parameters that carry it. They are known by a decorator or a
 * registration that gives them a path, by the class or file they stand in, or by a parameter `request` beside an import of a server.
 */
export function visitorParameters(
  functions: readonly FunctionFact[],
  calls: readonly CallFact[],
  imports: readonly ImportFact[],
): ReadonlyMap<FunctionFact, Parameters> {
  const found = new Map<FunctionFact, Parameters>();
  const importing = (module: RegExp): ReadonlySet<Layer> =>
    new Set(
      imports
        .filter((each) => each.layer.language === 'python' && module.test(each.module))
        .map(({ layer }) => layer),
    );
  const django = importing(DJANGO);
  const servers = importing(SERVERS);
  for (const fact of functions) {
    const parameters = new Set([
      ...(byDecorator(fact) ?? byPlace(fact, django.has(fact.layer)) ?? []),
      ...(servers.has(fact.layer) ? namedRequest(fact) : []),
    ]);
    if (parameters.size > 0) found.set(fact, parameters);
  }
  for (const call of calls) {
    if (NO_SERVER.test(call.name)) continue;
    if (!ROUTE.test(lastPart(call.name)) && lastPart(call.name) !== 'use') continue;
    const path = textOf(call.args.positional[0]?.constant ?? null);
    if (lastPart(call.name) !== 'use' && !/^[/*]/.test(path ?? '')) continue;
    for (const { callable } of call.args.positional) {
      const parameters = callable === null ? null : requestOf(callable);
      if (callable !== null && parameters !== null)
        found.set(callable, new Set([...(found.get(callable) ?? []), ...parameters]));
    }
  }
  return found;
}

/** Parameters called `request` where a server's package is imported. */
function namedRequest({ definition }: FunctionFact): readonly number[] {
  return definition.parameters
    .slice(0, 2)
    .flatMap(({ name }, index) => (/^(?:request|req)$/.test(name) ? [index] : []));
}

/** The parameter that holds the request: the first by its name. */
function requestOf({ definition }: FunctionFact): Parameters | null {
  const at = definition.parameters.slice(0, 2).findIndex(({ name }) => REQUEST.test(name));
  return at === -1 ? null : new Set([at]);
}

/** `@app.get("/users/<name>")`: every parameter comes from the visitor, but for converted ones and what the server fills in. */
function byDecorator(fact: FunctionFact): Parameters | null {
  for (const decorator of fact.definition.decorators) {
    const path = pathOfRoute(decorator);
    if (path === null) continue;
    const converted = new Set(
      [...path.matchAll(/<(?:int|float|uuid):(\w+)>|\{(\w+):(?:int|float|uuid)\}/g)].map(
        (match) => match[1] ?? match[2],
      ),
    );
    const { parameters } = fact.definition;
    return new Set(
      parameters.flatMap(({ name, default: given }, index) =>
        OWN.test(name) || converted.has(name) || isInjected(given) ? [] : [index],
      ),
    );
  }
  return null;
}

/** A decorator gives it a path of a web server. */
export function hasRoute({ definition }: FunctionFact): boolean {
  return definition.decorators.some((decorator) => pathOfRoute(decorator) !== null);
}

/** The path that a decorator gives; null when it is no route. */
function pathOfRoute(decorator: Expression): string | null {
  if (decorator.kind !== 'call' || decorator.callee.kind !== 'member') return null;
  const path = decorator.args[0]?.value;
  if (!ROUTE.test(decorator.callee.property) || path?.kind !== 'literal') return null;
  return typeof path.value === 'string' && path.value.startsWith('/') ? path.value : null;
}

/** `db = Depends(get_db)`: made by the server. */
function isInjected(given: Expression | null): boolean {
  if (given?.kind !== 'call') return false;
  const { callee } = given;
  const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
  return /^(?:Depends|Security|Provide|BackgroundTasks)$/.test(name);
}

function byPlace(fact: FunctionFact, importsDjango: boolean): Parameters | null {
  const { name, owner, layer, definition } = fact;
  const { path } = layer.source;
  if (owner !== null) {
    const isView = owner.bases.some((base) => VIEW.test(base)) && VIEW_METHOD.test(name ?? '');
    if (!isView || definition.parameters[1] === undefined) return null;
    return new Set(
      definition.parameters.flatMap((parameter, index) =>
        index === 0 || OWN.test(parameter.name) ? [] : [index],
      ),
    );
  }
  if (layer.language === 'python')
    return definition.parameters[0]?.name === 'request' && importsDjango
      ? new Set(definition.parameters.keys())
      : null;
  if (NEXT_PAGE.test(path) || (NEXT_ROUTE.test(path) && VERB.test(name ?? ''))) return requestOf(fact);
  return null;
}
