import { SbxError } from '../errors.ts';
import { GUARANTEES, type BackendId, type Guarantee, type Guarantees } from '../model/observation.ts';
import type { Backend } from './backend.ts';
import { loadBackend } from './backends/registry.ts';
import { storedProof } from './proof/store.ts';

/** Strongest by construction first: a kernel of its own, then namespaces with total limits, then namespaces. */
const PREFERENCE: readonly BackendId[] = [
  'gvisor',
  'docker',
  'podman',
  'bubblewrap',
  'native',
  'firejail',
  'landlock',
  'wasm',
];

/** gVisor needs docker for that, so docker's own runtime comes first. */
const WITH_IMAGES: readonly BackendId[] = ['docker', 'podman', 'gvisor'];

const NONE_HERE =
  'Install one: `apt-get install bubblewrap`, or docker, or python3 on Linux 5.12 or newer for the native one; `sbx doctor` says what is missing.';

/** How a backend is attacked that has to be proven before anything runs in it. */
export interface Proving {
  /** An image of the operator's to run in, which only some backends can; absent or null: none. */
  readonly image?: string | null;
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
}

/**
 * The backend to run in.
 * `auto` takes the one with the most guarantees proven on this machine, then the strongest by construction.
 * @param required guarantees that the policy demands: nothing runs in a backend where one of them is not proven. One that was never
 *   attacked on this machine is attacked now, which takes some seconds.
 * @throws SbxError of kind `sandbox`, code `backend-unavailable` (says what to install) or `guarantee-missing`
 */
export async function selectBackend(
  id: BackendId | 'auto',
  required: readonly Guarantee[],
  proving: Proving,
): Promise<Backend> {
  const hasImage = (proving.image ?? null) !== null;
  if (hasImage && id !== 'auto' && !WITH_IMAGES.includes(id)) {
    throw new SbxError('sandbox', 'image-unsupported', `The ${id} backend has no images`, {
      help: 'Leave out --image, or take --backend docker or podman.',
    });
  }
  const candidates =
    id === 'auto' ? await strongestFirst(hasImage ? WITH_IMAGES : PREFERENCE) : [await named(id)];
  const lacking: string[] = [];
  for (const backend of candidates) {
    const missing = await notProven(backend, required, proving);
    if (missing.length === 0) return backend;
    lacking.push(`${backend.id} (${missing.join(', ')})`);
  }
  throw new SbxError(
    'sandbox',
    'guarantee-missing',
    `The policy requires guarantees that are not proven on this machine: ${lacking.join('; ')}`,
    {
      help: '`sbx doctor --prove` says what did not hold; install a stronger backend (docker, bubblewrap), or change `guarantees` in the policy.',
    },
  );
}

async function named(id: BackendId): Promise<Backend> {
  const backend = await loadBackend(id);
  const { available, reason } = await backend.probe();
  if (available) return backend;
  throw new SbxError('sandbox', 'backend-unavailable', `The ${id} backend is not available: ${reason}`, {
    help: 'Leave out --backend to take the strongest that is here.',
  });
}

async function strongestFirst(among: readonly BackendId[]): Promise<readonly Backend[]> {
  const candidates = await Promise.all(
    among.map(async (id) => {
      const backend = await loadBackend(id);
      const { available, reason } = await backend.probe();
      return { id, backend, available, reason, proven: available ? provenCount(await storedProof(id)) : 0 };
    }),
  );
  const found = candidates.filter((each) => each.available);
  const walled = found.filter(({ backend }) => backend.reduced === undefined);
  // Reduced isolation is for machines that have nothing else, whatever was proven of it.
  const here = walled.length > 0 ? walled : found;
  if (here.length === 0) {
    const reasons = candidates.map((each) => `${each.id} (${each.reason})`).join('; ');
    throw new SbxError('sandbox', 'backend-unavailable', `No sandbox backend is available: ${reasons}`, {
      help: NONE_HERE,
    });
  }
  // Sorting is stable: among equals the order of PREFERENCE decides.
  return here.sort((one, other) => other.proven - one.proven).map(({ backend }) => backend);
}

/** The guarantees that a backend lacks, or was not proven to have. */
async function notProven(
  backend: Backend,
  required: readonly Guarantee[],
  { signal, progress }: Proving,
): Promise<readonly Guarantee[]> {
  if (required.length === 0) return [];
  const absent = required.filter((name) => backend.offers[name] === 'absent');
  if (absent.length > 0) return absent;
  const known = await storedProof(backend.id);
  const proof = known ?? (await proveNow(backend, signal, progress));
  return required.filter((name) => proof[name] !== 'proven');
}

async function proveNow(
  backend: Backend,
  signal: AbortSignal,
  progress: Proving['progress'],
): Promise<Guarantees> {
  // Most runs prove nothing, and need not load what does.
  const { prove } = await import('./proof/proof.ts');
  return (await prove(backend, signal, progress)).guarantees;
}

function provenCount(guarantees: Guarantees | null): number {
  return guarantees === null ? 0 : GUARANTEES.filter((name) => guarantees[name] === 'proven').length;
}
