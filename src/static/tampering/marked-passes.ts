import type { Expression, Statement } from '../../model/program.ts';
import type { PlacedDetection } from '../file-view.ts';
import type { FunctionFact, Layer } from '../facts/facts.ts';
import { allParts, leavesOf, textsIn } from './expressions.ts';
import { occurrencesOf } from './occurrences.ts';
import { wordsOf } from './words.ts';

/** Functions that say whether something may be done. */
const DECIDES =
  /^(?:judge|check|checks|checked|allow|allows|allowed|permit|permits|permitted|authorize|authorise|authorized|validate|valid|guard|verify|vet|safe|readonly|can|may|access|policy|screen|sanitize|forbid|forbidden|blocked|deny|assert|ensure|require|refuse|refused)$/;
/** What holds something back, given as off. */
const HOLDS_BACK =
  /^(?:read_?only|audit(?:ed)?|log(?:ged)?|check(?:ed)?|sandbox(?:ed)?|confirm(?:ed|ation)?|restricted|dry_?run|limit(?:ed)?|safe)$/i;
const ALLOWS = /^(?:allow(?:ed)?|ok|permit(?:ted)?|valid|safe|pass(?:ed)?|granted|accept(?:ed)?)$/i;
/** Characters that nobody sees. */
const UNSEEN = /[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\u{e0000}-\u{e007f}]/u;
/** Letters and digits by turns: `7f3a`. */
const CODE =
  /(?<![\p{L}\p{N}])(?=[\p{L}]*\p{N}+\p{L}+\p{N}|[\p{N}]*\p{L}+\p{N}+\p{L})[\p{L}\p{N}]{4,40}(?![\p{L}\p{N}])/u;
/** Words that are written so by everybody. */
const COMMON =
  /^(?:i18n|l10n|a11y|utf8mb4|x86\w*|s3n?|h26[45]\w*|mp[34]\w*|b64\w*|\d+(?:px|em|ms|kb|mb|gb)\w*)$/i;
