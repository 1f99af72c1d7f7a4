import type { StageContext } from '../../src/model/stage.ts';

/** What a stage is told when the operator chose nothing. */
export function stageContext(changed: Partial<StageContext> = {}): StageContext {
  return {
    policy: { schema: 'sbx.policy/1', reject: [], review: [], require: [], guarantees: [], deny: {} },
    manifest: null,
    backend: 'none',
    online: false,
    python: null,
    image: null,
    ruleFolders: [],
    secondsPerFile: 20,
    useCache: false,
    signal: new AbortController().signal,
    progress: () => undefined,
    earlier: [],
    ...changed,
  };
}
