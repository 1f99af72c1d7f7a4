import { forbidsInForm, startsOrder, withoutLabel } from './mood.ts';

/** A sentence taken apart: what it depends on, and what it says. */
export interface ConditionedClause {
  /** "when the user asks", without the comma; null when there is none. */
  readonly condition: string | null;
  /** The rest. */
  readonly main: string;
}

const OPENS_CONDITION =
  /^(?:(?:and|but|then|also|step \d{1,3}:|\d{1,3}[.)])\s+)?(?:when(?:ever)?|if|once|after|before|every time|each time|any ?time|while|as soon as|unless|until|during|on (?:every|each|any|the first)|for (?:every|each|all)|upon|in case|at the (?:start|end|beginning)|prior to|as (?:the|a) (?:first|last|final|mandatory)|with (?:every|each)|in (?:every|each|all))\b/i;

/** Other openings that put something before the order: "To stay compatible, send …". */
const OPENS_ADJUNCT =
  /^(?:to|for|in|on|as|by|with|without|within|from|at|under|per|because|since|given|using|via|due|this|that|although|though|rather|despite|following|starting|effective|so (?:that|as to)|where(?:ver)?|through|throughout|over|across|behind|alongside|inside|outside|apart from|regardless of|depending on|besides?|between|among|towards?)\b/i;

const TRAILING_CONDITION =
  /\s(?:when(?:ever)?|if|once|after|before|every time|each time|until|unless|while|as soon as)\s(?!possible|necessary|needed|available|applicable)/i;

/** How many commas are tried as the end of the condition. */
const MAX_COMMAS = 8;

/** Separates a leading or trailing condition from the clause it governs. Linear in the sentence. */
export function splitCondition(sentence: string): ConditionedClause {
  const written = sentence.replace(/^(?:<\/?[\w-]{1,40}>|[\s\p{P}\p{S}]){1,12}/u, '');
  const unlabelled = withoutLabel(written);
  const text = OPENS_CONDITION.test(unlabelled) ? unlabelled : written;
  const isCondition = OPENS_CONDITION.test(text);
  if (isCondition || OPENS_ADJUNCT.test(text)) {
    const cut = endOfOpening(text);
    if (cut !== null) {
      const opening = text.slice(0, cut.end).trim();
      const main = text.slice(cut.next).trim();
      return { condition: isCondition ? opening : null, main };
    }
    if (isCondition) return { condition: text, main: '' };
  }
  // There the "until" clause is the order itself.
  if (forbidsInForm(text)) return { condition: null, main: text };
  const trailing = TRAILING_CONDITION.exec(text);
  if (trailing !== null && trailing.index > 0) {
    return { condition: text.slice(trailing.index).trim(), main: text.slice(0, trailing.index) };
  }
  return { condition: null, main: text };
}

/** The first comma, colon, dash or "then" behind which an order starts; else the first comma. */
function endOfOpening(text: string): { readonly end: number; readonly next: number } | null {
  const separator = /[,:;]\s|\s[–—-]{1,2}\s|,?\sthen\s/gi;
  let first: { end: number; next: number } | null = null;
  for (let tries = 0; tries < MAX_COMMAS; tries += 1) {
    const match = separator.exec(text);
    if (match === null) break;
    const candidate = { end: match.index, next: match.index + match[0].length };
    if (startsOrder(text.slice(candidate.next, candidate.next + 300))) return candidate;
    first ??= candidate;
  }
  return first;
}
