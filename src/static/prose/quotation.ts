import type { Span } from '../../model/program.ts';
import type { MarkedText } from './marked-text.ts';

/** Headings under which text is shown rather than said: attack documentation, tests, wrong examples. */
const QUOTING_SECTION =
  /\b(?:malicious|attacks?|attackers?|adversar\w+|injections?|jailbreak\w*|red[- ]?flags?|suspicious|exploit\w*|payloads?|vulnerab\w+|threats?|what to (?:look|watch|check) for|indicators?|detect\w*|anti-?patterns?|bad examples?|test (?:cases?|prompts?)|evals?|rationali[sz]ations?|excuses|smells?|abuse|misuse|wrong|poisoning|phishing|social engineering|false positives?)\b/i;

/** Headings whose items are prohibitions, whatever their grammar. */
const FORBIDDING_SECTION =
  /^\W*(?:never\b.*|do not|don'?ts?|don’t|what not to do|forbidden.*|prohibited.*|disallowed.*|denied.*|(?:always |explicitly )?den(?:y|ied)\b.*|what (?:is|gets) (?:always )?(?:blocked|denied|refused)|not allowed|out of scope|common mistakes.*|mistakes.*|avoid.*|off[- ]limits|deny[- ]?list.*|blocked.*|banned.*|non-goals|(?:you )?must not(?: do)?|(?:what|things) (?:you (?:must|should) )?(?:not to|not) do|limitations)\W*$/i;

/** What introduces a list of things to recognise. */
const QUOTING_LEAD =
  /\b(?:look(?:ing)? (?:out )?for|watch(?:ing)? (?:out )?for|search(?:ing)? for|scan(?:ning)? for|check(?:ing)? for|such as|(?<!\.)examples?|e\.g|like|phrases?|patterns?|indicators?|signs?|signals?|red flags?|attempts?|attack\w*|malicious|suspicious|injection\w*|detect\w*|flags?|may (?:contain|include|say|try)|might (?:contain|include|say|try)|could (?:contain|include|say|try)|instructions (?:that|which|to|like)|requests? (?:that|to|for|like)|if (?:you see|someone|anyone|a (?:page|file|document|message|user|website)|the (?:page|file|document|message|content|text))|refuse|reject|(?<!(?:this|the|a|following|code|text|not|never) )block(?:s|ed)?|test(?:s|ed|ing)?)\b[^:]*:\s*$/i;

const FORBIDDING_LEAD =
  /\b(?:never|do not|don'?t|don’t|must not|should not|cannot|can't|avoid|forbidden|prohibited|not allowed|not permitted|disallowed|off[- ]limits|will not|won't|refuse to)\b[^.:]{0,120}:\s*$/i;

/** "Commands are always blocked, on every branch:", "Denied commands:". Whatever else such a sentence says ("until you run") makes it another one. */
const STOPPING_LEAD =
  /\b(?:is|are|gets?) (?:(?!not\b|never\b)\w{2,12} )?(?:blocked|denied|refused|rejected|forbidden|prohibited)(?:,? (?:regardless|whatever|no matter|even|outright|on|in|for)\b[^.:;,]{0,60})?\s*:\s*$|^\W*(?:always |explicitly )?(?:den(?:y|ied)|blocked|forbidden)(?: (?:[a-z]+ ){0,2}(?:operations?|commands?|actions?|calls?))?(?: \([^()]{1,30}\))?\s*:(?:[^.:;,]{0,40}\b(?:blocked|denied))?\W*$/i;

/** True for a sentence that says of what follows that it does not get through. @param lead without marks of emphasis */
export function stopsWhatFollows(lead: string): boolean {
  return STOPPING_LEAD.test(lead.slice(-300));
}

const EXAMPLE_LABEL =
  /^\W*(?:(?:attacker(?:['’]s)?|malicious|hostile|injected) (?:inputs?|prompts?|messages?|payloads?|texts?)|[\w ]{3,20} \((?:vulnerable|unsafe|insecure|malicious|attack)\)|try to (?:override|coerce|trick|jailbreak) [^:.;]{3,60}|examples?|for example|for instance|e\.g\.?|sample(?: \w+)?|input|output|prompt|attack|payload|bad|wrong|incorrect|malicious|attacker|injected|expected|test|case|❌|✗|✘|🚫)[^\p{L}\p{N}]{0,6}[:：]/iu;

const FORBIDDING_MARK = /^\s*(?:❌|✗|✘|🚫|⛔|✖|\[x\] don't|no:|don'?t:|never:|bad:|wrong:|avoid:)/iu;

/** How a heading colours what stands under it. */
export function colourOfHeading(heading: string): { readonly quoted: boolean; readonly negated: boolean } {
  return { quoted: QUOTING_SECTION.test(heading), negated: FORBIDDING_SECTION.test(heading) };
}

/** A label below such a sentence, which names what kind of thing is not done: "**Destructive file operations:**". */
const KIND_OF_DEED =
  /^\W*(?:[A-Za-z-]+ ){0,3}(?:operations?|commands?|actions?|execution|escalation|destruction)\W*:\W*$/i;

/** True for a label that only says of which kind the items below it are; the sentence before it still holds. */
export function isLabelOfKind(text: string): boolean {
  return text.length <= 60 && KIND_OF_DEED.test(text);
}

/** A command in a row of which another cell says that it is stopped. */
const STOPPED_CELL =
  /^[^\p{L}]{0,6}(?:(?:always|automatically|explicitly) )?(?:blocked|denied|refused|rejected|forbidden|prohibited)\b/iu;

/** True for a cell of a table that says of its row that it is not let through. */
export function isStopped(cell: string): boolean {
  return cell.length <= 60 && STOPPED_CELL.test(cell);
}

/** How the sentence before a list colours its items ("Look for phrases like:", "Never do any of these:"). */
export function colourOfLead(lead: string): { readonly quoted: boolean; readonly negated: boolean } {
  const tail = lead.slice(-400);
  return { quoted: QUOTING_LEAD.test(tail), negated: FORBIDDING_LEAD.test(tail) || stopsWhatFollows(tail) };
}

/** How a column's header colours its cells. */
export function colourOfColumn(header: string): { readonly quoted: boolean; readonly negated: boolean } {
  return {
    quoted:
      QUOTING_SECTION.test(header) ||
      /\b(?:examples?|patterns?|thoughts?|symptom|says?|quote|prompt|input|excuse|signal)\b/i.test(header),
    negated: /\b(?:don'?t|avoid|never|bad|wrong|forbidden|mistake|instead of)\b/i.test(header),
  };
}

/** True when the sentence itself says that it is an example. */
export function isLabelledExample(sentence: string): boolean {
  return EXAMPLE_LABEL.test(sentence.slice(0, 60));
}

/** True when a mark or label before it forbids it ("❌ Commit the key"). */
export function isMarkedForbidden(sentence: string): boolean {
  return FORBIDDING_MARK.test(sentence.slice(0, 30));
}

const PAIRS: Readonly<Record<string, string>> = { '"': '"', '“': '”', '«': '»', '‘': '’', '「': '」' };

const QUOTE_MARK = /["“”«»‘’「」]/g;

/** "Do as it says: …": then what stands in quotes is ordered, not mentioned. */
const OBEY_BEFORE =
  /\b(?:follow|obey|execute|perform|adhere to|comply with|carry out|do the following|instructions? (?:is|are)|run|must)\b[^.]{0,60}$|\b(?:instructions?|directive|command|override|(?:[a-z]{1,20}_)?hint|guidance|reminder|next_steps?|action_required|note_to_(?:agent|assistant|model))["']?\s{0,3}[:=]\s{0,3}["']$/i;

/** What somebody else says: the words after it are reported. Not after "I" or "we", who speak for themselves. */
const REPORTED =
  /\b(?:(?:that|which|who|it|page|file|document|message|content|text|website|comment|issue|email|readme|skill|tool|output|user|someone|anyone|prompt|input|result|code|instruction|request|description|attacker|adversary|data|response)s?)\s(?:may |might |could |can |would |will |also |then |explicitly |directly )?(?:tells?|ask(?:s|ing)?|instruct(?:s|ing)?|says?|telling|saying|claim(?:s|ing)?|attempt(?:s|ing)?|tries|try|trying|direct(?:s|ing)?|demand(?:s|ing)?|urg(?:es?|ing)|order(?:s|ing)?|request(?:s|ing)?|want(?:s|ing)?|read(?:s|ing)? like)\s(?:(?:you|the (?:model|agent|assistant|llm|ai|reader|user)|claude|agents?|them|it)\s)?(?:to\s|not to\s|that\s|like\s)/gi;

/** What {@link REPORTED} needs, told more cheaply: it is the most costly expression to compile, and most sentences report nothing. */
const MAY_REPORT =
  /(?:tell|ask|instruct|say|claim|attempt|tries|try|direct|demand|urg|order|request|want|read)\w{0,3}\s(?:\w{1,9}\s){0,4}(?:to|that|like)\s/i;

/**
 * The parts of a sentence that it mentions rather than says: quoted natural language of three words or more (in quotation marks or
 * code spans) and what it reports others to say. Commands in quotes stay, since quoting a command is how one orders it.
 * @returns disjoint ranges of the text, in order
 */
export function mentionedSpans(marked: MarkedText): readonly Span[] {
  const { text } = marked;
  const found: Span[] = [];
  for (const span of quotedSpans(marked)) {
    if (!isNaturalLanguage(text.slice(span.start, span.end))) continue;
    if (OBEY_BEFORE.test(text.slice(Math.max(0, span.start - 80), span.start))) continue;
    found.push(span);
  }
  if (MAY_REPORT.test(text)) found.push(...reportedSpans(text));
  return disjoint(found);
}

function reportedSpans(text: string): readonly Span[] {
  const found: Span[] = [];
  REPORTED.lastIndex = 0;
  for (let match = REPORTED.exec(text); match !== null; match = REPORTED.exec(text)) {
    const start = match.index + match[0].length;
    const end = endOfReport(text, start);
    found.push({ start, end });
    REPORTED.lastIndex = Math.max(end, start);
  }
  return found;
}

/**
 * Straight single quotes, told from apostrophes by what stands around them. Made when it is needed: properties of Unicode make an
 * expression costly to have.
 */
function singleQuoted(): RegExp {
  return /(?<![\p{L}\p{N}])'(\p{L}[^'\n]{8,300})'(?![\p{L}\p{N}])/gu;
}

/** Ranges inside quotation marks, and code spans. Linear: each mark is looked at once. */
function quotedSpans(marked: MarkedText): readonly Span[] {
  const { text } = marked;
  const spans: Span[] = [...marked.code];
  if (text.includes("'")) {
    for (const match of text.matchAll(singleQuoted())) {
      spans.push({ start: match.index + 1, end: match.index + match[0].length - 1 });
    }
  }
  let open: { readonly at: number; readonly close: string } | null = null;
  for (const { 0: mark, index } of text.matchAll(QUOTE_MARK)) {
    if (open !== null && mark === open.close) {
      spans.push({ start: open.at + 1, end: index });
      open = null;
    } else if (open === null && PAIRS[mark] !== undefined) {
      open = { at: index, close: PAIRS[mark] };
    }
  }
  return spans;
}

/** Words, mostly of letters, without the marks of a command line. */
function isNaturalLanguage(text: string): boolean {
  const words = text.trim().split(/\s+/);
  if (words.length < 3 || /[|><$=]|\s--?\w|&&|;\s|https?:\/\/|~\//.test(text)) return false;
  const plain = words.filter((word) => /^[\p{L}'’-]+[.,!?:;]?$/u.test(word)).length;
  return plain >= words.length * 0.7;
}

function endOfReport(text: string, start: number): number {
  for (let index = start; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === ',' || character === ';' || character === '—') return index;
  }
  return text.length;
}

function disjoint(spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((left, right) => left.start - right.start || right.end - left.end);
  const kept: Span[] = [];
  for (const span of sorted) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
  }
  return kept;
}
