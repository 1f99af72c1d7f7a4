import { CAPABILITIES } from '../model/capability.ts';
import type { Capability } from '../model/capability.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Unit } from '../model/target.ts';

/** More details than this of one capability are summed up as "anything". */
const MAX_PATTERNS = 40;

/** A first manifest for a unit: what its code can do, as the static stage found it, for its author to narrow down. */
export function inferManifest(unit: Unit, evidence: readonly Evidence[]): Manifest {
  const capabilities: Partial<Record<Capability, true | readonly string[]>> = {};
  for (const capability of CAPABILITIES) {
    const own = evidence.filter(
      (item) => item.source === 'code' && item.unit === unit.path && item.capability === capability,
    );
    if (own.length === 0) continue;
    const details = [...new Set(own.map(({ detail }) => detail))].sort();
    capabilities[capability] = details.includes('*') || details.length > MAX_PATTERNS ? true : details;
  }
  return { schema: 'sbx.manifest/1', kind: unit.kind, name: unit.name, capabilities };
}
