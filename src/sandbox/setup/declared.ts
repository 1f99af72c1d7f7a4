import { takeInventory } from '../../deps/inventory/inventory.ts';
import type { Package } from '../../model/dependency.ts';
import type { Target } from '../../model/target.ts';

/** The target's declared packages, read without executing anything; the deps stage has the same list. */
export function declaredPackages(target: Target): readonly Package[] {
  return takeInventory(target).packages;
}
