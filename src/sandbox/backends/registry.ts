import { BACKEND_IDS, type BackendId } from '../../model/observation.ts';
import type { Backend } from '../backend.ts';

/** Loads one backend; the others stay unread. */
export async function loadBackend(id: BackendId): Promise<Backend> {
  switch (id) {
    case 'native':
      return (await import('./native.ts')).nativeBackend;
    case 'landlock':
      return (await import('./unbuilt.ts')).landlockBackend;
    default:
      return (await import('./unbuilt.ts')).wasmBackend;
  }
}

/** Every backend, in the contract's order. */
export function loadBackends(): Promise<readonly Backend[]> {
  return Promise.all(BACKEND_IDS.map(loadBackend));
}
