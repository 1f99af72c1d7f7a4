import { GUARANTEES, type BackendId, type Guarantee } from '../../model/observation.ts';
import { SbxError } from '../../errors.ts';
import type { Backend } from '../backend.ts';
import { unavailable } from './availability.ts';

const NOTHING = Object.fromEntries(GUARANTEES.map((name) => [name, 'absent'])) as Record<Guarantee, 'absent'>;

function unbuilt(id: BackendId, instead: string): Backend {
  return {
    id,
    offers: NOTHING,
    hasSinkhole: false,
    probe: () => Promise.resolve(unavailable('not built yet', instead)),
    run: () =>
      Promise.reject(
        new SbxError('sandbox', 'backend-unavailable', `The ${id} backend is not built yet`, {
          help: instead,
        }),
      ),
  };
}

/** Python compiled to WebAssembly: named by the contract, not built yet. */
export const wasmBackend: Backend = unbuilt('wasm', 'use native, or docker where there is no Linux');
