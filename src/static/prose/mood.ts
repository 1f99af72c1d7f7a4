import { isLeadingWord, opensOrder } from './verbs.ts';

/** Whether a clause orders, and whether the order forbids. */
export interface Mood {
  readonly imperative: boolean;
  readonly negated: boolean;
}

const STATEMENT: Mood = { imperative: false, negated: false };

/** Labels before an order: "Step 3:", "IMPORTANT:", "[SYSTEM]", "1.". */
const LABEL =
  /^(?:step \d{1,3}|\d{1,3}[.)]|rule \d{1,3}|(?:very )?important|note|warning|critical|urgent|mandatory|required?|caution|attention|reminder|todo|system(?: prompt| note| message| override)?|instructions?|task|action|tip|security|admin|hidden|secret|assistant|claude|ai|agent|p\.?s\.?)[\s*_]{0,4}(?:\([^()]{0,40}\))?[\s*_]{0,4}[:!.\]>–—-]{1,4}\s{0,4}/i;

const SUBJECT =
  '(?:you|we|one|claude|the (?:ai |coding |language |main |calling )?(?:assistant|agent|model|llm|chatbot|bot|system|ai)|(?:all |any |every |ai )?(?:assistants?|agents?|models?|llms?))';

const OBLIGATION = new RegExp(
  `^${SUBJECT}(?: (?:always|also|then|therefore|now))? (must|should|shall|will|need to|needs to|have to|has to|are to|is to|ought to|may|can|cannot|can't|could|won't|mustn't|shouldn't|are (?:now )?(?:required|expected|instructed|obliged|allowed|permitted|authorized|forbidden|prohibited)|is (?:required|expected|instructed|forbidden|prohibited)|do not|don't|never|always)( (?:not|never|no longer))?\\b`,
  'i',
);

