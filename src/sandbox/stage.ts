import { rm } from 'node:fs/promises';
import { oneLine, SbxError } from '../errors.ts';
import type { Observations } from '../model/observation.ts';
import type { Outcome, StageStatus, ToolUse } from '../model/outcome.ts';
import type { Stage, StageContext } from '../model/stage.ts';
import type { Target } from '../model/target.ts';
import type { Backend } from './backend.ts';
import { findingsOf, worldFindings } from './findings/findings.ts';
import { networkNotes } from './gaps/network.ts';
import { unenforcedCpus } from './backends/cpus.ts';
import { limitsOf } from './limits.ts';
import { unenforced } from './permissions.ts';
import { installRuns } from './plan/python-install.ts';
import { namedEnvironments } from './plan/named-environments.ts';
import { planUnit, scriptLines } from './plan/plan.ts';
import { lastProof, sameForAll } from './proof/store.ts';
import { witnessNotes, witnessTools } from './recorder/inotify/witness-notes.ts';
import { evidenceOf } from './run-evidence.ts';
import { runsOf } from './run-phases.ts';
import { selectBackend } from './select.ts';
import type { PreparedEnvironment } from './setup/prepared.ts';
import { privateFolder } from './staging.ts';
import { type Laboratory, layOut, setUpLaboratory } from './laboratory.ts';
import type { UnitResult } from './run-unit.ts';
import { runUnit } from './run-unit.ts';

/** Runs what the target offers in a sandbox, with decoys and without a network, and says what it did. */
export const sandboxStage: Stage = { id: 'sandbox', run };

async function run(target: Target, context: StageContext): Promise<Outcome> {
  const started = performance.now();
  const outcome = (status: StageStatus, reason: string, rest: Partial<Outcome> = {}): Outcome => ({
    id: 'sandbox',
    status,
    reason,
    durationMs: Math.round(performance.now() - started),
    tools: [],
    findings: [],
    evidence: [],
    gaps: [],
    ...rest,
  });
  if (context.backend === 'none')
    return outcome('skipped', 'left out by --backend none', { observations: NOTHING });
  const lines = await scriptLines(target);
  const plans = target.units.map((unit) => ({
    unit,
    plan: planUnit(unit, target, namedEnvironments(unit, target, context), lines),
  }));
  const isEmpty = ({ unit, plan }: (typeof plans)[number]): boolean =>
    plan.runs.length === 0 && plan.leftOut.length === 0 && installRuns(unit, target, true).length === 0;
  if (plans.every(isEmpty))
    return outcome('not-applicable', 'nothing in it can be run', { observations: NOTHING });

  const scratch = await privateFolder();
  // Beside each other: choosing waits for a first run of the backend, laying out for the disk.
  const choosing = selectBackend(context.backend, context.policy.guarantees, context);
  const laying = layOut(target, scratch);
  await Promise.allSettled([choosing, laying]);
  try {
    let backend: Backend;
    try {
      backend = await choosing;
    } catch (error) {
      context.signal.throwIfAborted();
      const reason = oneLine(error);
      return outcome('failed', reason, { gaps: [{ unit: null, reason }], observations: NOTHING });
    }
    let laboratory: Laboratory;
    try {
      laboratory = await setUpLaboratory(target, context, backend, await laying);
    } catch (error) {
      context.signal.throwIfAborted();
      // An image that is not here, or has no shell, cannot be asked what it has.
      if (!(error instanceof SbxError) || error.kind !== 'sandbox') throw error;
      const reason = oneLine(error);
      return outcome('failed', reason, { gaps: [{ unit: null, reason }], observations: NOTHING });
    }
    const units: UnitResult[] = [];
    for (const { unit, plan } of plans) {
      units.push(await runUnit(unit, plan, target, laboratory, context));
    }
    const cpus = unenforcedCpus(limitsOf(context.manifest?.manifest ?? null), backend.id);
    const notEnforced = [
      ...(await unenforced(laboratory.permissions, backend.id)),
      ...(cpus === null ? [] : [cpus]),
    ];
    const gaps = [
      ...(backend.reduced === undefined ? [] : [{ unit: null, reason: backend.reduced.notice }]),
      ...units.flatMap((unit) => unit.gaps),
      ...notEnforced.map((reason) => ({ unit: null, reason })),
    ];
    const failure = units.find(({ failure: reason }) => reason !== null)?.failure ?? null;
    const observations: Observations = {
      backend: backend.id,
      guarantees: await lastProof(backend.id),
      runs: units.flatMap(({ observed }) => observed.flatMap(runsOf)),
    };
    const status =
      failure !== null && observations.runs.length === 0 ? 'failed' : gaps.length > 0 ? 'partial' : 'done';
    const network = networkNotes(
      units.flatMap(({ observed }) => observed),
      laboratory,
    ).join('; ');
    const notes = units.flatMap(({ observed, tourCut, isFallbackCut, notes: chosen }) => [
      ...chosen,
      ...witnessNotes(observed),
      ...(isFallbackCut
        ? ['not every script that failed was tried with other arguments, for lack of time']
        : []),
      ...(tourCut === null ? [] : [`it was not run in every other world to the end, ${tourCut}`]),
      // Last: whoever speaks for a recorder must not speak before sbx does.
      ...observed.flatMap(({ guest }) => guest.notes),
    ]);
    return outcome(
      status,
      failure ?? gaps[0]?.reason ?? [network, ...notes].find((note) => note !== '') ?? '',
      {
        tools: [...toolsOf(laboratory.prepared), ...witnessTools(units.flatMap(({ observed }) => observed))],
        findings: units.flatMap(({ unit, observed, second, differences }) => [
          ...findingsOf(unit, observed, target),
          ...worldFindings(unit, differences),
          ...second.findings,
        ]),
        evidence: units.flatMap(({ unit, observed, second }) => [
          ...evidenceOf(unit.path, observed),
          ...second.evidence,
        ]),
        gaps,
        observations,
      },
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
function toolsOf(prepared: PreparedEnvironment | null): readonly ToolUse[] {
  if (prepared === null) return [];
  const status = prepared.missing === null ? 'ok' : prepared.missing;
  return [{ id: 'python', version: prepared.interpreter.version, status }];
}

const NOTHING: Observations = { backend: 'none', guarantees: sameForAll('absent'), runs: [] };
