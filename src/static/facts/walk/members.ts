import type { Span } from '../../../model/program.ts';
import { plain } from '../../fold/constant.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { attributeOf, contentsOf } from './attributes.ts';
import { newClass } from './class-facts.ts';
import { lineOf } from './class-line.ts';
import { entryNode } from './environment-entries.ts';
import { runFunction } from './execution.ts';
import type { ClassFact, FunctionFact } from '../facts.ts';
import type { Frame } from './frame.ts';
import { handedToThread } from '../calls/channels.ts';
import { enterFunction } from '../calls/local-calls.ts';
import { protocolCall } from '../calls/protocol-methods.ts';
import { isGlobalObject, memberName } from '../names.ts';
import { OPTIONS_TYPE } from '../programs/program-interface.ts';
import { environmentVariable } from '../shell/variables.ts';
import { carried } from '../texts/carried-commands.ts';
import { pathMember } from '../values/path-folding.ts';
import { isKnown } from '../values/truth.ts';
import {
  atNode,
  callableValue,
  changed,
  constantValue,
  flowingValue,
  knownText,
  namedValue,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import { MISSING_MEMBER } from './proxies.ts';
import type { Walk } from './walk.ts';

const NOWHERE: Span = { start: 0, end: 0 };

/** The names of star imports that models know come before the bare name. */
function globalName(walk: Walk, name: string): string {
  for (const module of walk.starModules) {
    const candidate = `${module}.${name}`;
    if (walk.apis.lookup(candidate).length > 0) return candidate;
  }
  return name;
}

/** What a name stands for where the walk is. */
export function evaluateName(walk: Walk, name: string, span: Span): Value {
  for (let frame: Frame | null = walk.frame; frame !== null; frame = frame.parent) {
    if (
      frame.kind === 'class' &&
      !walk.customs.hasClassScope &&
      (frame !== walk.frame || walk.language === 'javascript')
    )
      continue;
    const trusted = walk.trusted.size === 0 ? undefined : walk.trusted.get(name);
    if (trusted?.frame === frame && walk.quiet === 0) return trusted.value;
    const value =
      walk.quiet > 0 || (frame === walk.frame && !walk.isReadAnyTime(name))
        ? frame.read(name)
        : frame.readAnyTime(name, walk.graph);
    if (value !== null) return value;
  }
  if (walk.language === 'shell' && walk.quiet === 0 && walk.shared.has(name)) {
    // A function sets it whose body is walked later.
    walk.moduleFrame.assign(name, UNKNOWN, walk.graph, true);
    return walk.moduleFrame.readAnyTime(name, walk.graph) ?? UNKNOWN;
  }
  const own = walk.customs.ownName(walk, name);
  if (own !== null) return own;
  const parent = name === 'super' && walk.language === 'javascript' ? walk.owner?.parents[0] : undefined;
  if (parent !== undefined) return changed(UNKNOWN, { instance: parent });
  return walk.language === 'shell'
    ? environmentVariable(walk, name, span)
    : namedValue(globalName(walk, name));
}

/** The class whose objects a JavaScript function makes. */
function prototypeOf(callable: FunctionFact): ClassFact {
  callable.prototype ??= newClass(callable.name ?? '', callable.layer, callable.definition.span);
  return callable.prototype;
}

/** `get name() { … }`: reading the member runs it. */
function isGetter(walk: Walk, { layer, definition }: FunctionFact): boolean {
  return (
    walk.language === 'javascript' &&
    /^get\s+[^\s(]/.test(layer.source.text.slice(definition.span.start, definition.span.start + 8))
  );
}

/** `@property`, `@cached_property`, `get name() { … }`: reading the member calls the method. */
function isComputed(walk: Walk, method: FunctionFact): boolean {
  if (walk.quiet > 0) return false;
  return (
    isGetter(walk, method) ||
    method.definition.decorators.some(
      (decorator) =>
        (decorator.kind === 'name' && /^(?:cached_)?property$/.test(decorator.name)) ||
        (decorator.kind === 'member' && decorator.property === 'cached_property'),
    )
  );
}

/** What reading an entry gives that a getter computes: the value when it can be known, else what flows. */
function computedEntry(walk: Walk, getter: FunctionFact): Value | null {
  const run = runFunction(walk, getter, []);
  if (run !== null && (walk.quiet > 0 || isKnown(run.result) || run.result.name !== null)) return run.result;
  return walk.quiet > 0 ? null : enterFunction(walk, getter, NO_ARGUMENTS, null);
}

/** What `__getattr__` of Python, or a proxy's `get`, gives for a name; null when nothing is known of it. */
function computedMember(walk: Walk, classes: readonly ClassFact[], property: string): Value | null {
  for (const { methods } of classes.slice(0, 32)) {
    const method = methods.get(MISSING_MEMBER);
    if (method === undefined) continue;
    const name = constantValue(plain(property));
    const run = runFunction(walk, method, walk.language === 'python' ? [name] : [UNKNOWN, name]);
    if (run !== null && (run.result.name !== null || run.result.callable !== null)) return run.result;
    if (walk.language === 'javascript' && walk.quiet === 0)
      return enterFunction(walk, method, { ...NO_ARGUMENTS, positional: [UNKNOWN, name] }, null);
  }
  return null;
}

/** What a class that models know calls a member that the target's own class does not define. */
function inheritedName(walk: Walk, classes: readonly ClassFact[], property: string): string | null {
  for (const { bases } of classes.slice(0, 32)) {
    for (const base of bases) {
      const name = memberName(base, property, walk.language);
      if (walk.apis.lookup(name).length > 0) return name;
    }
  }
  return null;
}

/** What an attribute is kept under, which is what methods call it: in Ruby `object.name` is their `@name`. */
export function attributeName({ customs: { attributeMark } }: Walk, property: string): string {
  return attributeMark !== '' && /^[a-z_]/.test(property) ? `${attributeMark}${property}` : property;
}

/** What is written in the text of a function or class: its `__doc__`, its `__name__`. */
function writtenIn(walk: Walk, { callable, class: owner }: Value, property: string): Value | null {
  if (property === '__name__' || property === '__qualname__') {
    const name = callable?.name ?? owner?.name ?? null;
    return name === null ? null : constantValue(plain(name));
  }
  const written = property === '__doc__' && callable !== null ? callable.definition : null;
  return written === null || written.documentation === null
    ? null
    : carried(walk, constantValue(plain(written.documentation)), written.span);
}

/** The member of a value: an entry, an attribute or method of the target's own class, or a name below its name. */
export function memberOf(walk: Walk, object: Value, property: string): Value {
  if (object.callable !== null && walk.language === 'javascript') {
    if (property === 'prototype') return changed(UNKNOWN, { instance: prototypeOf(object.callable) });
    if (property === 'constructor') return namedValue('Function');
    if (property === '__proto__') return object;
  }
  // What the tag of a template is given: its texts, all in one.
  if (property === 'raw' && walk.language === 'javascript' && knownText(object) !== null) return object;
  if (walk.language === 'python' && property.startsWith('__')) {
    const written = writtenIn(walk, object, property);
    if (written !== null) return written;
    if (property === '__class__' && object.instance !== null)
      return changed(UNKNOWN, { class: object.instance });
  }
  const folder = pathMember(object, property);
  if (folder !== null) return folder;
  const entry = object.entries?.get(property);
  if (entry?.callable !== undefined && entry.callable !== null && isGetter(walk, entry.callable))
    return computedEntry(walk, entry.callable) ?? entry;
  if (entry !== undefined) return object.node === 0 ? entry : { ...entry, node: entry.node || object.node };
  const owner = object.instance ?? object.class;
  if (owner !== null) {
    const { attributeMark } = walk.customs;
    const line: ClassFact[] = [];
    for (const candidate of lineOf(walk, owner)) {
      line.push(candidate);
      const method = candidate.methods.get(property);
      if (method !== undefined)
        return isComputed(walk, method)
          ? { ...enterFunction(walk, method, NO_ARGUMENTS, object), constant: null }
          : callableValue(method);
      const attribute =
        candidate.attributes.get(property) ??
        (attributeMark === '' ? undefined : candidate.attributes.get(`${attributeMark}${property}`));
      if (attribute !== undefined) {
        const given =
          attribute.value.instance === null
            ? null
            : protocolCall(walk, attribute.value, ['__get__'], [object, UNKNOWN]);
        return given ?? atNode(attribute.value, attribute.node);
      }
    }
    if (property === '__dict__' && walk.quiet === 0) return flowingValue(contentsOf(walk, owner));
    const computed = computedMember(walk, line, property);
    if (computed !== null) return computed;
    const inherited = inheritedName(walk, line, property);
    if (inherited !== null) return namedValue(inherited, object.node);
    const caught = walk.customs.missingMethod(line, property);
    if (caught !== null) return caught;
    if (object.name === null) {
      if (walk.quiet > 0) return UNKNOWN;
      // Set by a method whose body has not been walked yet: its node is there from now on.
      return flowingValue(attributeOf(walk, owner, attributeName(walk, property)).node);
    }
  }
  if (object.name === OPTIONS_TYPE)
    // `parseArgs().values` of Node holds the options, `_` and `positionals` of others what is none.
    return /^(?:values|argv|_|positionals?)$/.test(property)
      ? changed(object, { name: property === 'values' || property === 'argv' ? OPTIONS_TYPE : null })
      : flowingValue(walk.program.option(property));
  const handed = handedToThread(walk, object, property);
  if (handed !== null) return handed;
  if (walk.language === 'javascript' && isGlobalObject(object.name, walk.language)) {
    const { moduleFrame } = walk;
    const held = walk.quiet > 0 ? moduleFrame.read(property) : moduleFrame.readAnyTime(property, walk.graph);
    if (held !== null) return held;
  }
  return namedValue(memberName(object.name, property, walk.language), entryNode(walk, object, property));
}

/** `globals()['x']`, `sys.modules['os']`: what a table of names holds under a name. */
export function namedEntry(walk: Walk, object: Value, key: string): Value | null {
  switch (object.name) {
    case 'globals()':
    case 'locals()':
    case 'vars()':
      return evaluateName(walk, key, NOWHERE);
    case 'sys.modules':
      return namedValue(key);
    default:
      // What a function sees as globals, whichever function it is.
      if (object.name?.endsWith('.__globals__') === true) return namedValue(key);
      if (!isGlobalObject(object.name, walk.language)) return null;
      return namedValue(walk.customs.modelName(key));
  }
}
