import type { ObservedEvent } from '../../model/observation.ts';
import type { Decoy } from './decoys.ts';
import { findMarkers } from './markers.ts';

/** When it was: what every event has. */
export type At = Pick<ObservedEvent, 'phase' | 'first' | 'last' | 'count'>;

/**
 * Planted secrets in something that is there to be seen, as events.
 * @param where what the report calls it: `output`, `the file /tmp/a`
 */
export function turnedUp(
  content: string | Uint8Array,
  decoys: readonly Decoy[],
  where: string,
  at: At,
): readonly ObservedEvent[] {
  return findMarkers(content, decoys).map(({ decoy, disguise }) => ({
    ...at,
    kind: 'decoy',
    detail: inDisguise(where, disguise),
    capability: decoy.kind === 'token' ? 'env.read' : 'secret.read',
    allowed: true,
    decoy: decoy.name,
  }));
}

/** A place, with the disguise that a secret had there. */
export function inDisguise(where: string, disguise: string): string {
  return disguise === 'plain' ? where : `${where} (${disguise})`;
}
