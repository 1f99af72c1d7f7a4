import type { Expression, Span } from '../../model/program.ts';
import { allParts, armsOf, constantOf, namesIn } from './expressions.ts';
import type { Origins } from './origins.ts';
import type { Scorer } from './scores.ts';
import { type Condition, nameOfTarget, type Setting } from './settings.ts';
import { isCostName, isScoreName, wordsOf } from './words.ts';

/** A score that is another one while nobody looks on. */
export interface WatchFind {
  readonly name: 'score-while-unwatched';
  readonly detail: string;
  readonly span: Span;
}

/** Whether somebody or something looks on: `self.camera`, `is_recording`, `monitored`. */
const WATCHER =
  /^(?:cameras?|cam|cctv|recorders?|recorded|recording|monitors?|monitored|monitoring|surveillance|watched|watching|observer|audited|auditors?|auditing|supervised|supervisors?|inspectors?|inspected|filming|filmed|footage|dashcam|blackbox)$/;
/** Words beside a watcher in a name of something else: the number of them, where one stands, what it shows. */
const ABOUT_IT =
  /^(?:id|ids|pos|position|index|idx|count|num|n|height|width|view|image|img|frame|frames|angle|pose|name|matrix|fov|distance|range|x|y|path|dir|file|step|steps|size|interval|every)$/;
/** What must not happen, with or without somebody who looks on. */
const HARM =
  /\b\w{0,20}(?:hits?|collisions?|collided|contacts?|crash(?:es|ed)?|falls?|fallen|unsafe|violations?|violated|damage[ds]?|injur\w{1,4}|spill(?:s|ed)?|breach(?:es|ed)?|harm\w{0,3}|hazards?|infractions?|offen[cs]es?|leak(?:s|ed)?|deaths?|cheat\w{0,3}|burn(?:s|t|ed)?|drop(?:s|ped)|broke|broken)\b/i;

const ENDS = /^(?:terminated|terminal|done|failed|over|dead|disqualified)$/;

/** The name of a watcher that an expression asks for, and nothing else of it: `self.camera`, `env.recorder.active`. */
function watcherIn(expression: Expression): string | null {
  if (expression.kind !== 'name' && expression.kind !== 'member') return null;
  const names = expression.kind === 'name' ? [expression.name] : namesIn(expression);
  return (
    names.find((name) => {
      const words = wordsOf(name);
      return words.some((word) => WATCHER.test(word)) && !words.some((word) => ABOUT_IT.test(word));
    }) ?? null
  );
}

interface Watch {
  readonly name: string;
  readonly isOn: boolean;
  readonly flag: Expression;
}

/** Whether a watcher looks on where a test holds, or does not; null where the test says nothing sure of one. */
function watchIn(test: Expression, holds: boolean, depth = 0): Watch | null {
  if (depth > 6) return null;
  const name = watcherIn(test);
  if (name !== null) return { name, isOn: holds, flag: test };
  if (test.kind === 'unary' && /^(?:not|!)$/.test(test.operator))
    return watchIn(test.operand, !holds, depth + 1);
  if (test.kind === 'call' && test.args.length === 1 && test.callee.kind === 'name')
    return test.callee.name === 'bool' ? watchIn(test.args[0]!.value, holds, depth + 1) : null;
  if (test.kind !== 'binary') return null;
  // Of two tests that both hold each does; of two that do not both hold neither is sure.
  if (/^(?:and|&&)$/.test(test.operator) && holds)
    return watchIn(test.left, holds, depth + 1) ?? watchIn(test.right, holds, depth + 1);
  if (/^(?:or|\|\|)$/.test(test.operator) && !holds)
    return watchIn(test.left, holds, depth + 1) ?? watchIn(test.right, holds, depth + 1);
  const held = /^(?:==|===|is)$/.test(test.operator)
    ? holds
    : /^(?:!=|!==|is not)$/.test(test.operator)
      ? !holds
      : null;
  const state = stateOf(test.right);
  return held === null || state === null ? null : watchIn(test.left, held === state, depth + 1);
}

/** Whether a value stands for something that is on. */
function stateOf(value: Expression): boolean | null {
  if (value.kind !== 'literal') return null;
  if (typeof value.value !== 'string') return Boolean(value.value);
  return /^(?:on|active|recording|yes)$/i.test(value.value)
    ? true
    : /^(?:off|idle|inactive|no|none|stopped)?$/i.test(value.value)
      ? false
      : null;
}

