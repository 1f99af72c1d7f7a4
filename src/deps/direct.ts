import type { Package } from '../model/dependency.ts';
import { INVENTORY_FORMATS } from './inventory/formats.ts';

/** Whether the target asks for the package itself; what stands in a lock alone came with something else. */
export function isDirect({ locations }: Pick<Package, 'locations'>): boolean {
  return locations.some(({ path }) => isDeclaration(path));
}

const declarations = new Map<string, boolean>();

/** Whether some format takes a file for more than a lock; asked for each package of a file, and remembered. */
function isDeclaration(path: string): boolean {
  let known = declarations.get(path);
  if (known === undefined) {
    known = INVENTORY_FORMATS.some((format) => format.role !== 'lock' && format.matches(path));
    declarations.set(path, known);
  }
  return known;
}

/** Whether a tool writes the file: its lines are not to be edited by hand. */
export function isLockFile(path: string): boolean {
  return INVENTORY_FORMATS.some((format) => format.role === 'lock' && format.matches(path));
}
