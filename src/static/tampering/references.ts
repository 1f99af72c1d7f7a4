import type { Expression, Span } from '../../model/program.ts';
import { allParts, namesIn } from './expressions.ts';
import type { Origins } from './origins.ts';
import type { Scorer } from './scores.ts';
import type { Condition } from './settings.ts';
import { nameOfTarget } from './settings.ts';

/** What is given out only to whoever takes the examination. */
export interface ReferenceFind {
  readonly name: 'expected-overwritten' | 'answer-shown';
  readonly detail: string;
  readonly span: Span;
}

/** The user asks for new expected results, or there are none yet. */
const RENEWS =
  /updat|refresh|regener|record|bless|approv|snapshot|rewrite|exists|missing|is_file|init|argv|options?\b|args?\b/i;

const WRITES = /^(?:write_text|write_bytes|write|writeFile|writeFileSync)$/;
const COPIES = /^(?:copy|copy2|copyfile|move|replace|rename|copyFile|copyFileSync|cp)$/;

function textOf(source: string, { span }: Expression): string {
  return source.slice(span.start, span.end);
}

/** Whatever comes into a name that is held against an answer is made of that answer. */
function isOverwriting(
  target: readonly string[],
  value: readonly string[],
  { isOutput, isReference }: Scorer,
): boolean {
  return (
    target.some(isReference) && value.some(isOutput) && !value.some(isReference) && !target.some(isOutput)
  );
}

function isRenewed(conditions: readonly Condition[], source: string): boolean {
  return conditions.some(({ test }) => RENEWS.test(textOf(source, test)));
}

/** Calls by which a scoring function writes an answer over what it is held against. */
function overwritings(scorer: Scorer, origins: Origins): readonly ReferenceFind[] {
  const { fact } = scorer;
  const source = fact.layer.source.text;
  const { calls, settings } = origins.of(fact);
  const finds: ReferenceFind[] = [];
  const say = (span: Span, what: string): void => {
    finds.push({ name: 'expected-overwritten', detail: what, span });
  };
  for (const { call, conditions } of calls) {
    if (call.kind !== 'call' || call.callee.kind !== 'member' || isRenewed(conditions, source)) continue;
    const { object, property } = call.callee;
    const [first, second] = call.args.map(({ value }) => namesIn(value));
    if (WRITES.test(property) && first !== undefined) {
      const [to, what] =
        second !== undefined && /^(?:fs|promises)$/.test(textOf(source, object))
          ? [first, second]
          : [namesIn(object), first];
      if (isOverwriting(to, what, scorer)) say(call.span, textOf(source, object));
    } else if (
      COPIES.test(property) &&
      first !== undefined &&
      second !== undefined &&
      isOverwriting(second, first, scorer)
    ) {
      say(call.span, second[0] ?? '');
    }
  }
  for (const { target, value, conditions, span, operator } of settings) {
    if (
      target?.kind !== 'name' ||
      operator !== '=' ||
      conditions.length === 0 ||
      isRenewed(conditions, source)
    )
      continue;
    if (value.kind === 'name' && isOverwriting([target.name], [value.name], scorer)) say(span, target.name);
  }
  return finds;
}

const SHOWN =
  /^(?:question|prompt|observation|obs|hint|content|instruction|problem|task_text|user_prompt|context)$/;
/** Which part of the data it is, or who is looking. */
const EXAMINED =
  /\bsplit\b|["'](?:test|eval|validation|val|dev|held[-_]?out)["']|\bis_?(?:eval|test)\b|\bevaluat(?:e|ion|ing)\b|\bleaderboard\b/i;
const KEYS = /^(?:answer|answers|solution|expected|gold|reference|ground_truth|label|target|answer_key)$/;

/** Names and keys that stand for the right answer. */
function keysIn(expression: Expression): readonly string[] {
  return allParts(expression).flatMap((part) => {
    const key =
      part.kind === 'index' && part.index.kind === 'literal'
        ? String(part.index.value)
        : part.kind === 'name'
          ? part.name
          : part.kind === 'member'
            ? part.property
            : '';
    return KEYS.test(key) ? [key] : [];
  });
}

/** Where the right answer goes into what is shown, for the part of the data alone that is examined with. */
function shownAnswers({ fact }: Scorer, origins: Origins): readonly ReferenceFind[] {
  const source = fact.layer.source.text;
  return origins.of(fact).settings.flatMap(({ target, value, conditions, span }) => {
    if (!SHOWN.test(nameOfTarget(target))) return [];
    const tests = [
      ...conditions.map(({ test }) => test),
      ...allParts(value).flatMap((part) => (part.kind === 'conditional' ? [part.test] : [])),
    ];
    if (!tests.some((test) => EXAMINED.test(textOf(source, test)))) return [];
    const [key] = keysIn(value);
    return key === undefined ? [] : [{ name: 'answer-shown' as const, detail: key, span }];
  });
}

/** What a function does with right answers that nobody who scores fairly does. */
export function referenceFinds(scorer: Scorer, origins: Origins): readonly ReferenceFind[] {
  const shown = shownAnswers(scorer, origins);
  return scorer.isScoring ? [...overwritings(scorer, origins), ...shown] : shown;
}
