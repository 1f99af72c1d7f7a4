import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Limits, SandboxResult } from '../backend.ts';
import { collecting } from '../collect/collecting.ts';
import type { Written } from '../collect/written.ts';
import { takeWritten } from '../collect/written.ts';
import { makeDecoys, writeHome } from '../decoys/decoys.ts';
import type { GuestJob } from '../inside.ts';
import { guestCommand, INSIDE, isInProject } from '../inside.ts';
import { interpreterPath, preparedMounts, preparedPath, preparedVariables } from '../prepared-inside.ts';
import { BRIEF_STEPS, SHORT_STEPS, STEPS } from '../limits.ts';
import type { Laboratory } from '../laboratory.ts';
import type { ObservedRun } from '../observed-run.ts';
import { confined, DECLARED_VALUE } from '../permissions.ts';
import type { PlannedRun } from '../plan/run.ts';
import { isProbe } from '../plan/run.ts';
import { writeSamples } from '../plan/samples.ts';
import { readConversation } from '../recorder/conversation.ts';
import { ASIDE } from '../recorder/phase-mark.ts';
import { readRecords } from '../recorder/records.ts';
import { readShellCommand } from '../recorder/shell-trace.ts';
import { withNames } from '../sinkhole/traffic-events.ts';
import { runStarting } from './start-again.ts';
import type { World } from '../world.ts';
import { USUAL_WORLD } from '../world.ts';
import { lastWords, withAnswer, withoutSecrets } from './answers.ts';
import { withExcerpts } from './handed-out.ts';
import { runOf } from './run-of.ts';
import { seenBy, startSecondWitness } from './second-witness.ts';

/** In which world a run takes place, and how much of it is wanted. */
interface Setting {
  readonly world: World;
  /** `short`: a life of few steps, for what is compared with a longer one. */
  readonly depth: 'full' | 'short';
  /** How much of the time is for importing alone, in milliseconds; absent: none, it is a part of the rest. */
  readonly importMs?: number;
}

const USUAL_SETTING: Setting = { world: USUAL_WORLD, depth: 'full' };

/**
 * Runs one thing in the sandbox with fresh decoys and makes sense of what was seen.
 * @param setting the usual world by default; a world has a sinkhole only where the backend has one
 * @throws SbxError of kind `sandbox` when the sandbox itself could not be set up; the signal's reason when it was aborted
 */
