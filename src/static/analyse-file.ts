import { messageOf } from '../errors.ts';
import type { Evidence, Scope } from '../model/evidence.ts';
import type { Language } from '../model/program.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { decodeText } from './decode/text.ts';
import { detectLanguage } from './decode/language.ts';
import { detectionsIn, placedAtStart } from './detections.ts';
import { type FileDetection, inspectBytes } from './detectors/bytes.ts';
import type { Detection } from './detectors/detector.ts';
import { evidenceOfCalls } from './evidence/from-calls.ts';
import { evidenceOfSentences } from './evidence/from-sentences.ts';
import { evidenceOfSettings } from './evidence/from-settings.ts';
import type { Facts } from './facts/facts.ts';
import { gatherFacts } from './facts/gather.ts';
import { deedsKeptFromUser } from './facts/prose/kept-deeds.ts';
import { brokenPromises } from './facts/prose/promises.ts';
import type { FactsInput } from './facts/texts/read-text.ts';
import { type Shortfall, tooLongToParse } from './facts/shortfall.ts';
import { FileView } from './file-view.ts';
import { finish, type Steps } from './frontends/steps.ts';
import { type FileLinks, linksOf, NO_LINKS } from './links.ts';
import { type CompiledSource, inspectCompiled } from './compiled-sources.ts';
import { kerasCode } from './model-configs/keras.ts';
import { skopsCode } from './model-configs/skops.ts';
import { templateCode } from './model-configs/templates.ts';
import { NO_READINGS, readingsOf } from './readings.ts';
import { fitsRule, type Hit, hitOf } from './finding.ts';
import { shown } from './redaction.ts';
import { showingIn } from './shown-code.ts';
import { tamperingIn } from './tampering/index.ts';
import { TookTooLong, type Watch } from './watch.ts';

/** What opening a container showed, beside what lies in it. */
interface Opening {
  readonly shortfalls: readonly Shortfall[];
  readonly detections: readonly FileDetection[];
}

/** A file to be analysed. */
export interface FileTask {
  /** Relative to the target; of what lies in a container the path through it: `pkg.zip!/setup.py`. */
  readonly path: string;
  /** The outermost file of the target that it lies in, when it lies in a container. */
  readonly container?: string;
  /** Without what was taken out of it as tasks of their own. */
  readonly content: Uint8Array;
  /** It is a container: what opening it showed. */
  readonly opened?: Opening;
  /** {@link Unit.path} of the unit it belongs to. */
  readonly unit: string;
  /** Read it as this language whatever it looks like. */
  readonly language?: Language;
  /** What a compiled file was made from; absent for any other file. */
  readonly source?: CompiledSource;
  /** An earlier look at it: what its text alone tells need not be asked again. */
  readonly before?: TextOnly;
  /** As in {@link FactsInput}. */
  readonly scope?: Scope;
  readonly environments?: readonly string[];
  readonly entries?: FactsInput['entries'];
}

/** What a file's own text says of it, whatever lies beside it. */
interface TextOnly {
  /** No detector sees anything in it. */
  readonly isPlain: boolean;
  /** As in {@link Facts}. */
  readonly isSilent: boolean;
}

/** What a file gives for rules that hold within a unit: hits by rule and member. */
export interface UnitHit {
  readonly rule: number;
  readonly member: number;
  readonly hit: Hit;
}

/** All that comes out of one file; can leave a worker. */
export interface FileResult {
  readonly path: string;
  readonly unit: string;
  readonly language: Language | null;
  readonly hits: readonly Hit[];
  readonly unitHits: readonly UnitHit[];
  readonly evidence: readonly Evidence[];
  /** Why it, or part of it, was not understood; null when all of it was. */
  readonly opaque: { readonly reason: string; readonly blocking: boolean } | null;
  readonly isAnalysed: boolean;
  /** Its analysis was ended, or failed: another time more may come out. */
  readonly isCutShort?: true;
  readonly links: FileLinks;
  /** Absent: not known. */
  readonly text?: TextOnly;
}

