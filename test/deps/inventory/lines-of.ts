import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { targetOf } from '../target-of.ts';

/** Each package of a target made of these files as one line: `name version-or-range pin scope @file:line,…`. */
export function linesOf(files: Readonly<Record<string, string | Uint8Array>>): string[] {
  return takeInventory(targetOf(files)).packages.map(({ name, version, range, pin, scope, locations }) => {
    const places = locations.map(({ path, startLine }) => `${path}:${String(startLine)}`);
    return `${name} ${version ?? range ?? '-'} ${pin} ${scope} @${places.join(',')}`;
  });
}
