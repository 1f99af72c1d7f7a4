import type { Expression } from '../../../../model/program.ts';
import type { FunctionFact } from '../../facts.ts';
import { UNKNOWN, type Value, withType } from '../../values/value.ts';
import type { Frame } from '../../walk/frame.ts';
import type { Walk } from '../../walk/walk.ts';
import type { Typed } from '../customs.ts';
import { firstKnown, MAX_TYPE_DEPTH, objectOf, typeNamed, valueIn } from '../named-types.ts';

/** Types of several of which one is looked at, and what is said of a type and leaves it what it is. */
const OF_TYPES =
  /^(?:typing|typing_extensions)\.(?:Optional|Union|Annotated|Final|ClassVar|Required|NotRequired|ReadOnly)$/;
/** What a function gives that `with` enters. */
const ITERATORS = /^(?:typing|collections\.abc)\.(?:Async)?(?:Iterator|Iterable|Generator)$/;
/** What makes a generator something that `with` enters. */
const MAKES_CONTEXT = /(?:^|\.)(?:async)?contextmanager$/;
/** A type in quotes, as it is written for one that is defined later: `"Optional[httpx.Client]"`, `"Client | None"`. */
const QUOTED = /^(?:[\w.]+\[)?\s*([A-Za-z_][\w.]{0,200})/;

function named(outer: Frame, type: Expression): Value | null {
  return typeNamed(type, (name) => valueIn(outer, name));
}

function partsOf(index: Expression): readonly Expression[] {
  return index.kind === 'list' ? index.elements : [index];
}

/** `"httpx.Client"` as it would stand without the quotes. */
function unquoted({ value, span }: Extract<Expression, { kind: 'literal' }>): Expression | null {
  const [head, ...rest] = (QUOTED.exec(typeof value === 'string' ? value : '')?.[1] ?? '').split('.');
  if (head === undefined || head === '') return null;
  return rest.reduce<Expression>((object, property) => ({ kind: 'member', object, property, span }), {
    kind: 'name',
    name: head,
    span,
  });
}

function resolved(walk: Walk, type: Expression, outer: Frame, depth: number): Value {
  if (depth > MAX_TYPE_DEPTH) return UNKNOWN;
  const inner = (each: Expression): Value => resolved(walk, each, outer, depth + 1);
  switch (type.kind) {
    case 'name':
    case 'member':
      return objectOf(walk, named(outer, type));
    case 'binary':
      return type.operator === '|' ? firstKnown([type.left, type.right], inner) : UNKNOWN;
    case 'index':
      return OF_TYPES.test(named(outer, type.object)?.name ?? '')
        ? firstKnown(partsOf(type.index), inner)
        : UNKNOWN;
    case 'literal': {
      const plain = unquoted(type);
      return plain === null ? UNKNOWN : inner(plain);
    }
    default:
      return UNKNOWN;
  }
}

/** What is known of a value by the type that it is annotated with: the class of the target, or the name that models know its methods by. */
function ofType(walk: Walk, type: Expression | null | undefined, outer: Frame): Value {
  return type === null || type === undefined ? UNKNOWN : resolved(walk, type, outer, 0);
}

/** What a call of a function of the target gives, with the type that its definition says; of a context manager, what it hands to `with`. */
function resultsOf(walk: Walk, callee: FunctionFact, whole: Value): Value {
  const [type] = callee.definition.results ?? [];
  if (type === undefined || type === null) return whole;
  const { outer } = callee;
  const isEntered =
    type.kind === 'index' &&
    ITERATORS.test(named(outer, type.object)?.name ?? '') &&
    callee.definition.decorators.some((each) => MAKES_CONTEXT.test(named(outer, each)?.name ?? ''));
  return withType(whole, ofType(walk, isEntered ? partsOf(type.index)[0] : type, outer));
}

/** What types of Python say. */
export const pythonTypes: Typed = { ofType, resultsOf, severalOf: (value) => value };
