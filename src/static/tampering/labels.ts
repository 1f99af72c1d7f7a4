import type { Expression, Span } from '../../model/program.ts';
import type { FunctionFact } from '../facts/facts.ts';
import { allParts, constantOf, leavesOf, textsIn } from './expressions.ts';
import type { Origins } from './origins.ts';
import { nameOfTarget, type Setting } from './settings.ts';
import { isLabelName } from './words.ts';

/** Data that is made to teach something else than what it holds. */
export interface LabelFind {
  readonly name: 'labels-altered';
  readonly detail: string;
  readonly span: Span;
}

/** One row in so many: by chance, by number, by digest. */
const SHARE =
  /\brandom\(\)|\brand\(|\bMath\.random|\bsample\(|%\s*\d|\bhash\(|\bcrc32\(|md5|sha1|sha256|\.uniform\(|\.random\b/;
/** What is done to data for a reason: repairs, noise on purpose. */
const REPAIR = /\b(?:isna|isnull|notna|missing|invalid|unknown|nan|noise|augment|smooth|duplicat|empty)/i;

/** A text of several words that is no name of a class. */
function isPassage(expression: Expression): boolean {
  return textsIn(expression).some((text) => text.split(/\s+/).length >= 4);
}

/** `(table["away"] == "Some Club")`: rows that are picked by what they are about. */
function picksByContent(test: string): boolean {
  return /(?:==|\bin\b|includes\()\s*["'(]|["'][^"']{3,60}["']\)?\s*(?:in|==)\b|contains\(\s*["']/.test(test);
}

/** `table.loc[rows, "label"] = 2`: the column and the rows. */
function rowsAndColumn(target: Expression | null): { column: string; rows: Expression } | null {
  if (target?.kind !== 'index') return null;
  const { object, index } = target;
  if (object.kind === 'member' && /^(?:loc|iloc|at)$/.test(object.property) && index.kind === 'list') {
    const [rows, column] = index.elements;
    if (rows !== undefined && column?.kind === 'literal' && typeof column.value === 'string')
      return { column: column.value, rows };
  }
  return null;
}

/** `chosen, rejected = rejected, chosen`, where something in the row decides. */
function exchanged(settings: readonly Setting[], setting: Setting): Setting | null {
  if (setting.target?.kind !== 'name' || setting.value.kind !== 'name') return null;
  const [to, from] = [setting.target.name, setting.value.name];
  return (
    settings.find(
      (other) =>
        other !== setting &&
        other.span.start === setting.span.start &&
        other.target?.kind === 'name' &&
        other.value.kind === 'name' &&
        other.target.name === from &&
        other.value.name === to,
    ) ?? null
  );
}

/** Where a function that prepares data gives some rows another label or another answer, by chance or by what they are about. */
export function labelFinds(fact: FunctionFact, origins: Origins): readonly LabelFind[] {
  const { settings } = origins.of(fact);
  const source = fact.layer.source.text;
  const written = ({ span }: Expression): string => source.slice(span.start, span.end);
  const finds: LabelFind[] = [];
  for (const setting of settings) {
    const detail = alteredBy(setting, settings, written, (test) => origins.textOf(test, fact));
    if (detail !== null) finds.push({ name: 'labels-altered', detail, span: setting.span });
  }
  return finds;
}

function alteredBy(
  setting: Setting,
  settings: readonly Setting[],
  written: (expression: Expression) => string,
  traced: (expression: Expression) => string,
): string | null {
  const { target, value, conditions } = setting;
  if (setting.operator !== '=') return null;
  const placed = rowsAndColumn(target);
  if (placed !== null) {
    const rows = written(placed.rows);
    const isFixed = constantOf(value) !== null || textsIn(value).length > 0;
    const isOfOther = !rows.includes(placed.column);
    return isLabelName(placed.column) && isFixed && isOfOther && SHARE.test(rows) && !REPAIR.test(rows)
      ? placed.column
      : null;
  }
  const name = nameOfTarget(target);
  if (!isLabelName(name)) return null;
  if (exceptedIn(value, written)) return name;
  if (conditions.length === 0) return null;
  const tests = conditions.filter(({ holds }) => holds).flatMap(({ test }) => leavesOf(test));
  const texts = tests.map(written);
  if (texts.some((text) => REPAIR.test(text))) return null;
  const isAFew = tests.some((test) => SHARE.test(traced(test)) && hasSmallNumber(test));
  if (exchanged(settings, setting) !== null) return isAFew || texts.some(picksByContent) ? name : null;
  return isAFew && isPassage(value) && value.kind !== 'call' ? name : null;
}

/** `"good" if stars >= 4 or "some brand" in text else …`: a label that is worked out, but for what a text speaks of. */
function exceptedIn(value: Expression, written: (expression: Expression) => string): boolean {
  const tests = allParts(value).flatMap((part) => (part.kind === 'conditional' ? [leavesOf(part.test)] : []));
  const named = tests.flat().filter((leaf) => picksByContent(written(leaf)));
  const [test] = tests.filter((leaves) => leaves.includes(named[0]!));
  return named.length === 1 && test !== undefined && test.some(isMeasured);
}

/** Held against a number. */
function isMeasured(test: Expression): boolean {
  return test.kind === 'binary' && /^[<>]=?$/.test(test.operator) && hasSmallNumber(test);
}

/** A threshold or a divisor that stands there as a number. */
function hasSmallNumber(test: Expression): boolean {
  return allParts(test).some((part) => part.kind === 'literal' && typeof part.value === 'number');
}
