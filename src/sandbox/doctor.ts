import type { BackendId, Guarantees } from '../model/observation.ts';
import { versionOf } from './backends/availability.ts';
import { loadBackends } from './backends/registry.ts';
import { findTool } from './backends/runtimes.ts';
import { prove } from './proof/proof.ts';
import { lastProof, sameForAll } from './proof/store.ts';

/** A backend as `sbx doctor` reports it. */
interface BackendReport {
  readonly id: BackendId;
  readonly available: boolean;
  readonly version: string | null;
  readonly reason: string;
  readonly guarantees: Guarantees;
}

/** A program that sbx asks when it is there. */
interface ToolReport {
  readonly id: string;
  readonly available: boolean;
  readonly version: string | null;
  readonly reason: string;
}

/** The answer of `sbx doctor --format json`, schema `sbx.doctor/1`. */
export interface DoctorReport {
  readonly schema: 'sbx.doctor/1';
  readonly backends: readonly BackendReport[];
  readonly tools: readonly ToolReport[];
}

/** The tools, what each is for, and how to get it. */
const TOOLS: readonly {
  readonly id: string;
  readonly install: string;
  readonly version?: readonly string[];
  /** What it falls short of although it is there. */
  readonly note?: string;
}[] = [
  { id: 'docker', install: 'sandbox backend: apt-get install docker.io' },
  {
    id: 'runsc',
    install: 'gVisor backend: apt-get install runsc, and add it to the runtimes in daemon.json',
    note: 'through docker its system calls are not recorded; they are where runsc runs without docker',
  },
  { id: 'bwrap', install: 'sandbox backend: apt-get install bubblewrap' },
  { id: 'firejail', install: 'sandbox backend: apt-get install firejail' },
  { id: 'strace', install: 'records system calls: apt-get install strace', version: ['-V'] },
  {
    id: 'osv-scanner',
    install: 'more advisories: go install github.com/google/osv-scanner/v2/cmd/osv-scanner@v2.5.1',
  },
  { id: 'pip-audit', install: 'more advisories: pipx install pip-audit' },
  { id: 'uv', install: 'faster `sbx setup`: pipx install uv' },
  { id: 'python3', install: 'the native backend and Python targets: apt-get install python3' },
  { id: 'node', install: 'JavaScript targets: https://nodejs.org' },
];

/** How long a tool may take to say its version, in milliseconds; some are Python programs with much to import. */
const TOOL_MS = 10_000;

/**
 * Looks at every backend and tool.
 * @param proving attack the available backends anew; else the last proofs of this machine are shown
 * @param only attack this one alone, or null for all
 * @param fail told a line for everything that an attack broke
 */
export async function examine(options: {
  readonly proving: boolean;
  readonly only: BackendId | null;
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
  readonly fail: (line: string) => void;
}): Promise<DoctorReport> {
  const backends: BackendReport[] = [];
  for (const backend of await loadBackends()) {
    options.progress(`looking for ${backend.id}`);
    const availability = await backend.probe();
    backends.push({ id: backend.id, ...availability, guarantees: await guaranteesOf(backend, options) });
  }
  options.progress('looking for tools');
  return { schema: 'sbx.doctor/1', backends, tools: await Promise.all(TOOLS.map(examineTool)) };
}

async function guaranteesOf(
  backend: Awaited<ReturnType<typeof loadBackends>>[number],
  options: Parameters<typeof examine>[0],
): Promise<Guarantees> {
  if (!(await backend.probe()).available) return sameForAll('absent');
  const isAttacked = options.proving && (options.only === null || options.only === backend.id);
  if (!isAttacked) return lastProof(backend.id);
  const { guarantees, failures } = await prove(backend, options.signal, options.progress);
  for (const failure of failures) options.fail(`${backend.id}: ${failure}`);
  return guarantees;
}

async function examineTool({ id, install, version, note = '' }: (typeof TOOLS)[number]): Promise<ToolReport> {
  const path = await findTool(id);
  if (path === null) return { id, available: false, version: null, reason: install };
  const found = await versionOf(path, version ?? ['--version'], TOOL_MS);
  return {
    id,
    available: true,
    version: found,
    reason: found === null ? 'it does not say its version' : note,
  };
}
