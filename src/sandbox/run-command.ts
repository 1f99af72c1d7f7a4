import { basename, join } from 'node:path';
import { SbxError } from '../errors.ts';
import type { BackendId } from '../model/observation.ts';
import { openTarget } from '../target/open.ts';
import type { Limits, Mount, SandboxResult } from './backend.ts';
import { privateFolder, stageFiles } from './staging.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { USUAL_WORLD, type World } from './world.ts';
import { selectBackend } from './select.ts';
import { rm } from 'node:fs/promises';

const SITE = '/opt/sbx/site';
const PYTHON = '/opt/sbx/interpreter';

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
  const python = request.image === null ? await pythonFor(request) : { mounts: [], environment: {} };
  const folder = await privateFolder();
  try {
    const files = join(folder, 'target');
    await stageFiles(target.files, files);
    request.progress(`running in ${backend.id}`);
    const result = await backend.run(
      {
        command: request.words,
        workingDirectory: '/target',
        environment: python.environment,
        mounts: [{ source: files, target: '/target' }, ...python.mounts],
        copies: [],
        limits: { ...DEFAULT_LIMITS, ...request.limits },
        world: { ...USUAL_WORLD, network: request.network },
        stdin: null,
        image: request.image,
        trace: request.trace,
      },
      signal,
    );
    return { backend: backend.id, result };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The packages that `sbx setup` prepared, and an interpreter that lies outside what every sandbox shows. */
async function pythonFor(
  request: CommandRequest,
): Promise<{ mounts: readonly Mount[]; environment: Record<string, string> }> {
  const { preparedEnvironment } = await import('./setup/prepared.ts');
  try {
    const { interpreter, sites } = await preparedEnvironment(
      [],
      request.target,
      request.python,
      request.signal,
    );
    const mounts: Mount[] = sites.map((source, index) => ({ source, target: `${SITE}-${index}` }));
    const environment: Record<string, string> = {};
    if (sites.length > 0) environment['PYTHONPATH'] = mounts.map((mount) => mount.target).join(':');
    if (!interpreter.prefix.startsWith('/usr')) {
      mounts.push({ source: interpreter.prefix, target: PYTHON });
      environment['PATH'] = `${PYTHON}/bin:/usr/local/bin:/usr/bin:/bin`;
    }
    return { mounts, environment };
  } catch (error) {
    // A command may well need no Python; one that was asked for by name has to be there.
    if (request.python === null && error instanceof SbxError && error.kind === 'config') {
      return { mounts: [], environment: {} };
    }
    throw error;
  }
}
