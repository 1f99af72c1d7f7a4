import type { Backend } from '../backend.ts';
import { findProgram } from '../backends/runtimes.ts';
import type { Decoy } from '../decoys/decoys.ts';
import { decoyFiles } from '../recorder/inotify/decoy-reads.ts';
import { noWitness, startDecoyWitness, type DecoyWitness } from '../recorder/inotify/decoy-witness.ts';

/**
 * Starts whoever sees reads of decoys from outside, or says why nobody does.
 * @param home the host's folder that the sandbox's home folder is a copy of; a folder beside it is made
 */
export async function startSecondWitness(
  backend: Backend,
  home: string,
  decoys: readonly Decoy[],
): Promise<DecoyWitness> {
  if (backend.unwatchable !== undefined) return noWitness(backend.unwatchable);
  const python = process.platform === 'linux' ? await findProgram('python3') : null;
  if (python === null) return noWitness('that takes Linux and python3');
  return startDecoyWitness(python, `${home}.witness`, home, decoyFiles(decoys));
}

/** Runs something that a witness sees, which ends when that fails. */
export async function seenBy<Result>(witness: DecoyWitness, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    await witness.end([]);
    throw error;
  }
}
