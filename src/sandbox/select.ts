import { SbxError } from '../errors.ts';
import { GUARANTEES, type BackendId, type Guarantee, type Guarantees } from '../model/observation.ts';
import type { Backend } from './backend.ts';
import { loadBackend } from './backends/registry.ts';
import { lastProof } from './proof-store.ts';

/** Strongest by construction first: a kernel of its own, then namespaces with total limits, then namespaces. */
const PREFERENCE: readonly BackendId[] = [
  'gvisor',
  'docker',
  'podman',
  'bubblewrap',
  'native',
  'firejail',
  'landlock',
];

const NONE_HERE =
  'Install one: `apt-get install bubblewrap`, or docker, or python3 on Linux 5.12 or newer for the native one; `sbx doctor` says what is missing.';

/**
 * The backend to run in.
 * `auto` takes the one with the most guarantees proven on this machine, then the strongest by construction.
 * @param required guarantees that the policy demands: a backend without one of them is not taken
 * @throws SbxError of kind `sandbox`, code `backend-unavailable` (says what to install) or `guarantee-missing`
 */
export async function selectBackend(
  id: BackendId | 'auto',
  required: readonly Guarantee[],
): Promise<Backend> {
  return id === 'auto' ? await selectStrongest(required) : await selectNamed(id, required);
}

async function selectNamed(id: BackendId, required: readonly Guarantee[]): Promise<Backend> {
  const backend = await loadBackend(id);
  const { available, reason } = await backend.probe();
  if (!available) {
    throw new SbxError('sandbox', 'backend-unavailable', `The ${id} backend is not available: ${reason}`, {
      help: 'Leave out --backend to take the strongest that is here.',
    });
  }
  const missing = absentOf(await lastProof(id), required);
  if (missing.length > 0) {
    throw new SbxError(
      'sandbox',
      'guarantee-missing',
      `The ${id} backend does not guarantee what the policy requires: ${missing.join(', ')}`,
      { help: 'Choose another --backend, or change `guarantees` in the policy.' },
    );
  }
  return backend;
}

async function selectStrongest(required: readonly Guarantee[]): Promise<Backend> {
  const candidates = await Promise.all(
    PREFERENCE.map(async (id) => {
      const backend = await loadBackend(id);
      const { available, reason } = await backend.probe();
      return { id, backend, available, reason, guarantees: available ? await lastProof(id) : null };
    }),
  );
  const here = candidates.filter((each) => each.available);
  if (here.length === 0) {
    const reasons = candidates.map((each) => `${each.id} (${each.reason})`).join('; ');
    throw new SbxError('sandbox', 'backend-unavailable', `No sandbox backend is available: ${reasons}`, {
      help: NONE_HERE,
    });
  }
  const fit = here.filter(
    (each) => each.guarantees !== null && absentOf(each.guarantees, required).length === 0,
  );
  if (fit.length === 0) {
    const reasons = here
      .map(
        (each) =>
          `${each.id} lacks ${each.guarantees === null ? '' : absentOf(each.guarantees, required).join(', ')}`,
      )
      .join('; ');
    throw new SbxError(
      'sandbox',
      'guarantee-missing',
      `No backend guarantees what the policy requires: ${reasons}`,
      {
        help: 'Install a stronger backend (docker, bubblewrap), or change `guarantees` in the policy.',
      },
    );
  }
  // Sorting is stable: among equals the order of PREFERENCE decides.
  const [best] = fit.sort((one, other) => provenCount(other.guarantees) - provenCount(one.guarantees));
  return best!.backend;
}

function absentOf(guarantees: Guarantees, required: readonly Guarantee[]): Guarantee[] {
  return required.filter((name) => guarantees[name] === 'absent');
}

function provenCount(guarantees: Guarantees | null): number {
  return guarantees === null ? 0 : GUARANTEES.filter((name) => guarantees[name] === 'proven').length;
}
