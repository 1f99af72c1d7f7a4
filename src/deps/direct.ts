import type { Package } from '../model/dependency.ts';
import { INVENTORY_FORMATS } from './inventory/formats.ts';

/** Whether the target asks for the package itself; what stands in a lock alone came with something else. */
export function isDirect({ locations }: Pick<Package, 'locations'>): boolean {
  return locations.some(({ path }) =>
    INVENTORY_FORMATS.some((format) => format.role !== 'lock' && format.matches(path)),
  );
}

/** Whether a tool writes the file: its lines are not to be edited by hand. */
export function isLockFile(path: string): boolean {
  return INVENTORY_FORMATS.some((format) => format.role === 'lock' && format.matches(path));
}
