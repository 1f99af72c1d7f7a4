import type { AttributeFact, ClassFact, FunctionFact } from '../facts.ts';
import { changed, UNKNOWN, type Value } from '../values/value.ts';
import { ancestors, descendants, lineOf } from './class-line.ts';
import type { Walk } from './walk.ts';

/**
 * The attribute of a class's objects; it comes to be when code first sets or reads it, since the method that sets it may be walked
 * later. What a base calls `x` is the `x` of the classes made from it.
 */
export function attributeOf(walk: Walk, owner: ClassFact, property: string): AttributeFact {
  const known = owner.attributes.get(property);
  if (known !== undefined) return known;
  const { graph } = walk;
  const node = graph.newNode();
  const created: AttributeFact = { value: UNKNOWN, node };
  owner.attributes.set(property, created);
  graph.connect(node, owner.contentsNode);
  graph.connect(owner.givenNode, node);
  const below = descendants(walk, owner);
  for (const each of [...ancestors(walk, owner), ...below]) {
    const other = each.attributes.get(property);
    if (other === undefined) continue;
    graph.connect(node, other.node);
    graph.connect(other.node, node);
  }
  for (const each of below) graph.connect(each.methods.get(property)?.returnNode ?? 0, node);
  return created;
}

/** Something is put into an attribute: it holds what it held, and this. */
export function putIntoAttribute(walk: Walk, owner: ClassFact, property: string, value: Value): void {
  const isNew = !owner.attributes.has(property);
  const attribute = attributeOf(walk, owner, property);
  walk.graph.connect(value.node, attribute.node);
  const { value: known } = attribute;
  attribute.value = isNew
    ? value
    : changed(known, {
        name: known.name ?? value.name,
        callable: known.callable ?? value.callable,
        instance: known.instance ?? value.instance,
        constant: known.constant ?? value.constant,
      });
}

/** Of a longer class no fields are looked for (UTF-16 units). */
const MAX_CLASS = 20_000;
/** `name: type` in the body of a class. */
const FIELD = /^([ \t]+)(\w+)[ \t]*:[ \t]*(?!ClassVar|(?:typing\.)?ClassVar)\S/gm;

/** The fields that a class declares, in their order, those of its bases first. */
function fieldsOf(walk: Walk, owner: ClassFact): readonly string[] {
  return [...lineOf(walk, owner)].toReversed().flatMap(({ layer, span }) => {
    if (span.end - span.start > MAX_CLASS) return [];
    const found = [...layer.source.text.slice(span.start, span.end).matchAll(FIELD)];
    const indent = found[0]?.[1];
    return found.filter(([, before]) => before === indent).map(([, , name]) => name ?? '');
  });
}

/**
 * Objects of a class that has no constructor of its own are made by one that fills its fields: of a data class, a named tuple, a model.
 * Where the class does not say which field a value becomes that is given by its place, it may be any.
 */
export function fillFields(
  walk: Walk,
  owner: ClassFact,
  positional: readonly Value[],
  named: ReadonlyMap<string, Value>,
): void {
  const { graph } = walk;
  for (const [name, { node }] of named)
    if (node !== 0) graph.connect(node, attributeOf(walk, owner, name).node);
  if (positional.every(({ node }) => node === 0)) return;
  const fields = fieldsOf(walk, owner);
  positional.slice(0, fields.length).forEach(({ node }, at) => {
    if (node !== 0) graph.connect(node, attributeOf(walk, owner, fields[at]!).node);
  });
  const given = graph.join(positional.slice(fields.length).map(({ node }) => node));
  if (given === 0) return;
  if (owner.givenNode === 0) {
    owner.givenNode = graph.newNode();
    for (const { node } of owner.attributes.values()) graph.connect(owner.givenNode, node);
  }
  graph.connect(given, owner.givenNode);
}

/** The constructor of a class, or of one that it is made from. */
export function constructorOf(walk: Walk, owner: ClassFact): FunctionFact | undefined {
  for (const { methods } of lineOf(walk, owner)) {
    const found = methods.get('__init__') ?? methods.get('constructor');
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All that objects of a class hold, now or later: `vars(box)`, `box.__dict__`. */
export function contentsOf(walk: Walk, owner: ClassFact): number {
  if (owner.contentsNode !== 0) return owner.contentsNode;
  owner.contentsNode = walk.graph.newNode();
  for (const each of lineOf(walk, owner))
    for (const { node } of each.attributes.values()) walk.graph.connect(node, owner.contentsNode);
  return owner.contentsNode;
}

/** A method that a class defines anew takes the place of the base's: who calls the one may call the other. */
export function linkOverridden(walk: Walk, owner: ClassFact): void {
  const { graph } = walk;
  const above = ancestors(walk, owner);
  if (above.length === 0) return;
  for (const [name, method] of owner.methods) {
    for (const base of above) {
      const overridden: FunctionFact | undefined = base.methods.get(name);
      graph.connect(method.returnNode, overridden?.returnNode ?? base.attributes.get(name)?.node ?? 0);
      overridden?.parameterNodes.forEach((node, at) => {
        graph.connect(node, method.parameterNodes[at] ?? 0);
      });
    }
  }
}
