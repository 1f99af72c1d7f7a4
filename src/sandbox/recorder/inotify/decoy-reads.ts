import type { ObservedEvent } from '../../../model/observation.ts';
import type { Decoy } from '../../decoys/decoys.ts';
import type { Sightings } from './sightings.ts';

/** The second witness of a run: what was seen of its decoys from outside. */
export interface SecondWitness {
  /** Decoys whose reading the recorder of system calls did not tell of, although there was one. */
  readonly missed: readonly string[];
  /** Why nothing, or not everything, could be seen; null: every decoy was watched. */
  readonly limitation: string | null;
}

/** Paths, relative to the home folder, of the decoys that are files. */
export function decoyFiles(decoys: readonly Decoy[]): readonly string[] {
  return decoys.flatMap(({ kind, name }) => (kind === 'file' ? [name.slice('~/'.length)] : []));
}

/**
 * The reads of decoys that nobody else told of, as events, and what that says of the recorder.
 * @param told what the recorders told, classified
 * @param phase in which the run was, as nobody outside can know better
 */
export function unnoticedReads(
  { reads, limitation }: Sightings,
  told: readonly ObservedEvent[],
  phase: string,
  hasRecorder: boolean,
): { readonly events: readonly ObservedEvent[]; readonly witness: SecondWitness } {
  const known = new Set(
    told.flatMap(({ decoy, detail }) => (decoy !== null && decoy === detail ? [decoy] : [])),
  );
  const unnoticed = reads
    .map((read) => ({ ...read, name: `~/${read.file}` }))
    .filter(({ name }) => !known.has(name));
  const events = unnoticed.map(({ name, first, count }): ObservedEvent => ({
    kind: 'decoy',
    phase,
    detail: name,
    capability: 'secret.read',
    allowed: true,
    first,
    last: first,
    count,
    decoy: name,
  }));
  const missed = hasRecorder ? unnoticed.map(({ name }) => name).sort() : [];
  return { events, witness: { missed, limitation } };
}

/** What the second witness has to say about each run, in words. */
export function missedReads(label: string, { missed }: SecondWitness): readonly string[] {
  return missed.map(
    (name) =>
      `the recorder of system calls missed that ${label} read ${name}, which was seen from outside the sandbox`,
  );
}
