import { SbxError } from '../../errors.ts';
import type { Backend } from '../backend.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { OFFLINE_WORLD } from '../world.ts';
import type { Interpreter } from './interpreter.ts';
import { INTERPRETER_QUESTION, isTooOld } from './interpreter.ts';

/** What an image of the operator's has to run things with. */
export interface ImageContents {
  readonly reference: string;
  /** Null: none that the sandbox's programs run with. */
  readonly python: Interpreter | null;
  /** Its version; null: no Node. */
  readonly node: string | null;
  readonly hasBash: boolean;
}

const ASK_MS = 60_000;
const ASK = `
python3 -I -c "$1" 2>/dev/null || echo null
node --version 2>/dev/null || echo null
command -v bash || echo null
`;

/**
 * Asks an image, inside the sandbox.
 * @throws SbxError of kind `sandbox` when it is not here, or has no shell
 */
export async function askImage(
  backend: Backend,
  reference: string,
  signal: AbortSignal,
): Promise<ImageContents> {
  const { stdout } = await backend.run(
    {
      command: ['/bin/sh', '-c', ASK, 'sbx-ask', INTERPRETER_QUESTION],
      workingDirectory: '/tmp',
      environment: {},
      mounts: [],
      copies: [],
      limits: { ...DEFAULT_LIMITS, wallMs: ASK_MS },
      world: OFFLINE_WORLD,
      stdin: null,
      image: reference,
      trace: false,
    },
    signal,
  );
  signal.throwIfAborted();
  const [python = 'null', node = 'null', bash = 'null'] = Buffer.from(stdout).toString('utf8').split('\n');
  return {
    reference,
    python: pythonIn(python),
    node: node === 'null' ? null : node.replace(/^v/, ''),
    hasBash: bash.startsWith('/'),
  };
}

/**
 * Asks an image through whichever of docker and podman has it.
 * @throws SbxError of kind `sandbox` when neither has, or neither is here
 */
export async function askAnyImage(reference: string, signal: AbortSignal): Promise<ImageContents> {
  const { loadBackend } = await import('../backends/registry.ts');
  let failure: unknown = null;
  for (const id of ['docker', 'podman'] as const) {
    const backend = await loadBackend(id);
    if (!(await backend.probe()).available) continue;
    try {
      return await askImage(backend, reference, signal);
    } catch (error) {
      signal.throwIfAborted();
      failure ??= error;
    }
  }
  if (failure instanceof Error) throw failure;
  throw new SbxError('sandbox', 'backend-unavailable', 'No backend with images is here', {
    help: 'Install docker or podman; `sbx doctor` lists what is here.',
  });
}

function pythonIn(answer: string): Interpreter | null {
  try {
    const found = JSON.parse(answer) as Interpreter | null;
    return found === null || isTooOld(found) ? null : { ...found, isInImage: true };
  } catch {
    // Something that calls itself python3 and is not.
    return null;
  }
}
