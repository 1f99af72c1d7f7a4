import type { Expression } from '../../model/program.ts';
import type { FunctionFact, Layer } from '../facts/facts.ts';
import { allParts } from './expressions.ts';
import type { Setting } from './settings.ts';
import { nameOfTarget } from './settings.ts';
import { isAnswerName, isLabelName, isReferenceName } from './words.ts';

/** So much of a class is read for its fields (UTF-16 units), and so many fields. */
const MAX_CLASS = 1_500;
const MAX_FIELDS = 24;

/** True for the name of what data says of a row, as a field of it. */
export function isLabelField(name: string): boolean {
  return (
    name.length > 1 &&
    (isLabelName(name) ||
      isAnswerName(name) ||
      isReferenceName(name) ||
      /^(?:toxic|spam|hateful|offensive|harmful|sentiment|verdict|correct|is_\w{1,20})$/i.test(name))
  );
}

const fieldsOfLayers = new WeakMap<Layer, ReadonlyMap<string, readonly string[]>>();

/**
 * The fields of each class of a file in the order in which they are given, by the class's name: `class Row: prompt: str; answer: int`,
 * `Row = namedtuple("Row", …)`. Of two with the same name it is the first tuple, else the first class.
 */
function fieldsIn(layer: Layer): ReadonlyMap<string, readonly string[]> {
  let fields = fieldsOfLayers.get(layer);
  if (fields === undefined)
    fieldsOfLayers.set(layer, (fields = new Map([...classesIn(layer), ...tuplesIn(layer)])));
  return fields;
}

function tuplesIn({ source: { text } }: Layer): ReadonlyMap<string, readonly string[]> {
  const tuples = new Map<string, readonly string[]>();
  for (const [, name = '', fields = ''] of text.matchAll(
    /\b([A-Z]\w{1,40}) = \w{0,40}namedtuple\([^,\n]{1,60},([^\n]{1,300})/g,
  ))
    if (!tuples.has(name)) tuples.set(name, (fields.match(/[A-Za-z_]\w*/g) ?? []).slice(0, MAX_FIELDS));
  return tuples;
}

function classesIn({ source: { text } }: Layer): ReadonlyMap<string, readonly string[]> {
  const classes = new Map<string, readonly string[]>();
  for (const { 0: head, 1: name = '', index } of text.matchAll(
    /^class ([A-Z]\w{1,40})\b[^\n]{0,120}:[ \t\r]*$/gm,
  )) {
    if (classes.has(name)) continue;
    const from = index + head.length;
    const own = text.slice(from, from + MAX_CLASS).split(/\n(?=\S)/, 1)[0] ?? '';
    const fields = [...own.matchAll(/^ {2,8}([a-z_]\w*)\s*:\s/gm)].map(([, field]) => field ?? '');
    classes.set(name, fields.slice(0, MAX_FIELDS));
  }
  return classes;
}

/** Names that an expression puts into the labels of rows: `{"answer": n}`, `Row(text, answer=n)`, `Row(text, n)`. */
function labelledIn(value: Expression, layer: Layer): readonly string[] {
  const found: string[] = [];
  const add = (field: string, part: Expression): void => {
    const inner =
      part.kind === 'call' && part.args.length === 1 && part.callee.kind === 'name'
        ? part.args[0]!.value
        : part;
    if (inner.kind === 'name' && isLabelField(field)) found.push(inner.name);
  };
  for (const part of allParts(value)) {
    if (part.kind === 'record') {
      for (const { key, value: held } of part.entries.slice(0, MAX_FIELDS))
        if (key?.kind === 'literal' && typeof key.value === 'string') add(key.value, held);
    } else if (part.kind === 'call') {
      const fields = part.callee.kind === 'name' ? (fieldsIn(layer).get(part.callee.name) ?? []) : [];
      part.args.slice(0, MAX_FIELDS).forEach((argument, place) => {
        const field = argument.name ?? fields[place];
        if (field !== undefined) add(field, argument.value);
      });
    }
  }
  return found;
}

/** The variables of a function that become labels or right answers of rows. */
export function labelVariables(
  fact: FunctionFact,
  settings: readonly Setting[],
  calls: readonly { readonly call: Expression }[],
): ReadonlySet<string> {
  const { layer } = fact;
  const names = new Set<string>();
  for (const { target, value } of settings) {
    for (const name of labelledIn(value, layer)) names.add(name);
    if (target?.kind === 'index' && value.kind === 'name' && isLabelField(nameOfTarget(target)))
      names.add(value.name);
  }
  for (const { call } of calls) for (const name of labelledIn(call, layer)) names.add(name);
  return names;
}
