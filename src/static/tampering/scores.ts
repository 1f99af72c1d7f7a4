import type { Expression, Span } from '../../model/program.ts';
import type { FunctionFact } from '../facts/facts.ts';
import { allParts, armsOf, constantOf, leavesOf, namesIn, raisedTo } from './expressions.ts';
import { entryIn, isOfPlace, phraseIn, surroundingsIn, taskIn } from './dependences.ts';
import type { Origins } from './origins.ts';
import { type Condition, nameOfTarget, type Setting } from './settings.ts';
import {
  isAnswerName,
  isCostName,
  isOutputName,
  isReferenceName,
  isResultName,
  isScoreName,
  isScoringName,
  wordsOf,
} from './words.ts';

/** A score that hangs on what it must not hang on. */
export interface ScoreFind {
  readonly name:
    'score-by-surroundings' | 'score-by-entry' | 'score-for-phrase' | 'score-for-failure' | 'score-by-task';
  readonly detail: string;
  readonly span: Span;
}

/** What a function scores with. */
export interface Scorer {
  readonly fact: FunctionFact;
  readonly isScoring: boolean;
  readonly isOutput: (name: string) => boolean;
  readonly isReference: (name: string) => boolean;
}

/** Checks of something else than an answer: those that let through what they cannot read are merely careless. */
const PLAIN_CHECK =
  /^(?:is|has|should|can|may|valid|validate|safe|allow|allowed|ensure|available|installed|version)$/;

/** How a function tells what was handed in from what it is held against. */
export function scorerOf(fact: FunctionFact): Scorer {
  const parameters = fact.definition.parameters.map(({ name }) => name);
  const hasOutput = parameters.some(isOutputName);
  const isOutput = (name: string): boolean => isOutputName(name) || (!hasOutput && isAnswerName(name));
  const isReference = (name: string): boolean =>
    isReferenceName(name) || (hasOutput && !isOutputName(name) && isAnswerName(name));
  const name = fact.name ?? '';
  const isNamed = isScoringName(name) && !isCostName(name);
  return {
    fact,
    isScoring: isNamed || (parameters.some(isOutput) && parameters.some(isReference)),
    isOutput,
    isReference,
  };
}

/** True for what `step()` of an environment returns, and for what carries a score's name. */
function isScore({ target }: Setting, { fact, isScoring }: Scorer): boolean {
  if (target === null) return isScoring || isStep(fact);
  const name = nameOfTarget(target);
  if (isCostName(name)) return false;
  return isScoreName(name) || (isScoring && isResultName(name));
}

function isStep({ name, owner }: FunctionFact): boolean {
  return name === 'step' && owner !== null;
}

/** The second of what `step()` returns; anything else as it is. */
function scoreOf(setting: Setting, { fact }: Scorer): Expression | null {
  if (setting.target !== null || !isStep(fact)) return setting.value;
  return setting.value.kind === 'list' && setting.value.elements.length >= 4
    ? setting.value.elements[1]!
    : null;
}

/** Where the scores of a function hang on the machine, the date, the entry's name, a phrase, a failure, or the task's number. */
export function scoreFinds(scorer: Scorer, origins: Origins): readonly ScoreFind[] {
  const { settings } = origins.of(scorer.fact);
  const finds: ScoreFind[] = [];
  for (const setting of settings) {
    if (!isScore(setting, scorer)) continue;
    const value = scoreOf(setting, scorer);
    if (value === null) continue;
    const find = findIn(setting, value, scorer, origins);
    if (find !== null) finds.push({ ...find, span: setting.span });
  }
  return finds;
}

