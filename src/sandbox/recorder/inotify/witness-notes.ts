import type { ToolUse } from '../../../model/outcome.ts';
import type { SandboxResult } from '../../backend.ts';
import type { SecondWitness } from './decoy-reads.ts';

/** A run, as far as it matters who saw it. */
interface Witnessed {
  readonly result: Pick<SandboxResult, 'tracer'>;
  readonly witness: SecondWitness;
}

/** Who recorded system calls, and who saw reads of decoys from outside, as tools of the stage; one that saw nothing is `missing`. */
export function witnessTools(observed: readonly Witnessed[]): readonly ToolUse[] {
  if (observed.length === 0) return [];
  const tracers = [...new Set(observed.flatMap(({ result }) => result.tracer ?? []))].sort();
  const unrecorded = observed.filter(({ result }) => result.tracer === null).length;
  const limitations = limitationsOf(observed);
  return [
    {
      id: 'recorder',
      version: tracers.length === 0 ? null : tracers.join(' '),
      status:
        tracers.length === 0
          ? 'missing'
          : unrecorded === 0
            ? 'ok'
            : `not in ${unrecorded} of ${observed.length} runs`,
    },
    {
      id: 'decoy witness',
      version: observed.some(({ witness }) => witness.limitation === null) ? 'inotify' : null,
      status: observed.every(({ witness }) => witness.limitation !== null)
        ? 'missing'
        : (limitations[0] ?? 'ok'),
    },
  ];
}

/** What of the two witnesses was not there, in words. */
export function witnessNotes(observed: readonly Witnessed[]): readonly string[] {
  const limitations = limitationsOf(observed);
  const isUnrecorded = observed.some(({ result }) => result.tracer === null);
  const isUnseen = limitations.length > 0;
  return [
    ...(isUnrecorded && isUnseen
      ? ['system calls were not recorded, so what native code and child programs did to files is not known']
      : []),
    ...(isUnrecorded && !isUnseen
      ? ['system calls were not recorded; reads of decoys were seen from outside the sandbox all the same']
      : []),
    ...limitations.map((reason) => `reads of decoys had no second witness: ${reason}`),
  ];
}

function limitationsOf(observed: readonly Witnessed[]): readonly string[] {
  return [...new Set(observed.flatMap(({ witness }) => witness.limitation ?? []))].sort();
}
