import { capabilityMatrix } from './judge/matrix.ts';
import { brokenAssurancesOf } from './judge/assured.ts';
import { contradictionsOf, denialsOf } from './judge/contradictions.ts';
import { corroborated } from './judge/corroborate.ts';
import { misdescribedOf } from './judge/described.ts';
import { imitatedNamesOf } from './judge/imitated-name.ts';
import { judgeTarget, judgeUnit } from './judge/judge.ts';
import { messageOf, SbxError } from './errors.ts';
import { describerOf } from './manifest/description.ts';
import type { Suppress } from './judge/suppress.ts';
import type { Dependencies } from './model/dependency.ts';
import type { Evidence } from './model/evidence.ts';
import type { Finding } from './model/finding.ts';
import type { Guarantees, Observations } from './model/observation.ts';
import { GUARANTEES } from './model/observation.ts';
import type { Coverage, Outcome, StageId } from './model/outcome.ts';
import type { Report } from './model/report.ts';
import type { Stage, StageContext } from './model/stage.ts';
import type { Target } from './model/target.ts';
import { packageVersion } from './package-info.ts';
import { compareFindings } from './judge/order.ts';
import { compiledRulesDigest } from './rules/digest.ts';

/** The stages, loaded when a command asks for them: `scan` never pays for the sandbox. */
const STAGES: Readonly<Record<StageId, () => Promise<Stage>>> = {
  manifest: async () => (await import('./manifest/stage.ts')).manifestStage,
  static: async () => (await import('./static/stage.ts')).staticStage,
  deps: async () => (await import('./deps/stage.ts')).depsStage,
  sandbox: async () => (await import('./sandbox/stage.ts')).sandboxStage,
};

/**
 * The whole way from an opened target to a report: each stage in turn, the matrix, the verdict. One direction, no way back.
 * @param stageIds which stages to run, in order
 * @param suppress marks what the operator decided about; null: nothing
 * @throws SbxError of kind `config` for what the operator passed, `interrupted` when the signal fires; nothing for the target's sake
 */
export async function judge(
  target: Target,
  stageIds: readonly StageId[],
  context: Omit<StageContext, 'earlier'>,
  suppress: Suppress | null = null,
): Promise<Report> {
  const startedAt = new Date();
  const started = performance.now();
  const outcomes: Outcome[] = [];
  for (const id of stageIds) {
    context.signal.throwIfAborted();
    outcomes.push(await runStage(id, target, { ...context, earlier: outcomes }));
  }
  const evidence = outcomes.flatMap((outcome) => outcome.evidence);
  // Not asked of the target when a kept result has them: it would look into every file.
  const parts = outcomes.find(({ units }) => units !== undefined)?.units ?? target.units;
  const declaring = new Set(outcomes.flatMap((outcome) => outcome.declaring ?? []));
  const describe = describerOf(target.files, parts);
  const staged = outcomes.flatMap((outcome) => outcome.findings);
  const found = corroborated([
    ...staged,
    ...brokenAssurancesOf(staged, parts, (unit) => describe(unit).assurances),
    ...contradictionsOf(evidence, declaring, context.manifest !== null),
    ...misdescribedOf(evidence, parts, describe),
    ...imitatedNamesOf(parts),
    ...denialsOf(evidence, context.policy),
  ]);
  const all = [...found].sort(compareFindings);
  const findings = suppress === null ? all : suppress(all);
  const units = parts.map((unit) => ({
    path: unit.path,
    kind: unit.kind,
    name: unit.name,
    verdict: judgeUnit(unit, { target, outcomes, findings, policy: context.policy }),
  }));
  return {
    schema: 'sbx.report/1',
    tool: {
      name: 'sbx',
      version: packageVersion(),
      rulesDigest: await compiledRulesDigest(context.ruleFolders),
    },
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - started),
    target: { path: target.path, digest: target.digest, kind: target.kind },
    units,
    verdict: judgeTarget(units),
    stages: outcomes.map(({ id, status, reason, durationMs, tools }) => ({
      id,
      status,
      reason,
      durationMs,
      tools,
    })),
    findings,
    capabilities: capabilityMatrix(evidence, declaring),
    dependencies:
      outcomes.find(({ dependencies }) => dependencies !== undefined)?.dependencies ?? NO_DEPENDENCIES,
    observations:
      outcomes.find(({ observations }) => observations !== undefined)?.observations ?? NO_OBSERVATIONS,
    coverage: outcomes.find(({ coverage }) => coverage !== undefined)?.coverage ?? unanalysed(target),
  };
}

async function runStage(id: StageId, target: Target, context: StageContext): Promise<Outcome> {
  const started = performance.now();
  context.progress(PROGRESS[id]);
  try {
    const stage = await STAGES[id]();
    return await stage.run(target, context);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof SbxError && (error.kind === 'config' || error.kind === 'usage')) throw error;
    const help = error instanceof SbxError && error.help !== null ? ` ${error.help}` : '';
    const reason = `${messageOf(error)}.${help}`.replace(/\.\./, '.');
    const evidence: readonly Evidence[] = [];
    const findings: readonly Finding[] = [];
    const gaps = [{ unit: null, reason: `the ${id} stage failed: ${reason}` }];
    const durationMs = Math.round(performance.now() - started);
    return { id, status: 'failed', reason, durationMs, tools: [], findings, evidence, gaps };
  }
}

const PROGRESS: Readonly<Record<StageId, string>> = {
  manifest: 'reading what it declares',
  static: 'analysing its code and text',
  deps: 'auditing its dependencies',
  sandbox: 'running it in a sandbox',
};

const NO_DEPENDENCIES: Dependencies = {
  packages: [],
  advisories: [],
  coverage: {
    declared: 0,
    matched: 0,
    unpinned: 0,
    unreadable: [],
    database: { date: '', records: 0 },
    tools: [],
  },
};

const NO_OBSERVATIONS: Observations = {
  backend: 'none',
  guarantees: Object.fromEntries(GUARANTEES.map((name) => [name, 'absent'])) as Guarantees,
  runs: [],
};

function unanalysed(target: Target): Coverage {
  const bytes = target.files.reduce((sum, { size }) => sum + size, 0);
  return { files: target.files.length, bytes, analysed: 0, opaque: target.opaque };
}
