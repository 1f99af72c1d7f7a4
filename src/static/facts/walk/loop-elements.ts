import { plain } from '../../fold/constant.ts';
import type { Span } from '../../../model/program.ts';
import { callFact } from '../calls/apply-api.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { isHarmfulModule, namesNode } from '../calls/looked-up-names.ts';
import { handedPathNode, holdsPathThatMatters } from '../calls/handed-paths.ts';
import {
  atNode,
  changed,
  constantValue,
  flowingValue,
  knownValue,
  listValue,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import type { Walk } from './walk.ts';

/** A function that models know a capability of, or a list that holds one: of all things that a loop goes over, it matters most. */
function isModelled(walk: Walk, value: Value): boolean {
  if (value.name === null)
    return value.elements?.some((each) => each.name !== null && isModelled(walk, each)) === true;
  return walk.apis.lookup(value.name).some(({ capabilities = [] }) => capabilities.length > 0);
}

/** What a shell makes of a text that a loop goes over: its words. */
function asWords(walk: Walk, value: Value): Value {
  const text = value.constant?.value;
  if (walk.language !== 'shell' || typeof text !== 'string' || !/\S\s+\S/.test(text)) return value;
  const words = text.trim().split(/\s+/, 256);
  return listValue(
    words.map((word) => constantValue(plain(word))),
    value.node,
  );
}

/** So many functions in a list are followed, each by itself. */
const MAX_STEPS = 512;

/** Functions of the target, several and nothing else: whoever goes over them calls each. */
function isListOfSteps(listed: readonly Value[]): boolean {
  return (
    listed.length > 1 &&
    listed.length <= MAX_STEPS &&
    listed.every(({ callable, bound }) => callable !== null || bound !== null)
  );
}

/** So many elements of a list are looked at in the body of a loop. */
const MAX_LOOKED_AT = 256;

/**
 * So many elements of a list, those first that something is known of which matters: padding that stands before a path of a private file
 * hides nothing.
 */
export function tellingElements(walk: Walk, elements: readonly Value[], bound: number): readonly Value[] {
  if (elements.length <= bound) return elements;
  const matters = (element: Value): boolean =>
    element.callable !== null ||
    walk.graph.commands.has(element.node) ||
    isModelled(walk, element) ||
    holdsPathThatMatters(walk, element);
  const telling = elements.filter(matters).slice(0, bound);
  const others = elements.slice(0, bound).filter((element) => !telling.includes(element));
  return [...telling, ...others].slice(0, bound);
}

/** Any of a list's elements, for the body of a loop that goes over them. */
export function elementOf(walk: Walk, whole: Value, span: Span): Value {
  const value = asWords(walk, whole);
  if (value.elements === null && value.name === null && value.node === 0) return UNKNOWN;
  const listed = tellingElements(walk, value.elements ?? [], MAX_LOOKED_AT);
  const paths = listed.map((element) =>
    element.constant === null
      ? 0
      : handedPathNode(walk, element, () => callFact(walk, 'for', null, NO_ARGUMENTS, span)),
  );
  if (isListOfSteps(listed))
    return changed(UNKNOWN, {
      choices: listed,
      node: walk.graph.join([value.node, ...listed.map(({ node }) => node)]),
    });
  const first =
    listed.find((element) => isModelled(walk, element)) ??
    listed.find((element) => holdsPathThatMatters(walk, element)) ??
    listed[0];
  if (first !== undefined) return atNode(first, walk.graph.join([first.node, value.node, ...paths]));
  // A module cannot be gone through; its table of names can.
  if (value.name !== null && walk.language === 'python' && isHarmfulModule(walk, value.name))
    return flowingValue(value.node || namesNode(walk, value.name, span));
  return knownValue(value.constant === null ? value.name : null, null, null, null, value.node);
}
