import { describe } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';

/**
 * A suite that needs a backend: skipped by name where it is absent, except in CI, where an absent backend is a failure of the suite.
 */
export async function describeWith(id: BackendId, title: string, body: () => void): Promise<void> {
  const { available, reason } = await (await loadBackend(id)).probe();
  const isRequired = process.env['CI'] === 'true';
  describe.skipIf(!available && !isRequired)(`${title} [needs ${id}${available ? '' : `: ${reason}`}]`, body);
}
