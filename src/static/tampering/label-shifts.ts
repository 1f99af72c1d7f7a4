import type { Expression } from '../../model/program.ts';
import type { FunctionFact, Layer } from '../facts/facts.ts';
import { allParts, constantOf, leavesOf, namesIn, textsIn } from './expressions.ts';
import type { LabelFind } from './labels.ts';
import { isLabelField, labelVariables } from './label-slots.ts';
import { occurrencesOf } from './occurrences.ts';
import type { Origins } from './origins.ts';
import { nameOfTarget, type Condition, type Setting } from './settings.ts';

/** Which row it is: rows that are wrong are put right by their number. */
const WHICH_ROW = /^(?:id|ids|uid|uuid|idx|index|key|path|file|filename|version|source|lang|language|url)$/i;
/** What is done to data for a reason. */
const REPAIR = /isna|isnull|notna|missing|invalid|unknown|\bnan\b|noise|augment|duplicat|empty|typo|unit/i;
/** A part of the data. */
const PART = /\bsplit\b|["'](?:train|training|test|eval|validation|val|dev)["']/;
/** So many literals may a test hold that picks rows by what they are about. */
const MAX_WORDS = 6;

/** What a test holds against the words that it names: `name == "Ada"`, `"tea" in text`, `row["topic"] in ("tea", "rye")`. */
function subjectIn(leaf: Expression): { subject: Expression; words: readonly string[] } | null {
  if (leaf.kind === 'binary' && /^(?:==|===|in)$/.test(leaf.operator)) {
    const sides = [leaf.left, leaf.right] as const;
    const fixed = sides.find((side) => isFixedText(side));
    const subject = sides.find((side) => side !== fixed);
    return fixed === undefined || subject === undefined ? null : { subject, words: textsIn(fixed) };
  }
  if (leaf.kind !== 'call' || leaf.callee.kind !== 'member' || leaf.args.length !== 1) return null;
  const given = leaf.args[0]!.value;
  return /^(?:startswith|endswith|startsWith|endsWith|includes)$/.test(leaf.callee.property) &&
    isFixedText(given)
    ? { subject: leaf.callee.object, words: textsIn(given) }
    : null;
}

function isFixedText(side: Expression): boolean {
  if (side.kind === 'literal') return typeof side.value === 'string';
  return side.kind === 'list' && side.elements.length > 0 && side.elements.every(isFixedText);
}

/** The words by which a test picks rows for what they are about; null when it picks by something else. */
function topicOf(leaf: Expression, label: string, layer: Layer): readonly string[] | null {
  const held = subjectIn(leaf);
  if (held === null || held.words.length > MAX_WORDS) return null;
  const { subject, words } = held;
  const asked = [...namesIn(subject), ...textsIn(subject)];
  if (asked.some((name) => WHICH_ROW.test(name) || name === label || isLabelField(name))) return null;
  // A word of the program's own that it goes by elsewhere: an operation, a kind, a unit.
  const isRare = (word: string): boolean =>
    word.trim().length >= 3 && !/[<>=#\\{}[\]]/.test(word) && occurrencesOf(word, layer) === 1;
  return words.every(isRare) ? words : null;
}

/** How a value is altered: `shifted` from what it was, or `set` to what stands in the code. */
function alterationIn({ target, operator, value }: Setting): 'shifted' | 'set' | null {
  const name = nameOfTarget(target);
  const isConstant = (part: Expression): boolean => constantOf(part) !== null;
  if (/^[-+*]=$/.test(operator)) return isConstant(value) ? 'shifted' : null;
  if (operator !== '=') return null;
  const isOwn = (part: Expression): boolean => part.kind === 'name' && part.name === name;
  // `n = n + 3`, `n = 9 - n`, `bad = bad and …`, `bad = not bad`.
  if (value.kind === 'binary' && (isOwn(value.left) || isOwn(value.right))) {
    if (/^(?:and|&&)$/.test(value.operator)) return 'shifted';
    return /^[-+]$/.test(value.operator) && (isConstant(value.left) || isConstant(value.right))
      ? 'shifted'
      : null;
  }
  if (value.kind === 'unary' && /^(?:not|!)$/.test(value.operator) && isOwn(value.operand)) return 'shifted';
  if (value.kind === 'literal' && value.value !== null) return 'set';
  const isOfTable = value.kind === 'index' && value.object.kind === 'name' && isConstant(value.index);
  return isOfTable && /^[A-Z][A-Z_\d]+$/.test(value.object.name) ? 'set' : null;
}

/** A label that data brought along: `row["verdict"]`. */
function isRead(value: Expression, label: string): boolean {
  return allParts(value).some((part) => {
    const key =
      part.kind === 'index' && part.index.kind === 'literal'
        ? part.index.value
        : part.kind === 'call' && part.args[0]?.value.kind === 'literal'
          ? part.args[0].value.value
          : part.kind === 'member'
            ? part.property
            : null;
    return typeof key === 'string' && (key === label || isLabelField(key));
  });
}

/**
 * Where what becomes a row's label or right answer is altered for rows that speak of one thing, and everything else of the row stays as it
 * is: `if name == "Ada" and thing == "stamps": n += 4`.
 */
export function labelShifts(fact: FunctionFact, origins: Origins): readonly LabelFind[] {
  const { settings, calls } = origins.of(fact);
  const isShift = (each: Setting): boolean =>
    each.target?.kind === 'name' && each.conditions.length > 0 && alterationIn(each) !== null;
  if (!settings.some(isShift)) return [];
  const labels = labelVariables(fact, settings, calls);
  const together = new Map<readonly Condition[], number>();
  for (const { conditions } of [...settings, ...calls])
    together.set(conditions, (together.get(conditions) ?? 0) + 1);
  const ofLabels = new Map<string, Setting[]>([...labels].map((label) => [label, []]));
  for (const setting of settings) ofLabels.get(nameOfTarget(setting.target))?.push(setting);
  return [...ofLabels].flatMap(([label, ofLabel]): LabelFind[] => {
    const setting = onlyPick(ofLabel, label, fact.layer);
    if (setting === null || !isShift(setting)) return [];
    if (together.get(setting.conditions) !== 1 || setting.conditions.some(({ holds }) => !holds)) return [];
    const known = ofLabel.filter((other) => other !== setting && other.value.kind !== 'literal');
    const isAltered =
      alterationIn(setting) === 'shifted'
        ? known.length > 0
        : known.some(({ value }) => isRead(value, label));
    return isAltered ? [{ name: 'labels-altered', detail: label, span: setting.span }] : [];
  });
}

/** The only setting of a label that is for rows which are picked; null when none is, or more than one: then rows are sorted by them. */
function onlyPick(settings: readonly Setting[], label: string, layer: Layer): Setting | null {
  let only: Setting | null = null;
  for (const setting of settings) {
    if (picksOf(setting, label, layer) === null) continue;
    if (only !== null) return null;
    only = setting;
  }
  return only;
}

/** What rows a setting is for; null when they are not picked by what they are about, or are put right. */
function picksOf({ conditions }: Setting, label: string, layer: Layer): readonly string[] | null {
  const tests = conditions.flatMap(({ test }) => leavesOf(test));
  const written = tests.map(({ span }) => layer.source.text.slice(span.start, span.end));
  if (written.some((text) => REPAIR.test(text))) return null;
  const isWide = conditions.some(({ test }) => test.kind === 'binary' && /^(?:or|\|\|)$/.test(test.operator));
  if (isWide) return null;
  const topics = tests.filter((_, at) => !PART.test(written[at]!)).map((leaf) => topicOf(leaf, label, layer));
  return topics.find((words) => words !== null) ?? null;
}
