import type { Expression } from '../../../../model/program.ts';
import type { Value } from '../../values/value.ts';
import type { Frame } from '../../walk/frame.ts';
import { typedBy, typeNamed, valueIn } from '../named-types.ts';

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

function inBrackets(index: Expression): readonly Expression[] {
  return index.kind === 'list' ? index.elements : [index];
}

/** `"httpx.Client"` as it would stand without the quotes; nothing for what is no name. */
function unquoted({ value, span }: Extract<Expression, { kind: 'literal' }>): readonly Expression[] {
  const [head, ...rest] = (QUOTED.exec(typeof value === 'string' ? value : '')?.[1] ?? '').split('.');
  if (head === undefined || head === '') return [];
  const whole = rest.reduce<Expression>((object, property) => ({ kind: 'member', object, property, span }), {
    kind: 'name',
    name: head,
    span,
  });
  return [whole];
}

function partsOf(type: Expression, outer: Frame): readonly Expression[] {
  switch (type.kind) {
    case 'binary':
      return type.operator === '|' ? [type.left, type.right] : [];
    case 'index':
      return OF_TYPES.test(named(outer, type.object)?.name ?? '') ? inBrackets(type.index) : [];
    case 'literal':
      return unquoted(type);
    default:
      return [];
  }
}

/** What types of Python say. What a context manager gives is what it hands to `with`. */
export const pythonTypes = typedBy({
  named: (_walk, name, outer) => valueIn(outer, name),
  partsOf,
  given(result, { definition, outer }) {
    const isEntered =
      result.kind === 'index' &&
      ITERATORS.test(named(outer, result.object)?.name ?? '') &&
      definition.decorators.some((each) => MAKES_CONTEXT.test(named(outer, each)?.name ?? ''));
    return isEntered ? inBrackets(result.index)[0] : result;
  },
});
