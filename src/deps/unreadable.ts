import type { DependencyCoverage } from '../model/dependency.ts';
import type { EmbeddedResult } from './embedded.ts';
import { describe, placeOf } from './findings.ts';
import type { Inventory } from './inventory/inventory.ts';
import type { Unreadable } from './inventory/read-files.ts';
import { compareText } from './inventory/text.ts';

/** What could not be read or compared, once a file, so that a file of a million bad lines makes one line in the report. */
export function unreadableByFile(
  inventory: Inventory,
  embedded: EmbeddedResult,
): DependencyCoverage['unreadable'] {
  const places: Unreadable[] = [
    ...inventory.unreadable,
    ...embedded.incomparable.map((dependency) => {
      const { path, startLine } = placeOf(dependency);
      const reason = `${describe(dependency)} has no version of its ecosystem and cannot be compared`;
      return { path, line: startLine, reason };
    }),
  ];
  const byFile = new Map<string, Unreadable[]>();
  for (const place of places) {
    const known = byFile.get(place.path);
    if (known === undefined) byFile.set(place.path, [place]);
    else known.push(place);
  }
  return [...byFile]
    .sort(([a], [b]) => compareText(a, b))
    .map(([path, [first, ...rest]]) => {
      const number = first?.line ?? null;
      const line = number === null ? '' : `line ${String(number)}: `;
      const more = rest.length === 0 ? '' : ` (and ${String(rest.length)} more)`;
      return { path, reason: `${line}${first?.reason ?? ''}${more}` };
    });
}
