import type { BackendId } from '../../src/model/observation.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';
import { skipUnless } from '../support/capabilities.ts';

/** The backends that real input has to run on. */
const REQUIRED: readonly BackendId[] = ['docker', 'bubblewrap', 'firejail', 'native'];

/** Each with whether its tests are skipped, which they never are in CI. */
export const backends: readonly { readonly id: BackendId; readonly isSkipped: boolean }[] = await Promise.all(
  REQUIRED.map(async (id) => {
    const { available } = await (await loadBackend(id)).probe();
    return { id, isSkipped: skipUnless(available) };
  }),
);

/** What is published comes from the package index, which only CI is known to reach. */
export const isIndexUnknown = skipUnless(false);
