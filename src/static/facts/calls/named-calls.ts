import type { Span } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { isGlobalObject } from '../names.ts';
import { isHarmfulModule, memberNode, namesNode } from './looked-up-names.ts';
import { changed, flowingValue, namedValue, UNKNOWN, type Value } from '../values/value.ts';
import { attributeOf, contentsOf } from '../walk/attributes.ts';
import { memberOf } from '../walk/members.ts';
import { proxyOf } from '../walk/proxies.ts';
import { isReadByName } from '../walk/reads.ts';
import type { Walk } from '../walk/walk.ts';
import { noteCall } from './apply-api.ts';
import type { BoundArguments } from './arguments.ts';
import { noteTableLookup } from './table-lookups.ts';

/** A call of a function of a language or its library that is known by name. */
interface NamedCall {
  readonly walk: Walk;
  readonly name: string;
  readonly args: BoundArguments;
  readonly span: Span;
}

/** What such a call gives; null when it gives nothing special. */
type Resolve = (call: NamedCall) => Value | null;

/** What is given by name, as a table; null when nothing is. */
function tableOf({ walk, args: { named } }: NamedCall): Value | null {
  if (named.size === 0) return null;
  const node = walk.graph.join([...named.values()].map((value) => value.node));
  return changed(UNKNOWN, { entries: named, node });
}

/** `super()`: whose method it is, the object is still of the class made from it. */
function parentOf({ walk }: NamedCall): Value | null {
  const parent = walk.owner?.parents[0];
  return parent === undefined ? null : changed(UNKNOWN, { instance: parent });
}

function getattr({ walk, name, args, span }: NamedCall): Value | null {
  const [first, second] = args.positional;
  const property = textOf(second?.constant ?? null);
  if (first === undefined) return null;
  noteCall(walk, name, null, args, span);
  return property === null ? flowingValue(memberNode(walk, first, second)) : memberOf(walk, first, property);
}

function setattr({ walk, args }: NamedCall): Value | null {
  const [first, second, value] = args.positional;
  const property = textOf(second?.constant ?? null);
  const owner = first?.instance ?? first?.class ?? null;
  if (owner !== null && property !== null && value !== undefined && walk.quiet === 0) {
    const attribute = attributeOf(walk, owner, property);
    walk.graph.connect(value.node, attribute.node);
    attribute.value = value;
  }
  return null;
}

/** `globals()`, `vars(box)`: the table of the names that are seen, or that an object has. */
function tableOfNames({ walk, name, args, span }: NamedCall): Value | null {
  const [first] = args.positional;
  if (first === undefined) {
    noteCall(walk, name, null, args, span);
    return namedValue(`${name}()`);
  }
  if (first.instance !== null && name === 'vars')
    return flowingValue(walk.graph.join([first.node, contentsOf(walk, first.instance)]));
  if (first.name === null) return null;
  return namedValue(first.name, isHarmfulModule(walk, first.name) ? namesNode(walk, first.name, span) : 0);
}

function partial({ walk, name, args, span }: NamedCall): Value | null {
  const [first, ...given] = args.positional;
  if (first === undefined || (first.name === null && first.callable === null)) return null;
  // A pickle that holds a bound function holds a call.
  if (walk.layer.language === 'pickle') noteCall(walk, name, null, args, span);
  return changed(first, { bound: [...(first.bound ?? []), ...given] });
}

/** `type('A', (), {…})`: a class of which only what it holds is known; `type(box)`: the class that it is of. */
function typeOf({ args }: NamedCall): Value | null {
  const [first, , table] = args.positional;
  if (args.positional.length === 1 && first !== undefined && first.instance !== null)
    return changed(UNKNOWN, { class: first.instance });
  return table?.entries === undefined || table.entries === null
    ? null
    : changed(UNKNOWN, { entries: table.entries, node: table.node });
}

