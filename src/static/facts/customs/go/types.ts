import type { Expression } from '../../../../model/program.ts';
import type { FunctionFact } from '../../facts.ts';
import { memberName } from '../../names.ts';
import { changed, listValue, UNKNOWN, type Value, withType } from '../../values/value.ts';
import type { Frame } from '../../walk/frame.ts';
import type { Walk } from '../../walk/walk.ts';
import { valueIn } from '../named-types.ts';

/** The name of what a function of the target gives that gives several values. */
const SEVERAL = 'several-results';

/** What is known of a value by the type that it is declared with: its name, or the class of the target. */
export function ofType(walk: Walk, type: Expression | null | undefined, outer: Frame): Value {
  if (type === null || type === undefined) return UNKNOWN;
  if (type.kind === 'member') {
    const { object } = type;
    const whole = object.kind === 'name' ? ofType(walk, object, outer) : UNKNOWN;
    const held = whole.entries?.get(type.property)?.class ?? null;
    return changed(UNKNOWN, { instance: held, name: memberName(whole.name, type.property, walk.language) });
  }
  if (type.kind !== 'name') return UNKNOWN;
  const found = valueIn(outer, type.name);
  if (found === null) return UNKNOWN;
  return changed(UNKNOWN, {
    name: found.name,
    instance: found.class ?? found.instance,
    entries: found.class === null ? found.entries : null,
  });
}

/** What a call of a function of the target gives, each of its results with its type. */
export function resultsOf(walk: Walk, callee: FunctionFact, whole: Value, site: number): Value {
  const { results = [] } = callee.definition;
  const [only] = results;
  if (only === undefined) return whole;
  if (results.length === 1) return withType(whole, ofType(walk, only, callee.outer));
  const { graph } = walk;
  const returned = callee.returned?.elements ?? [];
  const elements = results.map((type, index) => {
    const node = graph.newNode();
    graph.connect(callee.resultNodes[index] ?? 0, node, -site);
    const known = returned.length === results.length ? returned[index] : undefined;
    const value = changed(UNKNOWN, {
      name: known?.name ?? null,
      callable: known?.callable ?? null,
      instance: known?.instance ?? null,
      node,
    });
    return withType(value, ofType(walk, type, callee.outer));
  });
  return changed(listValue(elements, whole.node), { name: SEVERAL });
}

/** `f(g())`: what one call gives is all that the other is given. */
export function spread(values: readonly Value[]): readonly Value[] {
  const [only] = values;
  return values.length === 1 && only?.name === SEVERAL && only.elements !== null ? only.elements : values;
}

/**
 * What a call gives to several variables. What is not known one by one is in the first ones: the last one is an error, or says whether there
 * is anything.
 */
export function severalOf(value: Value, count: number): Value {
  if (value.elements?.length === count || count < 2) return value;
  const first = changed(value, { name: value.name === SEVERAL ? null : value.name });
  return listValue([...Array.from({ length: count - 1 }, () => first), UNKNOWN]);
}
