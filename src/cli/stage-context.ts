import { DEFAULT_POLICY } from '../judge/default-policy.ts';
import type { StageContext } from '../model/stage.ts';
import { DEFAULT_LIMITS } from '../static/analyst.ts';
import type { CommandContext } from './command.ts';

/** What a stage may know when a command runs it alone and the operator chose nothing. */
export function contextWithDefaults(context: Pick<CommandContext, 'signal' | 'progress'>): StageContext {
  return {
    policy: DEFAULT_POLICY,
    manifest: null,
    backend: 'none',
    online: false,
    resolve: false,
    python: null,
    image: null,
    decisions: null,
    ruleFolders: [],
    useCache: true,
    secondsPerFile: DEFAULT_LIMITS.secondsPerFile,
    signal: context.signal,
    progress: context.progress,
    earlier: [],
  };
}
