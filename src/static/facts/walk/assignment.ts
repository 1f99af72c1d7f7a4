import type { Expression, Span } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { applyApi, matchingApi } from '../calls/apply-api.ts';
import { NONE_NAMED } from '../calls/arguments.ts';
import { nameAttribute } from '../calls/protocol-methods.ts';
import { attributeOf, putIntoAttribute } from './attributes.ts';
import { evaluate } from './expressions.ts';
import { isGlobalObject } from '../names.ts';
import { attributeName, memberOf } from './members.ts';
import { storeAt } from './mutation.ts';
import type { Frame } from './frame.ts';
import { setMember } from './setters.ts';
import { atNode, changed, knownValue, namedValue, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from './walk.ts';

/** In JavaScript a class is no scope: what its body names is found in its objects alone. */
function hasFieldsAlone({ language }: Walk, { kind }: Frame): boolean {
  return kind === 'class' && language === 'javascript';
}

/**
 * The frame that an assignment to a name goes to: the nearest one that has it in JavaScript and shell, the function's own in Python.
 * @param isChange the object that it holds is changed, which in Python too is the nearest one's
 */
export function frameFor(walk: Walk, name: string, isChange = false): Frame {
  if (walk.quiet > 0) return walk.frame;
  const declared = walk.frame.declaredIn(name);
  if (declared !== null) return declared;
  if (walk.customs.isGlobal(name)) return walk.moduleFrame;
  if ((walk.language === 'python' || walk.frame.kind === 'class') && !isChange) return walk.frame;
  for (let frame: Frame | null = walk.frame; frame !== null; frame = frame.parent) {
    if (frame.has(name) && !hasFieldsAlone(walk, frame)) return frame;
  }
  return walk.frame;
}

/** The part of a destructured value: its nth element, or the rest when that is not known. What a call gives as several is of one type. */
function elementAt(walk: Walk, value: Value, index: number): Value {
  const element = value.elements?.[index];
  // Of what a function gives as several, all of it flows into what is not known.
  if (element !== undefined)
    return element.node === 0 && element.constant === null && walk.language === 'python'
      ? atNode(element, value.node)
      : element;
  if (value.node === 0) return UNKNOWN;
  // A class has the name of its objects, which a call gives; the function itself gives nothing apart.
  const isType =
    value.name !== null &&
    (walk.apis.lookup(value.name).length === 0 ||
      (walk.language === 'python' && walk.graph.calls.has(value.node)));
  return namedValue(isType ? value.name : null, value.node);
}

/** `*rest`, `...rest`. */
function isStarred(walk: Walk, { span }: Expression): boolean {
  // `*p` of Go is what stands at an address.
  if (walk.language === 'go') return false;
  const { text } = walk.layer.source;
  return text[span.start] === '*' || text.startsWith('...', span.start) || text[span.start - 1] === '*';
}

/** What is left of a list from some place on. */
function restFrom(walk: Walk, value: Value, index: number): Value {
  const elements = value.elements?.slice(index) ?? null;
  const nodes = elements === null ? [value.node] : elements.map(({ node }) => node);
  return knownValue(null, null, elements, null, walk.graph.join(nodes));
}

/** Something is stored in an object: it holds what it held, and this. */
function storeInto(walk: Walk, object: Expression, value: Value): void {
  if (value.node === 0) return;
  const root = object.kind === 'member' || object.kind === 'index' ? null : object;
  if (root?.kind === 'name') {
    frameFor(walk, root.name, true).absorb(root.name, value.node, walk.graph);
    return;
  }
  const holder = evaluate(walk, object);
  walk.graph.connect(value.node, holder.node);
}

/** What `steps[a]=b` of a shell finds where no array was made before. */
const EMPTY_TABLE = changed(UNKNOWN, { entries: new Map() });

/** Sets an entry of a record that a variable holds. */
export function storeEntry(walk: Walk, object: Expression, key: string, value: Value): void {
  if (object.kind === 'member' && object.object.kind === 'name') {
    // `module.exports.send = …`: the record inside the record.
    const outer = frameFor(walk, object.object.name).read(object.object.name);
    const inner = outer?.entries?.get(object.property);
    if (inner?.entries === undefined || inner.entries === null || inner.entries.size > 1_000) return;
    storeEntry(
      walk,
      object.object,
      object.property,
      changed(inner, { entries: new Map(inner.entries).set(key, value) }),
    );
    return;
  }
  if (object.kind !== 'name') return;
  const frame = frameFor(walk, object.name);
  const held = frame.read(object.name) ?? (walk.language === 'shell' ? EMPTY_TABLE : undefined);
  if (held?.entries === undefined || held.entries === null || held.entries.size > 1_000) return;
  const entries = new Map(held.entries).set(key, value);
  frame.assign(object.name, changed(held, { entries }), walk.graph, true);
}

/** `os.environ`, `process.env`. */
function isEnvironment(object: Expression): boolean {
  if (object.kind === 'name') return object.name === 'ENV';
  return object.kind === 'member' && /^env(?:iron)?$/.test(object.property);
}

/** Sets a variable of the environment: what is started sees it, and so does the program itself. */
function setVariable(walk: Walk, name: string, value: Value): void {
  if (value.node === 0) return;
  walk.program.exports(name, value.node);
  walk.graph.connect(value.node, walk.program.variable(name));
}

/** `http.verify_mode = x`, `request["Cookie"] = x` where they are calls, of which models may know. */
function isSetByCall(
  walk: Walk,
  object: Value,
  method: string,
  given: readonly Value[],
  span: Span,
): boolean {
  if (!walk.customs.setsByCall || object.name === null) return false;
  const name = `${object.name}.${method}`;
  const args = { positional: given, named: NONE_NAMED, receiver: object };
  const api = matchingApi(walk, walk.apis.lookup(name), args);
  if (api !== null) applyApi(walk, name, api, args, span);
  return api !== null;
}

/** `globalThis.kept = x` is a variable of the program; what the language or its library calls so stays what it is. */
function isOfAll(walk: Walk, object: Value, property: string): boolean {
  return (
    walk.language === 'javascript' &&
    isGlobalObject(object.name, walk.language) &&
    walk.apis.lookup(property).length === 0
  );
}

/** Gives variables a value that are made where the walk is, whatever others around are called so. */
export function declare(walk: Walk, target: Expression, value: Value): void {
  if (target.kind === 'name') walk.frame.assign(target.name, value, walk.graph, walk.uncertainty === 0);
  else if (target.kind === 'list')
    target.elements.forEach((element, index) => {
      declare(walk, element, elementAt(walk, value, index));
    });
}

/** Gives a name, member, index, or a pattern of them a value. */
export function assign(walk: Walk, target: Expression, value: Value): void {
  switch (target.kind) {
    case 'name': {
      if (walk.trusted.has(target.name) && walk.quiet === 0) {
        const left = new Map(walk.trusted);
        left.delete(target.name);
        walk.trusted = left;
      }
      const frame = frameFor(walk, target.name);
      const isCertain = walk.uncertainty === 0 && frame === walk.frame;
      frame.assign(target.name, value, walk.graph, isCertain);
      if (frame.kind === 'class' && walk.owner !== null) {
        const attribute = attributeOf(walk, walk.owner, target.name);
        walk.graph.connect(value.node, attribute.node);
        attribute.value = value;
        if (value.instance !== null) nameAttribute(walk, value, walk.owner, target.name);
      }
      return;
    }
    case 'member': {
      const object = evaluate(walk, target.object);
      if (walk.quiet > 0) return;
      setMember(walk, object, target.property, value, target.span);
      // What is put into the module of built-in names is seen everywhere.
      if (isGlobalObject(object.name, walk.language) && walk.language === 'python')
        walk.moduleFrame.assign(target.property, value, walk.graph, walk.uncertainty === 0);
      const owner = object.instance ?? object.class;
      if (owner !== null) {
        if (value.callable !== null && value.callable.owner === null && walk.language === 'javascript') {
          // `Client.prototype.send = function () { … }`
          value.callable.owner = owner;
          owner.methods.set(target.property, value.callable);
        }
        putIntoAttribute(walk, owner, attributeName(walk, target.property), value);
        return;
      }
      if (isSetByCall(walk, object, `${target.property}=`, [value], target.span)) return;
      if (isEnvironment(target.object)) setVariable(walk, target.property, value);
      if (isOfAll(walk, object, target.property)) {
        walk.moduleFrame.assign(target.property, value, walk.graph, false);
        return;
      }
      storeEntry(walk, target.object, target.property, value);
      storeInto(walk, target.object, value);
      return;
    }
    case 'index': {
      const index = evaluate(walk, target.index);
      if (walk.quiet > 0) {
        storeAt(walk, target.object, evaluate(walk, target.object, 'object'), index, value);
        return;
      }
      if (walk.customs.setsByCall) {
        const object = evaluate(walk, target.object, 'object');
        if (isSetByCall(walk, object, '[]=', [index, value], target.span)) return;
      }
      const key = textOf(index.constant);
      if (key !== null && isEnvironment(target.object)) setVariable(walk, key, value);
      if (key !== null) storeEntry(walk, target.object, key, value);
      storeInto(walk, target.object, value);
      return;
    }
    case 'list':
      target.elements.forEach((element, index) => {
        const isRest = isStarred(walk, element);
        assign(walk, element, isRest ? restFrom(walk, value, index) : elementAt(walk, value, index));
      });
      return;
    case 'record':
      for (const { key, value: inner } of target.entries) {
        const name =
          key === null ? null : key.kind === 'name' ? key.name : textOf(evaluate(walk, key).constant);
        assign(walk, inner, name === null ? value : memberOf(walk, value, name));
      }
      return;
    case 'assignment': {
      const fallback = evaluate(walk, target.value);
      assign(walk, target.target, value === UNKNOWN ? fallback : value);
      return;
    }
    case 'other':
      for (const child of target.children) assign(walk, child, value);
      return;
    default:
      evaluate(walk, target);
  }
}
