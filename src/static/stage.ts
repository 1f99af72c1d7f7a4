import type { Gap, Outcome } from '../model/outcome.ts';
import type { Stage, StageContext } from '../model/stage.ts';
import type { Opaque, Target } from '../model/target.ts';
import { knowledgeWith } from '../rules/compiled.ts';
import { compiledRulesDigest } from '../rules/digest.ts';
import type { Knowledge } from '../rules/knowledge.ts';
import type { FileResult } from './file-result.ts';
import type { FileTask } from './file-task.ts';
import { resultCacheFor } from './result-cache.ts';

function unitsByPath(target: Target): Map<string, string> {
  const units = new Map<string, string>();
  for (const unit of target.units) for (const path of unit.files) units.set(path, unit.path);
  return units;
}

/** The unit that a path lies in when no unit lists it: the deepest whose folder holds it. */
function enclosingUnit(target: Target, path: string): string | null {
  const holding = target.units
    .map((unit) => unit.path)
    .filter((folder) => folder === '.' || path === folder || path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length);
  return holding[0] ?? null;
}

function gapsOf(
  target: Target,
  opaque: readonly Opaque[],
  units: ReadonlyMap<string, string>,
): readonly Gap[] {
  return opaque
    .filter((each) => each.blocking)
    .map((each) => ({
      unit: units.get(each.path) ?? enclosingUnit(target, each.path),
      reason: `${each.path} was not analysed: ${each.reason}.`,
    }));
}

/** How many files of the target were analysed in full, with all that lies in them. */
function analysedOf(tasks: readonly FileTask[], files: readonly FileResult[]): number {
  const all = new Set(tasks.map(({ path, container }) => container ?? path));
  tasks.forEach(({ path, container }, index) => {
    if (files[index]?.isAnalysed !== true) all.delete(container ?? path);
  });
  return all.size;
}

/** Reasons that name a time: on a faster or quieter machine more may come out. */
const TIMED = /\b(?:took longer than|within) [\d.]+ s\b/;

async function run(target: Target, context: StageContext): Promise<Outcome> {
  const started = performance.now();
  const cache = context.useCache
    ? resultCacheFor(target, await compiledRulesDigest(context.ruleFolders))
    : null;
  const kept = cache?.read() ?? null;
  if (kept !== null) return { ...kept, durationMs: Math.round(performance.now() - started) };
  const knowledge = await knowledgeWith(context.ruleFolders);
  const { outcome, isLasting } = await analysed(target, context, knowledge);
  if (isLasting) cache?.write(outcome);
  return { ...outcome, durationMs: Math.round(performance.now() - started) };
}

async function analysed(
  target: Target,
  context: StageContext,
  knowledge: Knowledge,
): Promise<{ readonly outcome: Outcome; readonly isLasting: boolean }> {
  const [{ analyse }, { expandLayers }] = await Promise.all([
    import('./engine.ts'),
    import('./layers/expand.ts'),
  ]);
  const units = unitsByPath(target);
  const plain: FileTask[] = target.files.flatMap(({ path, content }) =>
    content === null ? [] : [{ path, content, unit: units.get(path) ?? enclosingUnit(target, path) ?? '.' }],
  );
  const tasks = await expandLayers(plain, context.signal);
  for (const { path, unit } of tasks) units.set(path, unit);
  const { findings, evidence, files } = await analyse(
    tasks,
    knowledge,
    context.signal,
    context.progress,
    { secondsPerFile: context.secondsPerFile },
    new Map(target.units.map(({ path, kind }) => [path, kind])),
  );
  const opaque = [
    ...target.opaque,
    ...files.flatMap((file) => (file.opaque === null ? [] : [{ path: file.path, ...file.opaque }])),
  ].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const gaps = gapsOf(target, opaque, units);
  const isEmpty = target.files.length === 0 && target.opaque.length === 0;
  const outcome: Outcome = {
    id: 'static',
    status: isEmpty ? 'not-applicable' : gaps.length > 0 ? 'partial' : 'done',
    reason: isEmpty
      ? 'There is no file to analyse.'
      : gaps.length === 0
        ? ''
        : gaps.length === 1
          ? (gaps[0]?.reason ?? '')
          : `${gaps.length} files were not analysed in full.`,
    durationMs: 0,
    tools: [],
    findings,
    evidence,
    gaps,
    coverage: {
      files: target.files.length,
      bytes: target.files.reduce((sum, file) => sum + file.size, 0),
      analysed: analysedOf(tasks, files),
      opaque,
    },
  };
  const isLasting = !files.some((file) => file.isCutShort === true || TIMED.test(file.opaque?.reason ?? ''));
  return { outcome, isLasting };
}

/** Looks at every file of the target without running any of it. */
export const staticStage: Stage = { id: 'static', run };
