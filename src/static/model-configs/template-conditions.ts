import type { JinjaPart, JinjaToken } from './jinja.ts';

/** What people write to a model, by the names that templates have for it. */
const CONTENT =
  /^(?:content|text|prompt|query|question|user_message|user_input|last_message|last_user_\w+|input)$/;
/** What the day is. */
const DATE = /^(?:strftime_now|now|today|utcnow|datetime|date_string|current_date)$/;
/** Ways to look for something in a text, or to compare it. */
const LOOKS: ReadonlySet<string> = new Set(
  'in = > < find startswith endswith search match contains count index'.split(' '),
);
/** Words of people: no marks that separate the parts of a conversation. */
const PLAIN_WORDS = /^\s*\p{L}[\p{L}\p{N} '.,’-]{2,}$/u;
/** Values that tell kinds of content and speakers apart. */
const KINDS: ReadonlySet<string> = new Set(
  'user assistant system tool function developer model human ipython gpt text image image_url video audio json string none null true false'.split(
    ' ',
  ),
);
/** A text of fewer words orders nothing (letters only). */
const MIN_WORDS = 6;

/** A part of a template that comes out only for some conversations. */
export interface Conditional {
  readonly test: string;
  readonly text: string;
}

/** The words of people in a text, without marks (`<|im_start|>`). */
function wordsIn(text: string): number {
  return (text.replace(/<[^<>\s]{1,80}>/g, ' ').match(/\p{L}{2,}/gu) ?? []).length;
}

/** The test of an `if`, when it looks for words of people in what somebody wrote, or compares the date; null for any other. */
function telling(tokens: readonly JinjaToken[]): string | null {
  const test = tokens.slice(1);
  if (!test.some(({ kind, value }) => kind !== 'text' && LOOKS.has(value))) return null;
  const named = (pattern: RegExp): boolean =>
    test.some(({ kind, value }) => kind !== 'sign' && pattern.test(value));
  // `content['type']` asks for a part, not for words.
  const texts = test.flatMap(({ kind, value }, at) =>
    kind === 'text' && test[at - 1]?.value !== '[' ? [value] : [],
  );
  const isDate = named(DATE) && test.some(({ value }) => /^[<>=]$/.test(value)) && texts.length > 0;
  const words = texts.find(
    (text) => PLAIN_WORDS.test(text) && !KINDS.has(text.trim().toLowerCase()) && !CONTENT.test(text),
  );
  if (!isDate && !(named(CONTENT) && words !== undefined)) return null;
  return (words ?? texts[0] ?? '').slice(0, 80);
}

function textsIn(tokens: readonly JinjaToken[]): string {
  return tokens.flatMap((token) => (token.kind === 'text' ? [token.value] : [])).join(' ');
}

/** `{{ 'text' if test else 'other' }}`: what comes out where the test tells; null where it does not, or nothing is said. */
function inlineText(tokens: readonly JinjaToken[]): Conditional | null {
  const isName = (word: string, from: number): number =>
    tokens.findIndex(({ kind, value }, at) => at >= from && kind === 'name' && value === word);
  const from = isName('if', 1);
  if (from < 0) return null;
  const other = isName('else', from);
  const to = other < 0 ? tokens.length : other;
  const test = telling(tokens.slice(from, to));
  const text = textsIn([...tokens.slice(0, from), ...tokens.slice(to)]);
  return test === null || wordsIn(text) < MIN_WORDS ? null : { test, text };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, 160);
}

/** Texts that come out under a condition on what somebody wrote, or on the date. Linear in the template. */
export function conditionalTexts(parts: readonly JinjaPart[]): readonly Conditional[] {
  const found: Conditional[] = [];
  /** Of each `if` or `for` around: its telling test, else that of what is around it. */
  const around: (string | null)[] = [];
  const enter = (test: string | null): void => {
    around.push(test ?? around.at(-1) ?? null);
  };
  for (const { kind, text, tokens } of parts) {
    const first = tokens.findIndex(({ kind: each }) => each === 'name');
    const keyword = tokens[first]?.value ?? '';
    if (kind === 'statement') {
      if (keyword === 'elif' || keyword === 'else') around.pop();
      if (keyword === 'if' || keyword === 'elif') enter(telling(tokens.slice(first)));
      else if (/^(?:else|for|macro|filter|call)$/.test(keyword)) enter(null);
      else if (keyword.startsWith('end') && keyword !== 'endset' && keyword !== 'endraw') around.pop();
    }
    if (kind === 'statement' && (keyword === 'if' || keyword === 'elif')) continue;
    const test = around.at(-1) ?? null;
    if (test === null) {
      const inline = inlineText(tokens);
      if (inline !== null) found.push({ ...inline, text: oneLine(inline.text) });
      continue;
    }
    const written = kind === 'text' ? text : textsIn(tokens);
    if (wordsIn(written) >= MIN_WORDS) found.push({ test, text: oneLine(written) });
  }
  return found;
}
