import { SbxError } from '../../errors.ts';
import type { BackendId, Guarantee } from '../../model/observation.ts';
import type { Backend, Limits, Mount, SandboxResult } from '../backend.ts';
import { collecting } from '../collect/collecting.ts';
import { takeWritten, type Written } from '../collect/written.ts';
import { INSIDE, type GuestCommand } from '../inside.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { OFFLINE_WORLD } from '../world.ts';
import type { Bait } from './bait.ts';
import { catalogueOf } from './catalogue.ts';
import { check, checksIn, type Check } from './checks.ts';

/** What an attack works with. */
export interface Attack {
  readonly backend: Backend;
  readonly bait: Bait;
  readonly signal: AbortSignal;
  /**
   * How long the probe takes to begin here, in milliseconds: what limits it to little time of the clock or of a CPU leaves it as much
   * before, and again for what it starts itself. Without it, next to nothing.
   */
  readonly startMs?: number;
}

/** Backends that cannot show a file of the host at another path than its own. */
const SHOWS_OWN_PATHS: ReadonlySet<BackendId> = new Set(['firejail', 'landlock']);

/** What the probe came to. */
export interface ProbeRun {
  readonly result: SandboxResult;
  /** True when it was started at all: one that was not proves nothing. */
  readonly hasBegun: boolean;
  /** What it said at the end, by check; null when it did not get as far. */
  readonly answers: Record<string, unknown> | null;
}

/** What the probe came to, and the files that were collected of it. */
export interface CollectedRun extends ProbeRun {
  readonly written: Written;
}

/** First line of a probe that was started. */
const BEGUN = 'begun\n';

/**
 * Runs the probe inside. For that time the caller's environment holds a token and a library to be loaded first, neither of which may
 * arrive.
 * @param told what the probe is told beside the bait
 */
export async function runProbe(
  { backend, bait, signal }: Attack,
  mode: string,
  limits: Partial<Limits>,
  told: object = {},
): Promise<ProbeRun> {
  const asked = {
    command: commandFor(backend.id, mode),
    stdin: toldTo({ backend, bait }, told),
    environment: {},
  };
  const result = await runInside({ backend, bait, signal }, asked, { ...PROBE_LIMITS, ...limits }, []);
  return { result, ...said(result.stdout) };
}

/** How long a probe takes that only begins and ends, in milliseconds: seconds where a machine is emulated or has much else to do. */
export async function timeToBegin(attack: Attack): Promise<number> {
  try {
    return (await runProbe(attack, 'begin', {})).result.durationMs;
  } catch (error) {
    if (error instanceof SbxError && error.kind === 'interrupted') throw error;
    // The attacks say why no run comes to pass.
    return 0;
  }
}

/** Runs the probe below the parent that collects what a run leaves behind, as every run of a target is. */
export async function runCollected(
  { backend, bait, signal }: Attack,
  mode: string,
  limits: Partial<Limits>,
  told: object,
): Promise<CollectedRun> {
  const asked = {
    command: commandFor(backend.id, mode),
    stdin: toldTo({ backend, bait }, told),
    environment: {},
  };
  const around = collecting(asked, { ...PROBE_LIMITS, ...limits }, 'python3', true);
  const shown = [{ source: bait.guestFolder, target: INSIDE.guest }];
  const result = await runInside({ backend, bait, signal }, around.guest, around.limits, shown);
  const { written, rest } = takeWritten(
    Buffer.from(result.stdout).toString('utf8'),
    around.nonce,
    around.folders,
  );
  return { result, written, ...said(Buffer.from(rest)) };
}

const PROBE_LIMITS: Limits = { ...DEFAULT_LIMITS, wallMs: 30_000 };

function commandFor(id: BackendId, mode: string): readonly string[] {
  // Without system calls and processes other things are tried.
  const program = id === 'wasm' ? 'webassembly.py' : 'main.py';
  return ['python3', '-I', '-S', `/target/${program}`, mode];
}

/** What a probe reads from its standard input. */
function toldTo({ backend, bait }: Pick<Attack, 'backend' | 'bait'>, told: object): string {
  return JSON.stringify({
    ...bait.description,
    openFiles: DEFAULT_LIMITS.openFiles,
    ownKernel: backend.id === 'gvisor',
    ownProcesses: backend.offers.processes !== 'absent',
    mapsPaths: !SHOWS_OWN_PATHS.has(backend.id),
    ...told,
  });
}

async function runInside(
  { backend, bait, signal }: Attack,
  { command, stdin }: GuestCommand,
  limits: Limits,
  shown: readonly Mount[],
): Promise<SandboxResult> {
  const restore = setEnvironment({
    SBX_PROOF_TOKEN: bait.description.token,
    LD_PRELOAD: `/nonexistent/${bait.description.token}.so`,
  });
  try {
    return await backend.run(
      {
        command,
        workingDirectory: '/target',
        environment: { SBX_INSIDE: '1' },
        mounts: [{ source: bait.probeFolder, target: '/target' }, ...shown],
        copies: [],
        limits,
        world: OFFLINE_WORLD,
        stdin: Buffer.from(stdin),
        image: null,
        trace: false,
      },
      signal,
    );
  } finally {
    restore();
  }
}

function setEnvironment(values: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
}

/** Bytes of a probe's answer; one that is longer is none. */
const LONGEST_ANSWER = 4 * 1024 * 1024;

function said(stdout: Uint8Array): Omit<ProbeRun, 'result'> {
  const text = Buffer.from(stdout.subarray(0, LONGEST_ANSWER)).toString('utf8');
  if (!text.startsWith(BEGUN)) return { hasBegun: false, answers: null };
  try {
    const answers: unknown = JSON.parse(text.slice(BEGUN.length));
    const isObject = typeof answers === 'object' && answers !== null && !Array.isArray(answers);
    return { hasBegun: true, answers: isObject ? (answers as Record<string, unknown>) : null };
  } catch {
    return { hasBegun: true, answers: null };
  }
}

/** Exit status of gVisor's kernel when it cannot make another thread. */
const OWN_KERNEL_DIED = 2;

/**
 * The checks of an attack that a sandbox may also end: what the probe says, or, when it began and was ended by a limit or a signal, that
 * the one check held.
 */
export function checksOrEnd(
  { backend }: Attack,
  { result, hasBegun, answers }: ProbeRun,
  guarantee: Guarantee,
  name: string,
): Check[] {
  if (answers !== null) return checksIn(answers, catalogueOf(backend.id));
  const isEnded =
    result.signal !== null ||
    result.limitsHit.includes(guarantee) ||
    (backend.id === 'gvisor' && result.exit === OWN_KERNEL_DIED);
  // At the wall limit nothing else has stopped it.
  const isStuck = result.limitsHit.includes('wall-time');
  if (hasBegun && isEnded) return [check(guarantee, name, !isStuck, 'only the wall-time limit ended it')];
  return [{ guarantee, name, outcome: 'untried', note: `the probe ended with ${result.exit ?? 'a limit'}` }];
}