/** `pkgutil.resolve_name('os:system')`: what stands under a dotted name. */
function named({ walk, name, args, span }: NamedCall): Value | null {
  const text = textOf(args.positional[0]?.constant ?? null);
  if (text === null || !/^[A-Za-z_][\w.]*(?::[\w.]+)?$/.test(text)) return null;
  noteCall(walk, name, null, args, span);
  return namedValue(text.replace(':', '.'));
}

function assigned({ args }: NamedCall): Value | null {
  const library = args.positional.find((value) => value.name !== null);
  const entries = args.positional[0]?.entries ?? library?.entries;
  return library === undefined ? null : changed(library, { entries: entries ?? null });
}

/** `Reflect.get(o, 'x')`: the member; of a property's descriptor it is the `value`. */
function reflected({ walk, name, args, span }: NamedCall): Value | null {
  const [first, second] = args.positional;
  const property = textOf(second?.constant ?? null);
  if (first === undefined || second === undefined || property === null) return null;
  const member = memberOf(walk, first, property);
  noteTableLookup(walk, first, second, member, !isGlobalObject(first.name, walk.language), span);
  return name === 'Reflect.get' ? member : changed(UNKNOWN, { entries: new Map([['value', member]]) });
}

function proxy({ walk, args: { positional } }: NamedCall): Value | null {
  return proxyOf(walk, positional[0], positional[1]);
}

/** A copy of a list. */
function listed({ args: { positional } }: NamedCall): Value | null {
  const [first] = positional;
  return first?.elements === undefined || first.elements === null ? null : first;
}

/** A table of what is given by name; a copy of `os.environ` is read by name as it is. */
function dict(call: NamedCall): Value | null {
  const { walk, args } = call;
  const [first] = args.positional;
  if (args.named.size === 0 && isReadByName(walk, first?.name ?? null)) return first ?? null;
  return first === undefined ? tableOf(call) : null;
}

function of(names: readonly string[], resolve: Resolve): readonly (readonly [string, Resolve])[] {
  return names.map((name) => [name, resolve]);
}

const RESOLVERS: ReadonlyMap<string, Resolve> = new Map([
  ...of(['super'], parentOf),
  ...of(['getattr'], getattr),
  ...of(['setattr'], setattr),
  ...of(['globals', 'locals', 'vars'], tableOfNames),
  ...of(['functools.partial', 'functools.partialmethod', 'partial'], partial),
  ...of(['operator.attrgetter', 'operator.methodcaller'], ({ name, args }) =>
    changed(namedValue(name), { bound: args.positional }),
  ),
  ...of(['type'], typeOf),
  ...of(
    [
      'pkgutil.resolve_name',
      'pydoc.locate',
      'pydoc.resolve',
      'unittest.mock._importer',
      'django.utils.module_loading.import_string',
      'werkzeug.utils.import_string',
      'hydra.utils.get_method',
      'hydra.utils.get_object',
      'kombu.utils.imports.symbol_by_name',
      'twisted.python.reflect.namedAny',
      'zope.dottedname.resolve.resolve',
    ],
    named,
  ),
  ...of(['module.createRequire', 'createRequire'], () => namedValue('require')),
  ...of(['Object.assign'], assigned),
  ...of(['scriptblock'], ({ walk, args }) =>
    walk.language === 'powershell' ? (args.positional[0] ?? null) : null,
  ),
  ...of(['typing.cast'], ({ args }) => args.positional[1] ?? null),
  ...of(['Reflect.get', 'Object.getOwnPropertyDescriptor'], reflected),
  ...of(['Proxy'], proxy),
  // A function's prototype has the constructor that the function has.
  ...of(
    ['Object.getPrototypeOf', 'Reflect.getPrototypeOf'],
    ({
      args: {
        positional: [first],
      },
    }) => (first?.callable === undefined || first.callable === null ? null : first),
  ),
  ...of(['list', 'tuple', 'iter'], listed),
  ...of(['types.SimpleNamespace', 'argparse.Namespace'], tableOf),
  ...of(['dict'], dict),
]);

/** What knows the result of the function of a name; null for any other. */
export function resolverOf(name: string): Resolve | null {
  return RESOLVERS.get(name) ?? null;
}
