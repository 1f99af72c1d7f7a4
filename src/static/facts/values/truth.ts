import { textOf } from '../../fold/constant.ts';
import type { Value } from './value.ts';
import type { Walk } from '../walk/walk.ts';

/** True when a value says something to whoever computes with it. */
export function isKnown(value: Value): boolean {
  return (
    value.constant !== null || value.elements !== null || value.entries !== null || value.callable !== null
  );
}

/** Whether a value counts as true where a condition is wanted; null when that is not known. */
export function truthOf(value: Value, walk: Walk): boolean | null {
  if (value.constant !== null) return Boolean(value.constant.value);
  if (value.callable !== null || value.instance !== null || value.class !== null) return true;
  const isAlways = walk.language === 'javascript';
  if (value.elements !== null) return isAlways || value.elements.length > 0;
  if (value.entries !== null && value.name === null) return isAlways || value.entries.size > 0;
  return null;
}

/** What a comparison of two known values gives; null when it is not known. */
export function compared(operator: string, left: Value, right: Value): boolean | null {
  if (operator === 'in' || operator === 'not in') {
    const isIn = contains(right, left);
    return isIn === null ? null : isIn === (operator === 'in');
  }
  if (left.constant === null || right.constant === null) return null;
  const a = left.constant.value;
  const b = right.constant.value;
  switch (operator) {
    case '==':
    case '===':
    case 'is':
      return a === b;
    case '!=':
    case '!==':
    case 'is not':
      return a !== b;
  }
  if (a === null || b === null || typeof a !== typeof b) return null;
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return null;
  }
}

function contains(holder: Value, value: Value): boolean | null {
  if (value.constant === null) return null;
  const text = textOf(holder.constant);
  const part = textOf(value.constant);
  if (text !== null) return part === null ? null : text.includes(part);
  if (holder.entries !== null) return part === null ? null : holder.entries.has(part);
  if (holder.elements?.every((element) => element.constant !== null) !== true) return null;
  return holder.elements.some((element) => element.constant?.value === value.constant?.value);
}
