import type { Expression } from '../../../../model/program.ts';
import type { FunctionFact } from '../../facts.ts';
import { namedValue, UNKNOWN, type Value, withType } from '../../values/value.ts';
import type { Frame } from '../../walk/frame.ts';
import { importedValue } from '../../walk/imports.ts';
import type { Walk } from '../../walk/walk.ts';
import type { Typed } from '../customs.ts';
import { firstKnown, MAX_TYPE_DEPTH, objectOf, typeNamed, valueIn } from '../named-types.ts';

/** What is said of a type and leaves it what it is, and what a promise keeps. */
const OF_TYPES =
  /^(?:Promise|PromiseLike|Awaited|Readonly|Required|Partial|NonNullable|Omit|Pick|InstanceType|ReturnType)$/;

/** A name of a type: a variable, an import that leaves no code, or one that the language knows. */
function named(walk: Walk, outer: Frame, name: string): Value | null {
  const found = valueIn(outer, name);
  if (found !== null) return found;
  const imported = walk.typeImports.get(name);
  return imported === undefined ? namedValue(name) : importedValue(walk, imported.module, imported.imported);
}

function resolved(walk: Walk, type: Expression, outer: Frame, depth: number): Value {
  if (depth > MAX_TYPE_DEPTH) return UNKNOWN;
  const inner = (each: Expression): Value => resolved(walk, each, outer, depth + 1);
  switch (type.kind) {
    case 'name':
    case 'member':
      return objectOf(
        walk,
        typeNamed(type, (name) => named(walk, outer, name)),
      );
    case 'list':
      return firstKnown(type.elements, inner);
    case 'index':
      return type.object.kind === 'name' && OF_TYPES.test(type.object.name) ? inner(type.index) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** What is known of a value by the type that TypeScript has for it: the class of the target, or the name that models know its methods by. */
function ofType(walk: Walk, type: Expression | null | undefined, outer: Frame): Value {
  return type === null || type === undefined ? UNKNOWN : resolved(walk, type, outer, 0);
}

/** What a call of a function of the target gives, with the type that its definition says. */
function resultsOf(walk: Walk, callee: FunctionFact, whole: Value): Value {
  const [type] = callee.definition.results ?? [];
  if (type === undefined || type === null) return whole;
  const defining = walk.gathering.walks.get(callee.layer) ?? walk;
  return withType(whole, ofType(defining, type, callee.outer));
}

/** What types of TypeScript say. */
export const scriptTypes: Typed = { ofType, resultsOf, severalOf: (value) => value };
