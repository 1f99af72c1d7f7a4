import { BACKEND_IDS, type BackendId } from '../../model/observation.ts';
import type { Backend } from '../backend.ts';

/** Loads one backend; the others stay unread. */
export async function loadBackend(id: BackendId): Promise<Backend> {
  switch (id) {
    case 'native':
      return (await import('./native.ts')).nativeBackend;
    case 'docker':
      return (await import('./docker.ts')).dockerBackend;
    case 'podman':
      return (await import('./podman.ts')).podmanBackend;
    case 'gvisor':
      return (await import('./gvisor.ts')).gvisorBackend;
    case 'bubblewrap':
      return (await import('./bubblewrap.ts')).bubblewrapBackend;
    case 'firejail':
      return (await import('./firejail.ts')).firejailBackend;
    case 'landlock':
      return (await import('./landlock.ts')).landlockBackend;
    default:
      return (await import('./wasm.ts')).wasmBackend;
  }
}

/** Every backend, in the contract's order. */
export function loadBackends(): Promise<readonly Backend[]> {
  return Promise.all(BACKEND_IDS.map(loadBackend));
}