/** So many reasons are given why a file was not understood. */
const MAX_REASONS = 5;
/** A rule says the same thing about one file at most this often. */
const MAX_HITS = 50;

function nothingOf(task: FileTask, language: Language | null, opaque: FileResult['opaque']): FileResult {
  return {
    path: task.path,
    unit: task.unit,
    language,
    hits: [],
    unitHits: [],
    evidence: [],
    opaque,
    isAnalysed: opaque === null,
    links: NO_LINKS,
  };
}

/** The result of a file that could not be analysed, for the reason given. */
export function notAnalysed(task: FileTask, reason: string): FileResult {
  return { ...nothingOf(task, null, { reason, blocking: true }), isCutShort: true };
}

/** The result of the first of some files that could not be analysed together, only each alone: it says what that left out. */
export function analysedApart(result: FileResult, others: number): FileResult {
  const lost = `what flows between it and ${others} more ${others === 1 ? 'file' : 'files'} was not followed: together they could not be analysed`;
  const reason = result.opaque === null ? lost : `${result.opaque.reason}; ${lost}`;
  return { ...result, opaque: { reason, blocking: true }, isAnalysed: false, isCutShort: true };
}

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

/** Several shortfalls as one entry, those that matter first. */
function opaqueOf(shortfalls: readonly Shortfall[]): FileResult['opaque'] {
  if (shortfalls.length === 0) return null;
  const ordered = [...shortfalls].sort((a, b) => Number(b.blocking) - Number(a.blocking));
  const named = ordered.slice(0, MAX_REASONS).map(({ reason }) => reason);
  if (ordered.length > MAX_REASONS) named.push(`and ${ordered.length - MAX_REASONS} more`);
  return { reason: named.join('; '), blocking: ordered[0]?.blocking === true };
}

/** A file's text, made ready to gather facts from. */
interface ReadyFile {
  readonly task: FileTask;
  readonly language: Language | null;
  readonly input: FactsInput;
  readonly seen: readonly FileDetection[];
  /** The same with a place in the text. */
  readonly placed: readonly Detection[];
  readonly shortfalls: readonly Shortfall[];
}

/** Bytes to text; a result at once when there is no text in the file. */
function madeReady(task: FileTask): ReadyFile | FileResult {
  const decoded = decodeText(task.content);
  const detected =
    task.language === undefined
      ? detectLanguage(task.path, decoded?.text ?? null, task.content)
      : { language: task.language, opaque: null };
  const { language } = detected;
  const seen = [
    ...(task.opened?.detections ?? []),
    ...(language === null ? inspectBytes(task.content, task.path) : []),
  ];
  if (language === null && task.opened === undefined && seen.length === 0)
    return nothingOf(task, null, detected.opaque);
  // Pickles and compiled code are read as bytes, one character each.
  const text =
    language === null
      ? ''
      : decoded === null || language === 'pickle' || language === 'pyc'
        ? Buffer.from(task.content).toString('latin1')
        : decoded.text;
  if (language === 'pyc') seen.push(...inspectCompiled(text, task.source ?? null));
  const tooLong = language === null ? null : tooLongToParse(text.length, language, task.path);
  const readAs = tooLong !== null || language === null ? 'text' : language;
  const other = decoded === null ? NO_READINGS : readingsOf(decoded, readAs, task.path);
  const { path, container, scope, environments, entries, before } = task;
  return {
    task,
    language,
    input: {
      path,
      text,
      language: readAs,
      readings: other.readings,
      ...(container === undefined ? {} : { container }),
      ...(scope === undefined ? {} : { scope }),
      ...(environments === undefined ? {} : { environments }),
      ...(entries === undefined ? {} : { entries }),
      ...(before?.isSilent === true ? { isSilent: true } : {}),
    },
    seen,
    placed: other.detections,
    shortfalls: [
      ...other.shortfalls,
      ...(tooLong === null ? [] : [tooLong]),
      ...(detected.opaque === null ? [] : [detected.opaque]),
      ...(task.opened?.shortfalls ?? []),
    ],
  };
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
