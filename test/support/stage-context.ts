import { contextWithDefaults } from '../../src/cli/stage-context.ts';
import type { StageContext } from '../../src/model/stage.ts';

/** What a stage is told when the operator chose nothing; no kept results, which no test is about by accident. */
export function stageContext(changed: Partial<StageContext> = {}): StageContext {
  const context = { signal: new AbortController().signal, progress: () => undefined };
  return { ...contextWithDefaults(context), useCache: false, ...changed };
}