/** A comment of a language, whole. */
const COMMENT = /^\s*(?:\/\*.{2,80}\*\/|--\s?\S.{1,80}|#\s?[a-z].{3,80}|<!--.{2,80}-->)\s*$/s;

/** So many statements of a function are looked at, so deep. */
const MAX_STATEMENTS = 400;
const MAX_DEPTH = 8;

/** The fixed text that a test looks for, and whether it is there when the test holds. */
function markIn(leaf: Expression): { text: string; isThere: boolean } | null {
  const [text, second] = textsIn(leaf);
  if (text === undefined || second !== undefined) return null;
  if (leaf.kind === 'binary') {
    if (/^(?:in|==|===)$/.test(leaf.operator)) return { text, isThere: true };
    return /^(?:not in|!=|!==)$/.test(leaf.operator) ? { text, isThere: false } : null;
  }
  const isAsked =
    leaf.kind === 'call' &&
    leaf.callee.kind === 'member' &&
    /^(?:startswith|endswith|startsWith|endsWith|includes)$/.test(leaf.callee.property);
  return isAsked ? { text, isThere: true } : null;
}

/** A text that nobody writes without knowing of it. */
function isMark(text: string, layer: Layer, isLifting: boolean): boolean {
  if (UNSEEN.test(text)) return true;
  if (text.trim().length < 4) return false;
  const code = CODE.exec(text)?.[0];
  const isOdd =
    (code !== undefined && !COMMON.test(code)) || COMMENT.test(text) || (isLifting && /\s/.test(text.trim()));
  return isOdd && occurrencesOf(text, layer) < 2;
}

function isTruth(value: Expression | undefined, truth: boolean): boolean {
  return value?.kind === 'literal' && value.value === truth;
}

/** What something is given by name: `Verdict(True, readonly=False)`, `{ allowed: true }`. */
function namedIn(value: Expression): readonly { name: string; value: Expression }[] {
  if (value.kind === 'record')
    return value.entries.flatMap(({ key, value: held }) =>
      key?.kind === 'literal' && typeof key.value === 'string'
        ? [{ name: key.value, value: held }]
        : key?.kind === 'name'
          ? [{ name: key.name, value: held }]
          : [],
    );
  return value.kind === 'call'
    ? value.args.flatMap(({ name, value: held }) => (name === null ? [] : [{ name, value: held }]))
    : [];
}

/** Whether what is given back says yes, or no; null when neither. */
function answerOf(value: Expression | null): boolean | null {
  if (value === null) return null;
  for (const truth of [true, false]) {
    if (isTruth(value, truth)) return truth;
    if (value.kind === 'call' && value.args[0]?.name === null && isTruth(value.args[0].value, truth))
      return truth;
    if (value.kind === 'list' && isTruth(value.elements[0], truth)) return truth;
    if (namedIn(value).some((each) => ALLOWS.test(each.name) && isTruth(each.value, truth))) return truth;
  }
  return null;
}

function isLiftingBy(value: Expression | null): boolean {
  return (
    value !== null &&
    namedIn(value).some(({ name, value: held }) => HOLDS_BACK.test(name) && isTruth(held, false))
  );
}

class Reading {
  readonly marked: { readonly mark: string; readonly statement: Extract<Statement, { kind: 'branch' }> }[] =
    [];
  #left = MAX_STATEMENTS;
  /** Where it last says no. */
  lastRefusal = -1;
  readonly #layer: Layer;

  constructor(layer: Layer) {
    this.#layer = layer;
  }

  walk(statements: readonly Statement[], depth: number): void {
    if (depth > MAX_DEPTH) return;
    for (const statement of statements) {
      if (--this.#left < 0) return;
      if (this.#refuses(statement)) this.lastRefusal = Math.max(this.lastRefusal, statement.span.start);
      if (statement.kind === 'branch') {
        this.#branch(statement);
        for (const branch of statement.branches) this.walk(branch, depth + 1);
      } else if (statement.kind === 'loop' || statement.kind === 'with') this.walk(statement.body, depth + 1);
      else if (statement.kind === 'block') for (const body of statement.bodies) this.walk(body, depth + 1);
    }
  }

  #refuses(statement: Statement): boolean {
    if (statement.kind === 'return') return answerOf(statement.value) === false;
    const { start, end } = statement.span;
    return (
      statement.kind !== 'branch' &&
      /^(?:raise|throw)\b/.test(this.#layer.source.text.slice(start, Math.min(end, start + 8)))
    );
  }

  #branch(statement: Extract<Statement, { kind: 'branch' }>): void {
    const [body = []] = statement.branches;
    const back = body.find(({ kind }) => kind === 'return');
    const value = back?.kind === 'return' ? back.value : null;
    const isGranted =
      back !== undefined && (value === null || answerOf(value) === true || isLiftingBy(value));
    const isRefused = body.some((each) => this.#refuses(each));
    for (const leaf of leavesOf(statement.test)) {
      const mark = markIn(leaf);
      if (mark === null || !isMark(mark.text, this.#layer, isLiftingBy(value))) continue;
      // `if "…" not in text and writes(text): raise`
      const isNegated = !mark.isThere || isDenied(statement.test, leaf);
      if (isNegated ? isRefused && leavesOf(statement.test).length > 1 : isGranted)
        this.marked.push({ mark: mark.text, statement });
    }
  }
}

/** `not …` or `!…` around a test. */
function isDenied(test: Expression, leaf: Expression): boolean {
  return allParts(test).some(
    (part) => part.kind === 'unary' && /^(?:not|!)$/.test(part.operator) && part.operand === leaf,
  );
}

/**
 * Where a function that says whether something may be done says yes to whatever holds a certain text, before it looks at the rest. Name:
 * `check-passed-by-mark`.
 */
export function markedPasses(fact: FunctionFact): readonly PlacedDetection[] {
  const { layer, name, definition } = fact;
  if (name === null || !wordsOf(name).some((word) => DECIDES.test(word))) return [];
  const reading = new Reading(layer);
  reading.walk(definition.body, 0);
  return reading.marked
    .filter(({ statement }) => reading.lastRefusal >= statement.span.start)
    .map(({ mark, statement }) => ({
      name: 'check-passed-by-mark',
      detail: mark.replace(UNSEEN, '?').slice(0, 60),
      span: statement.test.span,
      layer,
    }));
}
