import type { ArgumentCondition } from '../../../model/api-model.ts';
import type { ClassIndex } from '../../../rules/classes.ts';
import { compiledRegex } from '../../../rules/rule-regex.ts';
import { commandOf, hostOf, normalPath } from '../../evidence/detail.ts';
import { areOtherHosts } from './named-hosts.ts';
import { type BoundArguments, argumentsAt } from './arguments.ts';
import { knownWords, type Value } from '../values/value.ts';

/** True when a text belongs to a class, in the normal form of what the class is of. */
export function isOfClass(classes: ClassIndex, className: string, text: string): boolean {
  switch (classes.kindOf(className)) {
    case 'path':
      return classes.belongs(className, normalPath(text));
    case 'host':
      return classes.belongs(className, hostOf(text));
    case 'command':
      return classes.belongs(className, commandOf(text));
    default:
      return classes.belongs(className, text);
  }
}

function textOf(value: Value): string | null {
  const { constant } = value;
  return (
    knownWords(value) ?? (constant !== null && constant.value !== null ? String(constant.value) : value.name)
  );
}

function valueHolds(condition: ArgumentCondition, value: Value, classes: ClassIndex): boolean {
  if (condition.absent === true) return false;
  const { constant } = value;
  if (condition.equals !== undefined && (constant === null || constant.value !== condition.equals))
    return false;
  if (condition.folds !== undefined) {
    const isKnown =
      constant !== null ||
      (value.elements?.every((each) => each.constant !== null) ?? false) ||
      (value.entries !== null && [...value.entries.values()].every((each) => each.constant !== null));
    if (condition.folds === 'constant' && !isKnown) return false;
    if (condition.folds === 'dynamic' && isKnown) return false;
    if (condition.folds === 'obfuscated' && (constant === null || constant.origin === 'plain')) return false;
  }
  if (condition.matches === undefined && condition.class === undefined) return true;
  const text = textOf(value);
  if (text === null) return false;
  if (condition.matches !== undefined && !compiledRegex(condition.matches).test(text)) return false;
  return condition.class === undefined || isOfClass(classes, condition.class, text);
}

/** True when an argument looks as a model or rule wants it. A condition on an absent argument holds only when it asks for absence. */
export function conditionHolds(
  condition: ArgumentCondition,
  args: BoundArguments,
  classes: ClassIndex,
): boolean {
  const present = valuesAt(args, condition.at);
  // `f(**settings)`: whatever is not seen may be among them.
  return present.length === 0
    ? condition.absent === true && !args.named.has('**')
    : present.some((value) => valueHolds(condition, value, classes) && isElsewhere(condition, value, args));
}

function valuesAt(args: BoundArguments, at: ArgumentCondition['at']): readonly Value[] {
  const references = Array.isArray(at) ? at : [at];
  return (references as readonly (string | number)[]).flatMap((reference) => argumentsAt(args, reference));
}

function isElsewhere({ otherHostThan }: ArgumentCondition, value: Value, args: BoundArguments): boolean {
  if (otherHostThan === undefined) return true;
  const text = textOf(value) ?? '';
  return valuesAt(args, otherHostThan).some((other) => areOtherHosts(text, textOf(other) ?? ''));
}
