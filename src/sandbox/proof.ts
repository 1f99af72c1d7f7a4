import { messageOf, SbxError } from '../errors.ts';
import { GUARANTEES, type Guarantee, type Guarantees, type Proof } from '../model/observation.ts';
import type { Backend } from './backend.ts';
import { ATTACKS, type Check } from './proof/attacks.ts';
import { layBait } from './proof/bait.ts';
import { storeProof } from './proof-store.ts';

/** What came of attacking a backend. */
export interface BackendProof {
  readonly guarantees: Guarantees;
  /** What did not hold, or could not be tried; one line each. */
  readonly failures: readonly string[];
}

/**
 * Runs the probe program inside a backend, where it tries to break every guarantee, and keeps the result for this machine.
 * A guarantee is proven when everything that was tried against it failed, and something was tried.
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
    for (const attack of ATTACKS) {
      progress(`attacking ${backend.id}: ${attack.name.replace(/^attack/, '').toLowerCase()}`);
      try {
        checks.push(...(await attack({ backend, bait, signal })));
      } catch (error) {
        if (error instanceof SbxError && error.kind === 'interrupted') throw error;
        failures.push(`${attack.name}: ${messageOf(error)}`);
      }
    }
  } finally {
    await bait.remove();
  }
  failures.push(...checks.filter((check) => !check.held).map((check) => check.name));
  const guarantees = Object.fromEntries(
    GUARANTEES.map((name) => [name, judge(name, backend, checks)]),
  ) as Record<Guarantee, Proof>;
  await storeProof(backend.id, version, guarantees);
  return { guarantees, failures: failures.sort() };
}

function judge(name: Guarantee, backend: Backend, checks: readonly Check[]): Proof {
  if (backend.offers[name] === 'absent') return 'absent';
  const tried = checks.filter((check) => check.guarantee === name);
  return tried.length > 0 && tried.every((check) => check.held) ? 'proven' : 'unproven';
}