export async function observe(
  planned: PlannedRun,
  unit: string,
  limits: Limits,
  laboratory: Laboratory,
  signal: AbortSignal,
  { world, depth, importMs = 0 }: Setting = USUAL_SETTING,
): Promise<ObservedRun> {
  const { backend, prepared, image, patterns, permissions } = laboratory;
  const decoySet = makeDecoys();
  const home = join(laboratory.scratch, `home-${randomBytes(4).toString('hex')}`);
  await mkdir(home, { mode: 0o755 });
  writeHome(decoySet, home);
  await writeSamples(home);
  const nonce = `sbx-${randomBytes(12).toString('hex')}:`;
  const budgetMs = Math.round((limits.wallMs - importMs) * 0.8);
  const isCopied = isInProject(planned, laboratory.targetBytes, permissions);
  const job: GuestJob = {
    nonce,
    steps: depth === 'full' ? STEPS : SHORT_STEPS,
    briefSteps: BRIEF_STEPS,
    environments: planned.environments ?? [],
    isLimitedToNamed: laboratory.isLimitedToNamed,
    budgetMs,
    importMs,
    isTimeGiven: laboratory.isTimeGiven,
    depth,
    startsAtMs: world.clock?.startsAtMs ?? null,
    skipsWaiting: world.waits === 'skipped',
    decoys: decoySet.decoys,
  };
  const asked = guestCommand(planned, prepared, job, isCopied ? INSIDE.project : INSIDE.target);
  const isReduced = backend.reduced !== undefined;
  const {
    guest,
    nonce: ownNonce,
    folders,
    limits: ownLimits,
  } = collecting(
    isReduced
      ? asked
      : { ...asked, command: confined(asked.command, permissions, interpreterPath(prepared)) },
    limits,
    isReduced ? null : interpreterPath(prepared),
    image === null,
    { startsAside: planned.program === 'session' },
  );
  const { decoys } = decoySet;
  const witness = await startSecondWitness(backend, home, decoys);
  const ended = await seenBy(witness, () =>
    runStarting(
      backend,
      {
        command: guest.command,
        workingDirectory: workingDirectory(planned, isCopied),
        environment: {
          HOME: INSIDE.home,
          PYTHONDONTWRITEBYTECODE: '1',
          // A pool of threads per core would use up the limit on processes on a large machine.
          OPENBLAS_NUM_THREADS: '1',
          OMP_NUM_THREADS: '1',
          // Reading its own files is no news; the recorders leave that out.
          SBX_TARGET: INSIDE.target,
          ...Object.fromEntries(permissions.variables.map((name) => [name, DECLARED_VALUE])),
          ...decoySet.environment,
          ...(world.waits === 'skipped' ? { SBX_QUICK: `${INSIDE.guest}/quick` } : {}),
          ...preparedVariables(prepared),
          ...guest.environment,
        },
        path: preparedPath(prepared),
        mounts: [
          { source: laboratory.targetFolder, target: INSIDE.target },
          { source: laboratory.guestFolder, target: INSIDE.guest },
          ...preparedMounts(prepared),
          ...witness.mounts,
        ],
        copies: [
          { source: home, target: INSIDE.home, ...(witness.gate === null ? {} : { gate: witness.gate }) },
          ...(isCopied
            ? [
                {
                  source: laboratory.targetFolder,
                  target: INSIDE.project,
                  enter: (planned.folder ?? folderOf(planned.path)) || '.',
                },
              ]
            : []),
        ],
        limits: ownLimits,
        world: backend.hasSinkhole ? world : { ...world, network: 'none' },
        stdin: Buffer.from(guest.stdin),
        image: image?.reference ?? null,
        ...(prepared?.interpreter.isInImage === true ? { imagePython: prepared.interpreter.path } : {}),
        syscalls: permissions.syscalls,
        allowedHosts: laboratory.isOnline ? permissions.hosts : [],
        trace: true,
      },
      signal,
    ),
  );
  const { written, rest } = takeWritten(text(ended.stdout), ownNonce, folders);
  const sightings = await witness.end(written.opened);
  signal.throwIfAborted();
  const result = withoutParent({ ...ended, events: withNames(ended.events, ended.traffic) }, written);
  const isShell = ['shell', 'hook', 'session'].includes(planned.program);
  const report = readRecords(rest, nonce, isShell ? readShellCommand : null);
  const conversation = planned.program === 'server' ? readConversation(rest, nonce) : null;
  const answered =
    conversation === null
      ? report
      : withAnswer(report, planned, conversation, lastWords(text(ended.stderr), decoys));
  const excerpts = withExcerpts(answered, decoySet.decoys);
  const guestReport = { ...excerpts, events: withNames(excerpts.events, ended.traffic) };
  const interpreter = prepared?.interpreter.isInImage === true ? prepared.interpreter.prefix : null;
  const { run, witness: second } = runOf({
    planned,
    unit,
    result,
    guest: guestReport,
    conversation,
    decoys,
    patterns,
    written,
    sightings,
    interpreter,
  });
  return {
    planned,
    run: world === USUAL_WORLD ? run : { ...run, command: [`${world.name}:`, ...run.command] },
    guest: guestReport,
    result,
    written,
    conversation: conversation === null ? null : withoutSecrets(conversation, decoySet),
    world,
    witness: second,
  };
}

/** A result as if the command had run without the parent that collects. */
function withoutParent(result: SandboxResult, { isOutOfTime }: Written): SandboxResult {
  const events = result.events.filter(({ phase }) => phase !== ASIDE);
  return isOutOfTime
    ? {
        ...result,
        events,
        exit: null,
        signal: 'SIGKILL',
        limitsHit: [...new Set([...result.limitsHit, 'wall-time' as const])].sort(),
      }
    : { ...result, events };
}

/** Scripts expect to be started beside their files; an environment is imported from anywhere. */
function workingDirectory(planned: PlannedRun, isCopied: boolean): string {
  const { program, path } = planned;
  // The copy is entered when it is filled, which happens inside.
  if (isProbe(planned) || program === 'import' || isCopied) return '/tmp';
  const folder = planned.folder ?? folderOf(path);
  return folder === '' || folder === '.' ? INSIDE.target : `${INSIDE.target}/${folder}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
