import type { Span } from '../../model/program.ts';
import type { Frame } from './frame.ts';
import { isGlobalObject, memberName } from './names.ts';
import { environmentVariable } from './shell-variables.ts';
import { namedValue, UNKNOWN, type Value } from './value.ts';
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
    if (frame.kind === 'class' && frame !== walk.frame) continue;
    const value =
      walk.quiet > 0 || (frame === walk.frame && walk.uncertainty === 0)
        ? frame.read(name)
        : frame.readAnyTime(name, walk.graph);
    if (value !== null) return value;
  }
  return walk.language === 'shell'
    ? environmentVariable(walk, name, span)
    : namedValue(globalName(walk, name));
}

/** The member of a value: an entry, an attribute or method of the target's own class, or a name below its name. */
export function memberOf(walk: Walk, object: Value, property: string): Value {
  const entry = object.entries?.get(property);
  if (entry !== undefined) return object.node === 0 ? entry : { ...entry, node: entry.node || object.node };
  const owner = object.instance ?? object.class;
  if (owner !== null) {
    const queue = [owner];
    for (let at = 0; at < queue.length && at < 32; at++) {
      const candidate = queue[at];
      const method = candidate?.methods.get(property);
      if (method !== undefined) return { ...UNKNOWN, callable: method };
      const attribute = candidate?.attributes.get(property);
      if (attribute !== undefined) return { ...attribute.value, node: attribute.node };
      queue.push(...(candidate?.parents ?? []));
    }
    if (object.name === null) {
      // Set by a method whose body has not been walked yet: its node is there from now on.
      const node = walk.graph.newNode();
      owner.attributes.set(property, { value: UNKNOWN, node });
      return { ...UNKNOWN, node };
    }
  }
  return namedValue(memberName(object.name, property, walk.language), object.node);
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
      return isGlobalObject(object.name, walk.language) ? namedValue(key) : null;
  }
}
