import type { Expression } from '../../../../model/program.ts';
import { namedValue, type Value } from '../../values/value.ts';
import type { Frame } from '../../walk/frame.ts';
import { importedValue } from '../../walk/imports.ts';
import type { Walk } from '../../walk/walk.ts';
import { typedBy, valueIn } from '../named-types.ts';

/** What is said of a type and leaves it what it is, and what a promise keeps. */
const OF_TYPES =
  /^(?:Promise|PromiseLike|Awaited|Readonly|Required|Partial|NonNullable|Omit|Pick|InstanceType|ReturnType)$/;

/** A name of a type: a variable, an import that leaves no code, or one that the language knows. */
function named(walk: Walk, name: string, outer: Frame): Value | null {
  const found = valueIn(outer, name);
  if (found !== null) return found;
  const imported = walk.typeImports.get(name);
  return imported === undefined ? namedValue(name) : importedValue(walk, imported.module, imported.imported);
}

function partsOf(type: Expression): readonly Expression[] {
  if (type.kind === 'list') return type.elements;
  const isWrapped = type.kind === 'index' && type.object.kind === 'name' && OF_TYPES.test(type.object.name);
  return isWrapped ? [type.index] : [];
}

/** What types of TypeScript say. */
export const scriptTypes = typedBy({ named, partsOf });
