import { messageOf, SbxError } from '../../errors.ts';
import type { Guarantees } from '../../model/observation.ts';
import type { Backend } from '../backend.ts';
import { timeToBegin } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { layBait } from './bait.ts';
import { catalogueOf } from './catalogue.ts';
import { breaches, judge, shortfalls, type Check } from './checks.ts';
import { storeProof } from './store.ts';
import { WASM_ATTACKS } from './wasm-attacks.ts';

/** What came of attacking a backend. */
export interface BackendProof {
  readonly guarantees: Guarantees;
  /** What did not hold, or could not be tried; one line each. */
  readonly failures: readonly string[];
}

/**
 * Runs the probe program inside a backend, where it tries to break every guarantee, and keeps the result for this machine.
 * A guarantee is proven when everything that was tried against it failed, and nothing was left untried.
 * @throws SbxError of kind `interrupted`
 */
export async function prove(
  backend: Backend,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<BackendProof> {
  const { version } = await backend.probe();
  const checks: Check[] = [];
  const failures: string[] = [];
  const bait = await layBait();
  try {
    const startMs = await timeToBegin({ backend, bait, signal });
    for (const attack of backend.id === 'wasm' ? WASM_ATTACKS : ATTACKS) {
      progress(`attacking ${backend.id}: ${attack.name.replace(/^attack/, '').toLowerCase()}`);
      try {
        checks.push(...(await attack({ backend, bait, signal, startMs })));
      } catch (error) {
        if (error instanceof SbxError && error.kind === 'interrupted') throw error;
        failures.push(`could not be tried: ${attack.name}: ${messageOf(error)}`);
      }
    }
  } finally {
    await bait.remove();
  }
  const catalogue = catalogueOf(backend.id);
  const guarantees = judge(backend.offers, checks, catalogue);
  await storeProof(backend.id, version, guarantees);
  // Where no wall is the kernel's, what is not promised is meant to hold all the same.
  const further = backend.reduced === undefined ? [] : breaches(backend.offers, checks);
  return {
    guarantees,
    failures: [...failures, ...shortfalls(backend.offers, checks, catalogue), ...further],
  };
}
