import type { Evidence } from '../model/evidence.ts';
import type { Location } from '../model/location.ts';
import type { ObservedEvent } from '../model/observation.ts';
import type { CapabilityRow } from '../model/report.ts';
import { comparePaths } from '../target/collector.ts';
import { matchesDetail } from '../detail-pattern.ts';

/** How many places and events a row keeps: enough to look at, not enough to drown in. */
const MAX_PER_ROW = 50;

interface RowDraft {
  readonly unit: string;
  readonly capability: CapabilityRow['capability'];
  readonly detail: string;
  readonly static: Location[];
  readonly observed: ObservedEvent[];
}

/**
 * Lays evidence out as the capability matrix: a row per unit, capability and detail; what is declared, where the code can do it,
 * when it was seen. A claim that nothing bears out has a row too.
 * @param declaring the units that list their capabilities, be the list empty
 */
export function capabilityMatrix(
  evidence: readonly Evidence[],
  declaring: ReadonlySet<string>,
): readonly CapabilityRow[] {
  const rows = new Map<string, RowDraft>();
  const claims = evidence.filter(({ source }) => source === 'claim');
  const unitsThatClaim = new Set([...declaring, ...claims.map(({ unit }) => unit)]);
  for (const item of evidence) {
    const key = `${item.unit}\0${item.capability}\0${item.detail}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = { unit: item.unit, capability: item.capability, detail: item.detail, static: [], observed: [] };
      rows.set(key, row);
    }
    if (item.source === 'run') {
      if (item.event !== null && row.observed.length < MAX_PER_ROW) row.observed.push(item.event);
    } else if (item.source !== 'claim' && item.location !== null && row.static.length < MAX_PER_ROW)
      row.static.push(item.location);
  }
  return [...rows.values()]
    .map((row) => ({
      unit: row.unit,
      capability: row.capability,
      detail: row.detail,
      declared: unitsThatClaim.has(row.unit) ? isClaimed(row, claims) : null,
      static: distinct(row.static).sort(compareLocations),
      observed: [...row.observed].sort(
        (a, b) => a.first - b.first || comparePaths(a.kind + a.detail, b.kind + b.detail),
      ),
    }))
    .sort(
      (a, b) =>
        comparePaths(a.unit, b.unit) ||
        comparePaths(a.capability, b.capability) ||
        comparePaths(a.detail, b.detail),
    );
}

function isClaimed(row: RowDraft, claims: readonly Evidence[]): boolean {
  return claims.some(
    (claim) =>
      claim.unit === row.unit &&
      claim.capability === row.capability &&
      matchesDetail(claim.detail, row.detail),
  );
}

function distinct(locations: readonly Location[]): Location[] {
  const seen = new Map(locations.map((location) => [JSON.stringify(location), location]));
  return [...seen.values()];
}

/** Orders locations by path, layer, line and column. */
export function compareLocations(a: Location, b: Location): number {
  return (
    comparePaths(a.path, b.path) ||
    comparePaths(a.layer ?? '', b.layer ?? '') ||
    a.startLine - b.startLine ||
    a.startColumn - b.startColumn ||
    a.endLine - b.endLine ||
    a.endColumn - b.endColumn
  );
}