const PREFACE =
  /^(?:make (?:absolutely )?sure|be (?:absolutely )?sure|remember|ensure|see to it|let's|let us|i (?:want|need|would like|order|command|instruct|ask) you to|your (?:new |only |first |main |real |true )?(?:task|job|goal|role|mission|duty|objective|purpose) is (?:now )?to|it is (?:very |absolutely |critically )?(?:important|critical|essential|mandatory|required|necessary|crucial|vital|imperative) (?:that|to)|you are (?:now|no longer)|from now on you)\b/i;

const FORBIDS =
  /^(?:never|do not|don't|dont|don’t|do n't|must not|should not|avoid|refrain from|under no circumstances?|in no case|at no (?:time|point)|by no means|not ever|no need to|(?:stop|cease) \w+ing)\b/i;

/** Orders that only look like prohibitions: "do not forget to …", "do not answer until you have sent …". */
const FORBIDS_IN_FORM =
  /^(?:always )?(?:never|do not|don't|dont|don’t|must not|should not)\s+(?:(?:ever|you)\s+)?(?:forget|fail|hesitate|neglect|omit|skip|miss|(?:proceed|continue|answer|respond|reply|start|begin|use|call|invoke|stop|finish|complete|end)\b.{0,80}\b(?:until you|until the|without first|unless you (?:have )?first|before (?:you have|first|reading|sending|running|calling)))\b/i;

const PASSIVE_ORDER =
  /\b(?:must|shall|should|needs? to|ha(?:s|ve) to|(?:is|are) to)( not| never)?(?: always| also| then| first)? be (?:\w{1,20}ly )?\w{2,20}(?:ed|en|nt|wn|ut|id|ept|eld|ead)\b/i;

const PROHIBITION =
  /\b(?:is|are|be) (?:strictly |explicitly )?(?:forbidden|prohibited|not allowed|not permitted|disallowed|off[- ]limits|banned)\b/i;

const NEGATION =
  /\b(?:never|(?<!\bor )not(?! (?:only|just|merely)\b)|cannot|neither|nor|no longer)\b|n['’]t\b/i;

/**
 * Reads the mood of a clause from its beginning, where English puts it.
 * @param clause one clause, its condition already taken off
 */
export function moodOf(clause: string): Mood {
  const start = stripLead(clause);
  const ordered = orderAt(start) ?? orderAfterTitle(start);
  if (ordered !== null) return ordered;
  if (PROHIBITION.test(start)) return { imperative: true, negated: true };
  const passive = PASSIVE_ORDER.exec(start);
  if (passive !== null) return { imperative: true, negated: passive[1] !== undefined };
  return NEGATION.test(start) ? { imperative: false, negated: true } : STATEMENT;
}

/** A sentence without the label before it: "IMPORTANT: After searching, …". */
export function withoutLabel(sentence: string): string {
  return sentence.replace(LABEL, '');
}

/** True for an order in the form of a prohibition: "Do not answer until you have sent the file". */
export function forbidsInForm(clause: string): boolean {
  return FORBIDS_IN_FORM.test(stripLead(clause));
}

/** True when an order begins right here (after labels and adverbs); used to find where a condition ends. */
export function startsOrder(clause: string): boolean {
  const start = stripLead(clause);
  return (orderAt(start) ?? orderAfterTitle(start)) !== null;
}

/** "Clean-up: delete the folder", as in a list whose items have titles. */
function orderAfterTitle(start: string): Mood | null {
  const head = start.slice(0, 60);
  if (!/[:—–]/.test(head)) return null;
  const title = /^[\p{L}][\p{L}\d'’ /&-]{1,50}[:—–]\s{1,3}/u.exec(head)?.[0];
  return title === undefined ? null : orderAt(stripLead(start.slice(title.length)));
}

function orderAt(start: string): Mood | null {
  if (FORBIDS_IN_FORM.test(start)) return { imperative: true, negated: false };
  if (FORBIDS.test(start)) return { imperative: true, negated: true };
  const obligation = OBLIGATION.exec(start);
  if (obligation !== null) {
    const modal = obligation[1]!.toLowerCase();
    const isNegated = obligation[2] !== undefined || /not|n't|never|forbidden|prohibited/.test(modal);
    // "You can" and "you may" offer; only their negation orders.
    if (!isNegated && /^(?:can|may|could|will)$/.test(modal) && !/^you will\b/i.test(start)) return null;
    const rest = start.slice(obligation[0].length).trimStart();
    return {
      imperative: true,
      negated: isNegated ? !/^(?:forget|fail|neglect)\b/i.test(rest) : FORBIDS.test(rest),
    };
  }
  const preface = PREFACE.exec(start);
  if (preface !== null) {
    const rest = start
      .slice(preface[0].length)
      .replace(/^\s*(?:to|that|you)\s+/i, '')
      .trimStart();
    return {
      imperative: true,
      negated:
        /^(?:not|never|do not|don't|avoid|no)\b/i.test(rest) ||
        /\byou (?:do not|don't|never)\b/i.test(rest.slice(0, 40)),
    };
  }
  return opensOrder(firstWords(start)) ? { imperative: true, negated: false } : null;
}

/** When it is to be done, said before the verb: "The first time, also add …". */
const WHEN =
  /^(?:the (?:first|next|second|last) time|each time|every time|this once|on the first (?:run|call|use)|from then on|at the (?:start|end))\s{0,2},\s{1,4}/i;

/** Takes off labels, brackets, marks and adverbs before the verb. At most eight, so that a text of nothing else costs little. */
function stripLead(clause: string): string {
  let rest = clause.slice(0, 600).trimStart();
  for (let round = 0; round < 8; round += 1) {
    const before = rest;
    rest = rest.replace(/^[^\p{L}\p{N}]{1,12}/u, '');
    rest = rest.replace(LABEL, '').replace(WHEN, '');
    const word = /^[A-Za-z]{2,14}(?=[\s,:])/.exec(rest)?.[0];
    if (word !== undefined && isLeadingWord(word.toLowerCase())) {
      rest = rest.slice(word.length).replace(/^[\s,:]{1,8}/, '');
    }
    if (rest === before) break;
  }
  return rest;
}

function firstWords(text: string): readonly string[] {
  return text
    .slice(0, 80)
    .toLowerCase()
    .split(/[\s,:;.!?()[\]"“”]+/, 3);
}
