import type { Backend, SandboxCommand, SandboxResult } from '../backend.ts';
import { inRunScope, type RunScope } from './run-scope.ts';
import { withRecorder } from './tracing.ts';

/**
 * How a backend without an engine of its own runs a command: with the best recorder, in a private folder and a control group.
 * @param run one attempt
 */
export function recordedRun(
  run: (command: SandboxCommand, scope: RunScope, signal: AbortSignal) => Promise<SandboxResult>,
): Backend['run'] {
  return (command, signal) =>
    withRecorder(() =>
      inRunScope({ limits: command.limits, wantsCgroup: true, engine: null, signal }, (scope) =>
        run(command, scope, signal),
      ),
    );
}