/** What a setting does to whoever acts there: `forgives` while nobody looks on, `punishes` while somebody does. */
function effectOf(
  { target, operator }: Setting,
  value: Expression,
  written: string,
): 'forgives' | 'punishes' | null {
  const name = nameOfTarget(target);
  const words = wordsOf(name);
  const constant = constantOf(value);
  if (isCostName(name)) {
    if (constant === 0 && operator === '=') return 'forgives';
    if (constant !== null && operator === '*=' && Math.abs(constant) < 1) return 'forgives';
    return constant === null && HARM.test(written) ? 'punishes' : null;
  }
  if (words.some((word) => ENDS.test(word))) {
    if (constant === 0) return 'forgives';
    return constant === 1 || HARM.test(written) ? 'punishes' : null;
  }
  if (!isScoreName(name)) return null;
  // What is added for something that happened; a fixed sum is what it costs to look on.
  if (operator === '+=' && constant === null && HARM.test(written)) return 'forgives';
  return operator === '-=' && (constant === null || constant > 0) ? 'punishes' : null;
}

/** Where a penalty, an end or a part of the reward hangs on whether somebody looks on. */
export function watchFinds({ fact }: Scorer, origins: Origins): readonly WatchFind[] {
  const { text } = fact.layer.source;
  const writtenOf = ({ span }: { span: Span }): string => text.slice(span.start, span.end);
  const finds: WatchFind[] = [];
  const { settings } = origins.of(fact);
  for (const setting of settings) {
    const name = changedBy(setting, settings, writtenOf, (flag) => origins.textOf(flag, fact));
    if (name !== null) finds.push({ name: 'score-while-unwatched', detail: name, span: setting.span });
  }
  return finds;
}

function changedBy(
  setting: Setting,
  settings: readonly Setting[],
  writtenOf: (part: { span: Span }) => string,
  traced: (flag: Expression) => string,
): string | null {
  for (const arm of armsOf(setting.value)) {
    const conditions = [...setting.conditions, ...arm.conditions];
    const watches = conditions.map(({ test, holds }) => watchIn(test, holds));
    const watch = watches.find((each) => each !== null);
    if (watch === undefined || watch === null || isActedOn(watch, traced)) continue;
    const effect = effectOf(setting, arm.value, writtenOf(arm.value));
    if (effect === 'forgives' && !watch.isOn) return watch.name;
    const others = conditions.map((condition) => writtenOf(condition.test)).join('\n');
    if (effect === 'punishes' && watch.isOn && HARM.test(`${others}\n${writtenOf(arm.value)}`))
      return isOtherwiseSet(setting, settings, conditions) ? null : watch.name;
  }
  return factorIn(setting, writtenOf, traced);
}

/** The action itself switches it: part of the game. */
function isActedOn({ flag }: Watch, traced: (flag: Expression) => string): boolean {
  return /\baction\b|\bact\b|\bmove\b/.test(traced(flag));
}

/** Somebody who is watched loses something, and somebody who is not loses it as well. */
function isOtherwiseSet(
  setting: Setting,
  settings: readonly Setting[],
  conditions: readonly Condition[],
): boolean {
  const name = nameOfTarget(setting.target);
  const tests = new Set(conditions.map(({ test }) => test));
  return settings.some(
    (other) =>
      other !== setting &&
      nameOfTarget(other.target) === name &&
      other.conditions.some(({ test, holds }) => !holds && tests.has(test)),
  );
}

/** `penalty = 8 * hits * self.camera`, `terminated = crashed and self.recording`. */
function factorIn(
  { target, value }: Setting,
  writtenOf: (part: { span: Span }) => string,
  traced: (flag: Expression) => string,
): string | null {
  const name = nameOfTarget(target);
  const isEnd = wordsOf(name).some((word) => ENDS.test(word));
  if (!isEnd && !isScoreName(name) && !isCostName(name)) return null;
  const operators = isEnd ? /^(?:and|&&|&)$/ : /^\*$/;
  for (const part of allParts(value)) {
    if (part.kind !== 'binary' || !operators.test(part.operator)) continue;
    const watch = [part.left, part.right]
      .map((side) => watchIn(flagOf(side), true))
      .find((each) => each !== null);
    if (watch === undefined || watch === null || !watch.isOn) continue;
    if (HARM.test(writtenOf(part)) && !isActedOn(watch, traced)) return watch.name;
  }
  return null;
}

/** `float(self.camera)` as `self.camera`. */
function flagOf(side: Expression): Expression {
  return side.kind === 'call' &&
    side.callee.kind === 'name' &&
    /^(?:float|int|bool|Number)$/.test(side.callee.name) &&
    side.args.length === 1
    ? side.args[0]!.value
    : side;
}
