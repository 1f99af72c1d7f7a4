import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { UnitKind } from '../model/target.ts';
import type { Knowledge } from '../rules/knowledge.ts';
import { useLinearEngineFor } from '../rules/rule-regex.ts';
import { prepareRules, type ReadyRule, type RuleSet } from '../rules/rule-set.ts';
import { notAnalysed, type FileResult, type UnitHit } from './file-result.ts';
import type { FileTask } from './file-task.ts';
import { type Analyst, DEFAULT_LIMITS, type WorkLimits } from './analyst.ts';
import { type Bundle, bundlesOf } from './bundles.ts';
import { withSources } from './compiled-sources.ts';
import { loadEarly } from './frontends/early.ts';
import { mergedResult, secondLook } from './linking.ts';
import { findingsOf, type Hit } from './finding.ts';
import { Here } from './here.ts';
import { TestsInUse } from './tests-in-use.ts';
import { oncePerLibrary, withoutOwnGlobals } from './unmodelled.ts';

/** Source above this many bytes is worth starting workers for, and so much of it needs their deadline. */
const PARALLEL_BYTES = 300 * 1024;

/** What analysis of a set of files gives. */
export interface Analysis {
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  /** In the order of the tasks. */
  readonly files: readonly FileResult[];
}

/** Rules within a unit: every member somewhere in the unit, no negated one anywhere. The finding stands at the first member's places. */
function hitsWithinUnits(rules: readonly ReadyRule[], files: readonly FileResult[]): readonly Hit[] {
  const byUnit = new Map<string, UnitHit[]>();
  for (const file of files) {
    for (const unitHit of file.unitHits) {
      const key = `${unitHit.rule} ${file.unit}`;
      const list = byUnit.get(key);
      if (list === undefined) byUnit.set(key, [unitHit]);
      else list.push(unitHit);
    }
  }
  const hits: Hit[] = [];
  for (const unitHits of byUnit.values()) {
    const ready = rules.find((candidate) => candidate.index === unitHits[0]?.rule);
    if (ready === undefined || ready.members === null) continue;
    const firsts = ready.members.map((_member, index) =>
      unitHits.filter(({ member }) => member === index).map(({ hit }) => hit),
    );
    const holds = ready.members.every(
      (member, index) => (firsts[index]?.length ?? 0) > 0 !== member.isNegated,
    );
    if (!holds) continue;
    const anchor = ready.members.findIndex((member) => !member.isNegated);
    const others = ready.members.flatMap((member, index) =>
      member.isNegated || index === anchor ? [] : (firsts[index] ?? []).slice(0, 1),
    );
    for (const hit of firsts[anchor] ?? []) hits.push(withOthers(hit, others));
  }
  return hits;
}

function withOthers(hit: Hit, others: readonly Hit[]): Hit {
  const known = (key: keyof Hit['fields']): string =>
    [hit, ...others].map(({ fields }) => fields[key]).find((text) => text !== '') ?? '';
  return {
    ...hit,
    fields: {
      ...hit.fields,
      detail: known('detail'),
      name: known('name'),
      source: known('source'),
      sink: known('sink'),
      guard: known('guard'),
    },
    trace: [
      ...hit.trace,
      ...others.flatMap((other) =>
        other.trace.length > 0
          ? other.trace
          : [
              {
                path: other.file,
                line: other.location.startLine,
                message: `together with ${other.fields.name || other.fields.text}`,
              },
            ],
      ),
    ],
  };
}

