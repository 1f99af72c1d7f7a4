import type { Expression, ParameterNode } from '../../../model/program.ts';
import type { FunctionFact } from '../facts.ts';
import type { Frame } from '../walk/frame.ts';

/** A type in a type: no honest one lies deeper. */
const MAX_DEPTH = 6;

/** Types that hold nothing which speaks to a shell or a query. */
const PLAIN =
  /^(?:(?:builtins\.)?(?:int|float|bool)|(?:decimal\.)?Decimal|(?:uuid\.)?UUID|(?:datetime\.)?(?:date|datetime))$/;

/** Types of several, with what they are of in brackets. */
const OF_TYPES = /^(?:(?:typing|typing_extensions)\.)?(Optional|Union|Annotated|Literal)$/;

/** What is said of an annotated type and leaves it what it is; `PlainValidator` and `SkipValidation` do not. */
const BOUNDS =
  /^(?:(?:pydantic|annotated_types)\.)?(?:Field|Gt|Ge|Lt|Le|Interval|MultipleOf|BeforeValidator|Doc)$/;

/** The name that an expression stands for where the function is defined; empty for none. */
function nameOf(expression: Expression, outer: Frame): string {
  if (expression.kind === 'member') {
    const object = nameOf(expression.object, outer);
    return object === '' ? '' : `${object}.${expression.property}`;
  }
  if (expression.kind !== 'name') return '';
  for (let frame: Frame | null = outer; frame !== null; frame = frame.parent)
    if (frame.has(expression.name)) return frame.read(expression.name)?.name ?? '';
  return expression.name;
}

/** True for what stands behind the type in `Annotated[…]` and does not change what the type lets through. */
function isBound(expression: Expression, outer: Frame): boolean {
  if (expression.kind === 'literal') return true;
  return expression.kind === 'call' && BOUNDS.test(nameOf(expression.callee, outer));
}

function isPlain(type: Expression, outer: Frame, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  const isPlainToo = (each: Expression): boolean => isPlain(each, outer, depth + 1);
  if (type.kind === 'literal') {
    // A type in quotes, as it is written for one that is defined later.
    return type.value === null || (typeof type.value === 'string' && PLAIN.test(type.value.trim()));
  }
  if (type.kind === 'binary') return type.operator === '|' && [type.left, type.right].every(isPlainToo);
  if (type.kind !== 'index') return PLAIN.test(nameOf(type, outer));
  const inside = type.index.kind === 'list' ? type.index.elements : [type.index];
  const [first, ...rest] = inside;
  const [, of] = OF_TYPES.exec(nameOf(type.object, outer)) ?? [];
  if (first === undefined || of === undefined) return false;
  if (of === 'Literal') return true;
  if (of === 'Annotated') return isPlainToo(first) && rest.every((each) => isBound(each, outer));
  return inside.every(isPlainToo);
}

/**
 * True for a parameter of a tool whose type leaves no room for a text of the model's own, since the server holds the model to it:
 * `count: int | None`, `kind: Literal["a", "b"]`. A type of several is plain where each of them is.
 */
export function isTypedPlainly({ layer, outer }: FunctionFact, { annotation, rest }: ParameterNode): boolean {
  if (layer.language !== 'python' || annotation === undefined || rest !== null) return false;
  return isPlain(annotation, outer, 0);
}
