import { SbxError } from '../../errors.ts';
import type { Backend, SandboxCommand, SandboxResult } from '../backend.ts';

/**
 * Runs a command, and once more where the sandbox could not be set up: engines share state with everything else that uses them at the
 * moment, and what fails to start in the middle of that starts the next time. Nothing of the target has run by then.
 * @throws SbxError of kind `sandbox` when it could not be set up twice, and what the backend throws otherwise
 */
export async function runStarting(
  backend: Backend,
  command: SandboxCommand,
  signal: AbortSignal,
): Promise<SandboxResult> {
  try {
    return await backend.run(command, signal);
  } catch (error) {
    if (!(error instanceof SbxError) || error.code !== 'sandbox-setup') throw error;
    return backend.run(command, signal);
  }
}
