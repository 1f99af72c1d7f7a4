import { messageOf } from '../errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { detectionsIn, placedAtStart } from './detections.ts';
import { evidenceOfCalls } from './evidence/from-calls.ts';
import { evidenceOfSentences } from './evidence/from-sentences.ts';
import { evidenceOfSettings } from './evidence/from-settings.ts';
import type { Facts } from './facts/facts.ts';
import { gatherFacts } from './facts/gather.ts';
import { deedsKeptFromUser } from './facts/prose/kept-deeds.ts';
import { harmfulOrders } from './facts/prose/harmful-orders.ts';
import { brokenPromises } from './facts/prose/promises.ts';
import { analysedApart, type FileResult, notAnalysed, opaqueOf, type UnitHit } from './file-result.ts';
import type { FileTask } from './file-task.ts';
import { FileView } from './file-view.ts';
import { fitsRule, type Hit, hitOf } from './finding.ts';
import { finish, type Steps } from './frontends/steps.ts';
import { linksOf } from './links.ts';
import { kerasCode } from './model-configs/keras.ts';
import { skopsCode } from './model-configs/skops.ts';
import { templateCode } from './model-configs/templates.ts';
import { madeReady, type ReadyFile } from './ready-file.ts';
import { shown } from './redaction.ts';
import { showingIn } from './shown-code.ts';
import { tamperingIn } from './tampering/index.ts';
import { TookTooLong, type Watch } from './watch.ts';

/** A rule says the same thing about one file at most this often. */
const MAX_HITS = 50;

function hitsIn(file: FileView, rules: RuleSet): Pick<FileResult, 'hits' | 'unitHits'> {
  const hits: Hit[] = [];
  const unitHits: UnitHit[] = [];
  const showingOf = showingIn(file.facts.layers);
  const isOfLanguage = rules.languageLists.map((languages) => file.hasLanguageOf(languages));
  for (const { rule, languages, index, find, members } of rules.rules) {
    if (isOfLanguage[languages] !== true) continue;
    if (find !== null) {
      const matches = find(file);
      if (matches.length === 0) continue;
      for (const match of matches.filter((each) => fitsRule(rule, each)).slice(0, MAX_HITS))
        hits.push(hitOf(index, match, file.hide, showingOf));
    }
    members?.forEach((member, place) => {
      const matches = member.find(file);
      // What a rule says of scopes and guards holds for the place it is reported at: its first member.
      const fitting = place === 0 ? matches.filter((each) => fitsRule(rule, each)) : matches;
      for (const match of fitting.slice(0, MAX_HITS)) {
        unitHits.push({ rule: index, member: place, hit: hitOf(index, match, file.hide, showingOf) });
      }
    });
  }
  return { hits, unitHits };
}

function withoutSecrets(evidence: Evidence, hide: FileView['hide']): Evidence {
  const { detail, guard } = evidence;
  return {
    ...evidence,
    detail: hide(detail),
    guard: guard === null ? null : { ...guard, text: hide(guard.text) },
  };
}

/** Facts to evidence and hits. */
function resultOf(
  { task, language, seen, placed, shortfalls }: ReadyFile,
  facts: Facts,
  rules: RuleSet,
): FileResult {
  const detections = detectionsIn(facts.layers, task.path, task.before?.isPlain === true);
  const file = new FileView(task.path, facts, rules, [
    ...detections,
    ...placedAtStart(seen, facts.layers),
    ...brokenPromises(facts),
    ...tamperingIn(facts),
    ...kerasCode(facts),
    ...deedsKeptFromUser(facts, task.path),
    ...harmfulOrders(facts, task.path),
    ...skopsCode(facts),
    ...templateCode(facts, task.path),
    ...placed.map((detection) => ({ ...detection, layer: facts.layers[0]! })),
  ]);
  const { hits, unitHits } = hitsIn(file, rules);
  const missing = [
    ...shortfalls,
    ...facts.shortfalls,
    // Known only after the rules have asked for flows.
    ...(facts.graph.isFull ? [{ reason: 'more values flow in it than are followed', blocking: true }] : []),
  ];
  const evidence = [
    ...evidenceOfCalls(facts, task.unit),
    ...evidenceOfSettings(facts, task.unit),
    ...evidenceOfSentences(facts, task.unit, rules.classes),
  ];
  return {
    path: task.path,
    unit: task.unit,
    language,
    hits,
    unitHits,
    evidence: file.hide === shown ? evidence : evidence.map((each) => withoutSecrets(each, file.hide)),
    opaque: opaqueOf(missing),
    isAnalysed: !missing.some(({ blocking }) => blocking),
    links: linksOf(facts),
    text: {
      isPlain: !detections.some(({ layer }) => layer === facts.layers[0]),
      isSilent: facts.isSilent,
    },
  };
}

/**
 * Analyses files together: bytes to text, text to facts, facts to evidence and hits. Values flow from one into the other. Never throws
 * for anything the files hold; what was not understood is said in `opaque`.
 * @returns a result a file, in the order given
 */
function* analyseFiles(tasks: readonly FileTask[], rules: RuleSet): Steps<readonly FileResult[]> {
  const prepared = tasks.map(madeReady);
  const ready = prepared.filter((each) => 'input' in each);
  const facts = yield* gatherFacts(
    ready.map(({ input }) => input),
    rules,
  );
  const results = new Map(ready.map((file, index) => [file, resultOf(file, facts[index]!, rules)]));
  return prepared.map((each) => ('input' in each ? results.get(each)! : each));
}

/**
 * The same, and no failure of ours is lost: files that cannot be analysed together are analysed one by one, which is said, and one that
 * fails alone is said to be not analysed.
 * @param watch runs what is done in one go
 * @throws only {@link TookTooLong}, by `watch`
 */
export async function analyseOrSay(
  tasks: readonly FileTask[],
  rules: RuleSet,
  watch?: Watch,
): Promise<readonly FileResult[]> {
  try {
    return await finish(analyseFiles(tasks, rules), watch);
  } catch (error) {
    if (error instanceof TookTooLong) throw error;
    const [only] = tasks;
    if (tasks.length === 1 && only !== undefined)
      return [notAnalysed(only, `its analysis failed: ${messageOf(error)}`)];
  }
  const results: FileResult[] = [];
  for (const task of tasks) results.push(...(await analyseOrSay([task], rules, watch)));
  return results.map((result, index) => (index === 0 ? analysedApart(result, tasks.length - 1) : result));
}
