import { basename, join } from 'node:path';
import { SbxError } from '../errors.ts';
import type { BackendId } from '../model/observation.ts';
import { openTarget } from '../target/open.ts';
import type { Target } from '../model/target.ts';
import type { Backend, Limits, SandboxResult } from './backend.ts';
import { preparedMounts, preparedPath, preparedVariables, siteFolders } from './prepared-inside.ts';
import type { PreparedEnvironment } from './setup/prepared.ts';
import { privateFolder, stageFiles } from './staging.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { OFFLINE_WORLD, type World } from './world.ts';
import { selectBackend } from './select.ts';
import { rm } from 'node:fs/promises';

/** One command to run beside a target. */
export interface CommandRequest {
  /** As the user wrote it. */
  readonly target: string;
  readonly words: readonly string[];
  readonly backend: BackendId | 'auto';
  readonly limits: Partial<Limits>;
  /** An interpreter of the host's to put first, or null. */
  readonly python: string | null;
  readonly image: string | null;
  /** True: record system calls where the machine can. */
  readonly trace: boolean;
  readonly network: World['network'];
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
}

/** What came of it. */
export interface CommandOutcome {
  readonly backend: BackendId;
  readonly result: SandboxResult;
  /** What is to be said of the sandbox itself, or null. */
  readonly notice: string | null;
}

/**
 * Runs a command in the sandbox with the target's files at `/target`, read-only, and that as its working folder. A single file is
 * there under its own name; an archive is unpacked.
 * @throws SbxError of kind `target`, `sandbox` or `interrupted`
 */
export async function runCommand(request: CommandRequest): Promise<CommandOutcome> {
  const { signal } = request;
  request.progress(`reading ${basename(request.target)}`);
  const target = await openTarget(request.target, signal);
  request.progress('choosing a sandbox');
  const backend = await selectBackend(request.backend, [], request);
  const prepared = await preparedFor(target, request, backend);
  const sites = siteFolders(prepared);
  const folder = await privateFolder();
  try {
    const files = join(folder, 'target');
    await stageFiles(target.files, files);
    request.progress(`running in ${backend.id}`);
    const result = await backend.run(
      {
        command: request.words,
        workingDirectory: '/target',
        environment: {
          ...(sites.length === 0 ? {} : { PYTHONPATH: sites.join(':') }),
          ...preparedVariables(prepared),
        },
        path: preparedPath(prepared),
        mounts: [{ source: files, target: '/target' }, ...preparedMounts(prepared)],
        copies: [],
        limits: { ...DEFAULT_LIMITS, ...request.limits },
        world: { ...OFFLINE_WORLD, network: request.network },
        stdin: null,
        image: request.image,
        ...(prepared?.interpreter.isInImage === true ? { imagePython: prepared.interpreter.path } : {}),
        trace: request.trace,
      },
      signal,
    );
    return { backend: backend.id, result, notice: backend.reduced?.notice ?? null };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What `sbx setup` prepared for the target; null where there is no Python to be had. */
async function preparedFor(
  target: Target,
  request: CommandRequest,
  backend: Backend,
): Promise<PreparedEnvironment | null> {
  const [{ preparedEnvironment, preparedForImage }, { declaredPackages }, { requiredPython }] =
    await Promise.all([
      import('./setup/prepared.ts'),
      import('./setup/declared.ts'),
      import('./setup/required-python.ts'),
    ]);
  const { python, image, signal } = request;
  const packages = declaredPackages(target);
  if (image !== null) {
    const { askImage } = await import('./setup/image-contents.ts');
    return preparedForImage(packages, request.target, await askImage(backend, image, signal));
  }
  try {
    return await preparedEnvironment(packages, request.target, python, signal, requiredPython(target));
  } catch (error) {
    // A command may well need no Python; one that was asked for by name has to be there.
    if (python === null && error instanceof SbxError && error.kind === 'config') return null;
    throw error;
  }
}
