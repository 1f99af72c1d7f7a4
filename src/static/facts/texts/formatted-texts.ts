import type { SinkLabel } from '../../../model/api-model.ts';
import type { Span } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { HOLE } from '../../evidence/detail.ts';
import { noteCall } from '../calls/apply-api.ts';
import { type BoundArguments, NO_ARGUMENTS } from '../calls/arguments.ts';
import type { Callee } from '../calls/callee.ts';
import { changed, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** A cheap look before a text is put together. */
const MAY_BE_EITHER = /<\/?[a-z]|\b(?:select|insert|update|delete)\s/i;

/** A tag of HTML that a page shows; those of other markup, and `<name>` of a usage text, are none. */
const PAGE =
  /<(?:a|p|b|i|em|strong|h[1-6]|div|span|html|body|head|title|ul|ol|li|td|th|tr|table|script|style|img|form|input|button|iframe|option|pre|code)(?:\s[^<>]{0,300})?>/i;
/** A whole statement: words of a sentence are none. */
const QUERY =
  /^\s*(?:select\s(?:[^\n]{0,400}?\s)?from\s|select\s[^\n]{0,400}\n\s*from\s|delete\s+from\s|insert\s+(?:or\s+\w+\s+)?into\s|update\s+\S{1,80}\s+set\s)/i;

/** So many parts of a text are looked at. */
const MAX_PARTS = 200;

/** So much of a text is looked at (UTF-16 units). */
const MAX_LENGTH = 10_000;

/** What is in it can do no harm there: it was escaped, or turned into a number. */
function isHarmless({ graph }: Walk, { node }: Value, label: SinkLabel): boolean {
  return node !== 0 && (graph.isCleared(node, label) || graph.isTaken(node, 'user-input'));
}

/** The values that are put into a text, those of its pieces included. */
function* unknownParts(values: readonly Value[]): Generator<Value> {
  for (const value of values) {
    if (value.constant !== null) continue;
    if (value.elements !== null) yield* unknownParts(value.elements.slice(0, MAX_PARTS));
    else if (value.entries !== null) yield* unknownParts([...value.entries.values()].slice(0, MAX_PARTS));
    else if (value.pieces === null) yield value;
    else
      for (const piece of value.pieces.slice(0, MAX_PARTS))
        if (typeof piece !== 'string' && piece.constant === null && piece.pieces === null) yield piece;
  }
}

/** The constant parts, without going into those that are put together themselves more than once. */
function mayMatter(values: readonly Value[]): boolean {
  return values.some(({ constant, pieces }) => {
    const text = textOf(constant);
    if (text !== null) return MAY_BE_EITHER.test(text.slice(0, MAX_LENGTH));
    return (
      pieces
        ?.slice(0, 8)
        .some((piece) => typeof piece === 'string' && MAY_BE_EITHER.test(piece.slice(0, MAX_LENGTH))) === true
    );
  });
}

/** The beginning of a text, with `*` for what is not known of it: a sum of many parts is looked at with each of them. */
function startOf({ constant, pieces }: Value): string | null {
  const text = textOf(constant);
  if (text !== null) return text.slice(0, MAX_LENGTH);
  if (pieces === null) return null;
  let start = '';
  for (const piece of pieces) {
    start += (typeof piece === 'string' ? piece : (textOf(piece.constant) ?? HOLE)).slice(0, MAX_LENGTH);
    if (start.length > MAX_LENGTH) break;
  }
  return start.slice(0, MAX_LENGTH);
}

/** ``sql`select … ${x}` ``: what the values are put into, the tag decides. */
function isTagged({ language, layer }: Walk, { start }: Span): boolean {
  const { text } = layer.source;
  return (
    language === 'javascript' &&
    text[start] === '`' &&
    /(?:[\w$)\]]|[^=]>)$/.test(text.slice(Math.max(0, start - 2), start))
  );
}

/**
 * Notes a text that values which are not known are put into, if it is HTML (a call of `formatted.page`) or a query (`formatted.query`).
 * @param whole the text as far as it is known, `*` for what is not; or the text with its placeholders
 * @param parts what it is put together from
 */
export function noteFormatted(walk: Walk, whole: Value, parts: readonly Value[], span: Span): void {
  if (walk.quiet > 0 || !mayMatter(parts.slice(0, MAX_PARTS)) || isTagged(walk, span)) return;
  const text = startOf(whole);
  if (text === null) return;
  const note = (name: string, label: SinkLabel): void => {
    const given = [...unknownParts(parts.slice(0, MAX_PARTS))];
    if (given.length === 0 || given.every((part) => isHarmless(walk, part, label))) return;
    noteCall(walk, name, null, { ...NO_ARGUMENTS, positional: [whole] }, span);
  };
  if (PAGE.test(text)) note('formatted.page', 'page');
  if (QUERY.test(text.slice(0, 2_000))) note('formatted.query', 'sql');
}

/** A place for a value in `str.format`: `{}`, `{0}`, `{name.part:>5}`. */
const PLACE = /(\{\{|\}\}|\{[^{}]{0,100}\})/;

/** A place for a value in `string.Template`: `$name`, `${name}`. */
const DOLLAR_PLACE = /(\$\$|\$\{\w{1,100}\}|\$[A-Za-z_]\w{0,99})/;

/** True for a method that puts values into the text that it is called on. */
export function isFormatting(method: string): boolean {
  return /^(?:format|format_map|substitute|safe_substitute)$/.test(method);
}

/** `'… {}'.format(x)`: the result of the call with the parts that are known of it. */
export function formatted(
  walk: Walk,
  { receiver, method }: Callee,
  args: BoundArguments,
  result: Value,
  span: Span,
): Value {
  const format = receiver === null ? null : textOf(receiver.constant);
  if (receiver === null || format === null || format.length > 20_000) return result;
  let next = 0;
  const isTemplate = method === 'substitute' || method === 'safe_substitute';
  const table = method === 'format' ? null : args.positional[0]?.entries;
  const pieces = format.split(isTemplate ? DOLLAR_PLACE : PLACE).map((part): string | Value => {
    if (part === '{{' || part === '}}' || part === '$$') return part.slice(1);
    const isPlace = isTemplate ? part.startsWith('$') : part.startsWith('{') && part.endsWith('}');
    if (!isPlace || part.length < 2) return part;
    const name = /^[{$]{1,2}(\w*)/.exec(part)?.[1] ?? '';
    const entry = table?.get(name);
    if (entry !== undefined) return entry;
    const given =
      name === ''
        ? args.positional[next++]
        : /^\d+$/.test(name)
          ? args.positional[Number(name)]
          : args.named.get(name);
    return given ?? changed(result, { pieces: null });
  });
  if (pieces.length < 3 || pieces.length > 2_000) return result;
  const whole = changed(result, { pieces });
  noteFormatted(walk, whole, [receiver, ...args.positional, ...args.named.values()], span);
  return whole;
}
