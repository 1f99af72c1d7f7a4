import { fileURLToPath } from 'node:url';
import type { BackendId } from '../../../src/model/observation.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import type { StageContext } from '../../../src/model/stage.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { sandboxStage } from '../../../src/sandbox/stage.ts';
import { openTarget } from '../../../src/target/open.ts';
import { stageContext } from '../../support/stage-context.ts';

const isRequired = process.env['CI'] === 'true';

/** The light backends that are here; in CI both have to be. */
export const lightBackends: BackendId[] = [];
for (const id of ['native', 'bubblewrap'] as const) {
  if (isRequired || (await (await loadBackend(id)).probe()).available) lightBackends.push(id);
}

/** Time enough for a machine that does other things as well. */
const UNHURRIED = {
  path: 'time.yaml',
  manifest: { schema: 'sbx.manifest/1', resources: { wallSeconds: 120 } },
} as const;

/** What the sandbox stage makes of one of `fixtures/runs`. */
export async function runFixture(
  name: string,
  backend: BackendId,
  context: Partial<StageContext> = {},
): Promise<Outcome> {
  const { signal } = new AbortController();
  const folder = fileURLToPath(new URL(`../../../fixtures/runs/${name}`, import.meta.url));
  return sandboxStage.run(
    await openTarget(folder, signal),
    stageContext({ backend, signal, manifest: UNHURRIED, ...context }),
  );
}

/** Ids of the rules that fired, sorted, each once. */
export function firedIn(outcome: Outcome): readonly string[] {
  return [...new Set(outcome.findings.map(({ ruleId }) => ruleId))].sort();
}
