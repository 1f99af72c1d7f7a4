import type { BackendId, Guarantee } from '../../model/observation.ts';
import type { Backend, Limits, SandboxResult } from '../backend.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { OFFLINE_WORLD } from '../world.ts';
import type { Bait } from './bait.ts';
import { check, checksIn, type Check } from './checks.ts';

/** What an attack works with. */
export interface Attack {
  readonly backend: Backend;
  readonly bait: Bait;
  readonly signal: AbortSignal;
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
  const stdin = {
    ...bait.description,
    openFiles: DEFAULT_LIMITS.openFiles,
    ownKernel: backend.id === 'gvisor',
    ownProcesses: backend.offers.processes !== 'absent',
    mapsPaths: !SHOWS_OWN_PATHS.has(backend.id),
    ...told,
  };
  const restore = setEnvironment({
    SBX_PROOF_TOKEN: bait.description.token,
    LD_PRELOAD: `/nonexistent/${bait.description.token}.so`,
  });
  try {
    const result = await backend.run(
      {
        command: ['python3', '-I', '-S', '/target/main.py', mode],
        workingDirectory: '/target',
        environment: { SBX_INSIDE: '1' },
        mounts: [{ source: bait.probeFolder, target: '/target' }],
        copies: [],
        limits: { ...DEFAULT_LIMITS, wallMs: 30_000, ...limits },
        world: OFFLINE_WORLD,
        stdin: Buffer.from(JSON.stringify(stdin)),
        image: null,
        trace: false,
      },
      signal,
    );
    return { result, ...said(result) };
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

function said({ stdout }: SandboxResult): Omit<ProbeRun, 'result'> {
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
  if (answers !== null) return checksIn(answers);
  const isEnded =
    result.signal !== null ||
    result.limitsHit.includes(guarantee) ||
    (backend.id === 'gvisor' && result.exit === OWN_KERNEL_DIED);
  // At the wall limit nothing else has stopped it.
  const isStuck = result.limitsHit.includes('wall-time');
  if (hasBegun && isEnded) return [check(guarantee, name, !isStuck, 'only the wall-time limit ended it')];
  return [{ guarantee, name, outcome: 'untried', note: `the probe ended with ${result.exit ?? 'a limit'}` }];
}