function evidenceOrder(a: Evidence, b: Evidence): number {
  const place = (each: Evidence): string =>
    `${each.unit}\0${each.capability}\0${each.detail}\0${each.location?.path ?? ''}\0${String(each.location?.startLine ?? 0).padStart(8, '0')}\0${each.source}`;
  const x = place(a);
  const y = place(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Workers run the compiled program; run from sources there is none. */
const CAN_START_WORKERS = import.meta.url.endsWith('.js');

function isWorthWorkers(bundles: readonly Bundle[]): boolean {
  return CAN_START_WORKERS && bundles.reduce((sum, { bytes }) => sum + bytes, 0) > PARALLEL_BYTES;
}

/** Results by path; those of a file that was looked at several times as one. */
function byPath(results: readonly FileResult[], known: Map<string, FileResult>): Map<string, FileResult> {
  for (const result of results) {
    const before = known.get(result.path);
    known.set(result.path, before === undefined ? result : mergedResult(before, result));
  }
  return known;
}

/** One note a unit says which of its files the second look left out. */
function sayLeftOut(paths: readonly string[], results: Map<string, FileResult>): void {
  const byUnit = new Map<string, FileResult[]>();
  for (const path of paths) {
    const result = results.get(path);
    if (result !== undefined) byUnit.set(result.unit, [...(byUnit.get(result.unit) ?? []), result]);
  }
  for (const left of byUnit.values()) {
    const first = left.find(({ opaque }) => opaque === null);
    if (first === undefined) continue;
    const others = left.length === 1 ? '' : ` (and of ${left.length - 1} more files)`;
    const reason = `what flows between it${others} and files in other folders was not followed`;
    results.set(first.path, { ...first, opaque: { reason, blocking: false } });
  }
}

/**
 * Analyses files with all rules, in this process or in workers, whichever is faster: first in bundles, then again those that files of
 * other bundles have a say in, together with them. Never throws for anything the files hold.
 * @param kinds what each unit is, for rules that are about some kinds only; a unit that is not in it may be of any kind
 * @param signal aborted: workers are ended and what is missing is reported as not analysed
 */
export async function analyse(
  found: readonly FileTask[],
  knowledge: Knowledge,
  signal: AbortSignal,
  progress: (message: string) => void,
  limits: WorkLimits = DEFAULT_LIMITS,
  kinds: ReadonlyMap<string, UnitKind> = new Map(),
): Promise<Analysis> {
  const tasks = withSources(found);
  const bundles = bundlesOf(tasks);
  const isParallel = isWorthWorkers(bundles);
  if (!isParallel) loadEarly(tasks);
  await useLinearEngineFor(knowledge.operatorPatterns);
  let prepared: RuleSet | undefined;
  const ready = (): RuleSet => (prepared ??= prepareRules(knowledge));
  const startPool = async (isHelped: boolean): Promise<Analyst> =>
    (await import('./worker-pool.ts')).startPool({
      knowledge,
      rules: ready,
      signal,
      progress,
      limits,
      isHelped,
    });
  const analyst = isParallel
    ? await startPool(true)
    : new Here(ready, signal, limits, CAN_START_WORKERS ? () => startPool(false) : null);
  let results: Map<string, FileResult>;
  try {
    results = byPath(await analyst.analyse(bundles), new Map());
    const again = secondLook(bundles, results, knowledge);
    if (again.bundles.length > 0) byPath(await analyst.analyse(again.bundles), results);
    sayLeftOut(again.leftOut, results);
  } finally {
    analyst.end();
  }
  const files = tasks.map((task) => results.get(task.path) ?? notAnalysed(task, 'its worker ended early'));
  const unitOfPath = new Map(tasks.map((task) => [task.path, task.unit]));
  const hits = [...files.flatMap((file) => file.hits), ...hitsWithinUnits(ready().rules, files)];
  const unitOf = (path: string): string => unitOfPath.get(path) ?? '.';
  const paths = tasks.map(({ path }) => path);
  const tests = new TestsInUse(files);
  return {
    findings: findingsOf(
      knowledge.rules,
      withoutOwnGlobals(knowledge.rules, oncePerLibrary(knowledge.rules, hits, paths, unitOf), paths),
      unitOf,
      kinds,
      tests,
    ),
    evidence: files
      .flatMap((file) => file.evidence)
      .map((item) => tests.weighed(item))
      .sort(evidenceOrder),
    files,
  };
}