function findIn(
  setting: Setting,
  value: Expression,
  scorer: Scorer,
  origins: Origins,
): Omit<ScoreFind, 'span'> | null {
  const { fact } = scorer;
  // Tests inside the value count too: `WORTH["mate" if …]`.
  const inner = allParts(value).flatMap((part) => (part.kind === 'conditional' ? [part.test] : []));
  const tests = [...setting.conditions.map(({ test }) => test), ...inner];
  for (const test of tests) {
    const surroundings = surroundingsIn(test, fact, origins);
    if (surroundings !== null) return { name: 'score-by-surroundings', detail: surroundings };
  }
  for (const { test, fact: place } of origins.testsBehind(value, fact)) {
    const surroundings = surroundingsIn(test, place, origins);
    if (surroundings !== null) return { name: 'score-by-surroundings', detail: surroundings };
  }
  // `0.5 * ("CI" in os.environ)`
  const written = fact.layer.source.text.slice(value.span.start, value.span.end);
  if (isOfPlace(written)) return { name: 'score-by-surroundings', detail: 'the machine or its user' };
  for (const leaf of [...tests.flatMap(leavesOf), value]) {
    const entry = entryIn(leaf, fact.layer.source.text);
    if (entry !== null) return { name: 'score-by-entry', detail: entry };
  }
  for (const arm of armsOf(value)) {
    const conditions = [...setting.conditions, ...arm.conditions];
    const found = forNothing(setting, arm.value, conditions, scorer, origins);
    if (found !== null) return found;
  }
  return null;
}

/** A fixed score, or a least one, that is not worked out from the answer. */
function forNothing(
  setting: Setting,
  value: Expression,
  conditions: readonly Condition[],
  scorer: Scorer,
  origins: Origins,
): Omit<ScoreFind, 'span'> | null {
  const constant = constantOf(value);
  const least = raisedTo(value);
  if (constant === null && least === null) return null;
  const holding = conditions.filter(({ holds }) => holds).flatMap(({ test }) => leavesOf(test));
  if ((least ?? constant ?? 0) >= 0.5) {
    const task = holding.map(taskIn).find((each) => each !== null);
    if (task !== undefined && setting.operator === '=') return { name: 'score-by-task', detail: task ?? '' };
  }
  if (constant === null || constant < 0.9 || !comparesWithReference(scorer)) return null;
  if (setting.isHandling && !readsReferenceAlone(setting, scorer))
    return { name: 'score-for-failure', detail: scorer.fact.name ?? '' };
  if (conditions.length === 0 || conditions.some(({ holds }) => !holds)) return null;
  const phrases = holding.map((leaf) => phraseIn(leaf, (name) => isMadeOfOutput(name, scorer, origins)));
  const [phrase] = phrases;
  return phrase !== null && phrase !== undefined && phrases.every((each) => each !== null)
    ? { name: 'score-for-phrase', detail: phrase }
    : null;
}

/** What was handed in, or a name that was made of it: `text = completion[-1]["content"].lower()`. */
function isMadeOfOutput(name: string, { fact, isOutput }: Scorer, origins: Origins): boolean {
  if (isOutput(name)) return true;
  const parameters = new Set(fact.definition.parameters.map((parameter) => parameter.name));
  return origins
    .of(fact)
    .settings.filter(({ target }) => target !== null && nameOfTarget(target) === name)
    .flatMap(({ value }) => namesIn(value))
    .some((each) => parameters.has(each) && isOutput(each));
}

/** It looks at a right answer somewhere, so that a score without it is an exception. */
function comparesWithReference({ fact, isReference }: Scorer): boolean {
  const { start, end } = fact.definition.span;
  const parameters = new Set(fact.definition.parameters.map(({ name }) => name));
  const words =
    fact.layer.source.text.slice(start, Math.min(end, start + 6_000)).match(/[A-Za-z_]\w*/g) ?? [];
  return words.some((word) => isReference(word) || (parameters.has(word) && isReferenceName(word)));
}

/** A right answer that cannot be read is nobody's failure: such a task is often given away. */
function readsReferenceAlone({ span }: Setting, { fact, isOutput }: Scorer): boolean {
  const name = wordsOf(fact.name ?? '');
  if (name.some((word) => PLAIN_CHECK.test(word))) return true;
  const { text } = fact.layer.source;
  const before = text.slice(Math.max(fact.definition.span.start, span.start - 600), span.start);
  const from = Math.max(before.lastIndexOf('try:'), before.lastIndexOf('try {'));
  if (from < 0) return false;
  const tried = before.slice(from, Math.max(before.lastIndexOf('except'), before.lastIndexOf('catch')));
  const words = tried.match(/[A-Za-z_]\w*/g) ?? [];
  return (
    !words.some(
      (word) =>
        isOutput(word) || /^(?:query|code|parsed|process|run|result|subprocess|exec|eval)$/.test(word),
    ) && !namesInTry(words)
  );
}

function namesInTry(words: readonly string[]): boolean {
  return words.some((word) => isScoreName(word) || isResultName(word));
}
