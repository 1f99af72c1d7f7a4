import { messageOf } from '../errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { Knowledge } from '../rules/knowledge.ts';
import { useLinearEngineFor } from '../rules/rule-regex.ts';
import { prepareRules, type ReadyRule, type RuleSet } from '../rules/rule-set.ts';
import {
  analyseFile,
  bytesOf,
  notAnalysed,
  type FileResult,
  type FileTask,
  type UnitHit,
} from './analyse-file.ts';
import { loadEarly } from './frontends/early.ts';
import { linkedTasks } from './linking.ts';
import { findingsOf, type Hit } from './finding.ts';
import { oncePerLibrary } from './unmodelled.ts';

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
function isWorthWorkers(tasks: readonly FileTask[]): boolean {
  return (
    import.meta.url.endsWith('.js') && tasks.reduce((sum, task) => sum + bytesOf(task), 0) > PARALLEL_BYTES
  );
}

async function analyseHere(
  tasks: readonly FileTask[],
  rules: RuleSet,
  signal: AbortSignal,
): Promise<readonly FileResult[]> {
  const results: FileResult[] = [];
  for (const task of tasks) {
    signal.throwIfAborted();
    try {
      results.push(await analyseFile(task, rules));
    } catch (error) {
      results.push(notAnalysed(task, `its analysis failed: ${messageOf(error)}`));
    }
  }
  return results;
}

/**
 * Analyses files with all rules, in this process or in workers, whichever is faster; those that other files have a say in a second
 * time, together with them. Never throws for anything the files hold.
 * @param signal aborted: workers are ended and what is missing is reported as not analysed
 */
export async function analyse(
  tasks: readonly FileTask[],
  knowledge: Knowledge,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<Analysis> {
  if (!isWorthWorkers(tasks)) loadEarly(tasks);
  await useLinearEngineFor(knowledge.operatorPatterns);
  let prepared: RuleSet | undefined;
  const ready = (): RuleSet => (prepared ??= prepareRules(knowledge));
  const analyseAll = async (some: readonly FileTask[]): Promise<readonly FileResult[]> => {
    if (!isWorthWorkers(some)) return analyseHere(some, ready(), signal);
    const { analyseInWorkers } = await import('./worker-pool.ts');
    return analyseInWorkers(some, knowledge, ready, signal, progress);
  };
  const alone = await analyseAll(tasks);
  const linked = await analyseAll(linkedTasks(tasks, alone, knowledge));
  const again = new Map(linked.map((result) => [result.path, result]));
  const files = alone.map((result) => again.get(result.path) ?? result);
  const unitOfPath = new Map(tasks.map((task) => [task.path, task.unit]));
  const hits = [...files.flatMap((file) => file.hits), ...hitsWithinUnits(ready().rules, files)];
  const unitOf = (path: string): string => unitOfPath.get(path) ?? '.';
  const paths = tasks.map(({ path }) => path);
  return {
    findings: findingsOf(knowledge.rules, oncePerLibrary(knowledge.rules, hits, paths, unitOf), unitOf),
    evidence: files.flatMap((file) => file.evidence).sort(evidenceOrder),
    files,
  };
}
