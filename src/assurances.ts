/** What a description says is checked before a value from outside is used. */
export type Safeguard = 'path' | 'query' | 'code' | 'command';

/** A sentence in which a description says that values from outside can do no harm. */
export interface Assurance {
  readonly safeguard: Safeguard;
  /** The sentence, shortened. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** Every pattern is bounded and looks at one sentence; orders to whoever reads ("always validate paths") assure nothing. */
const ASSURANCES: readonly (readonly [RegExp, Safeguard])[] = [
  [
    /\bonly (?:\S{1,20} ){0,3}files? (?:\S{1,20} ){0,2}(?:below|under|beneath|inside|within|in|of|from)\b[^.]{0,60}(?:\b(?:are|is|can|may|will)\b|$)|\b(?:reads?|opens?|lists?|serves?|returns?|writes?|shows?) only (?:\S{1,20} ){0,3}files? (?:below|under|beneath|inside|within|in|of|from)\b/i,
    'path',
  ],
  [
    /\b(?:confined|restricted|limited|locked|jailed|scoped|sandboxed) to (?:\S{1,20} ){0,4}(?:folder|directory|directories|workspace|root|tree)\b/i,
    'path',
  ],
  [
    /\b(?:cannot|can't|can not|never|no way to|impossible to|refuses to|not allowed to) (?:escapes?|leaves?|reads? outside|gets? out of|climbs? out of|reach(?:es)? (?:outside|beyond))\b/i,
    'path',
  ],
  [
    /\b(?:path traversal|directory traversal|\.\.\/)[^.]{0,30} (?:(?:is|are) (?:prevented|blocked|rejected|refused|impossible|not possible)|protection)\b|\b(?:prevents?|blocks?|rejects?|protects? against|safe (?:from|against)|refuses) (?:\S{1,20} ){0,2}(?:path|directory) traversal\b/i,
    'path',
  ],
  [
    /\b(?:paths?|file ?names?) (?:is|are|gets?) (?:\S{1,20} ){0,2}(?:validated|checked|sanitised|sanitized|verified)\b/i,
    'path',
  ],
  [
    /\b(?:reads?|opens?|loads?|writes?|accesses)\b[^.]{0,60}\b(?:file|files|documents?|folder|directory)\b[^.]{0,50}\b(?:safely|securely|with (?:\w{1,12} )?(?:validation|checks))\b|\bsafe(?:ly)? (?:file|path|document)s? ?(?:reader|access|handling|reading)\b/i,
    'path',
  ],
  [/\b(?:parameteri[sz]ed|prepared) (?:\w{1,12} )?(?:statements?|quer(?:y|ies))\b/i, 'query'],
  [
    /\b(?:prevents?|blocks?|immune to|safe (?:from|against)|protect(?:s|ed) (?:from|against)|no risk of) (?:\S{1,12} ){0,2}injections?\b/i,
    'query',
  ],
  [/\bqueries (?:\S{1,20} ){0,5}(?:safely|securely)\b|\bsafe(?:ly)? quer(?:y|ies|ying)\b/i, 'query'],
  [
    /\bsafe(?:ly)? (?:\S{1,14} ){0,2}(?:evaluat\w{1,6}|calculat\w{1,6}|comput\w{1,6}|expressions?|formulas?|pars\w{1,4})\b|\b(?:evaluates?|calculates?|computes?) (?:\S{1,16} ){0,5}(?:safely|securely)\b|\bsafe calculator\b/i,
    'code',
  ],
  [
    /\b(?:without|no|never uses?|does not use) (?:\S{1,12} ){0,2}`?eval(?:\(\))?`?(?:\W|$)|\bno (?:arbitrary )?code (?:is|can be) (?:ever )?(?:run|executed|evaluated)\b/i,
    'code',
  ],
  [
    /\b(?:arguments?|inputs?|commands?|values?|names?) (?:is|are|gets?) (?:\S{1,20} ){0,2}(?:quoted|escaped|saniti[sz]ed|validated|allow-?listed|whitelisted|checked)\b/i,
    'command',
  ],
  [
    /\b(?:without|no|never (?:uses?|through|via|reaches)|not (?:through|via)) (?:\S{1,12} ){0,2}shell\b|\bonly (?:\S{1,20} ){0,3}(?:allow-?listed|whitelisted|permitted|known|safe) commands?\b|\bsafe(?:ly)? (?:runs?|executes?|command)/i,
    'command',
  ],
];

/** Words of a sentence that make it no assurance of the thing itself: advice, a condition, a plan, a lack. */
const HEDGED =
  /^\s*[-*]\s*\[ \]|\b(?:if|when|unless|should|must|always|ensure|make sure|avoid|prefer|consider|recommend\w*|todo|planned|not yet|does not (?:check|validate)|whether|review|look for|you can|your|reviewers?|lacks?|missing|unsafe|insecure)\b|\?|(?:^|:)\W*prevent\b|^\s*(?:(?:[-*]|\d{1,3}[.)])\s*)?\*{0,2}(?:use|validate|check|write|add|keep|never|do not|don't|sanitize|escape|quote)\b/i;

const MAX_LINES = 5_000;
const MAX_LINE = 2_000;
const MAX_FOUND = 20;

/** A quick look: no assurance without one of these. */
const KEYWORDS =
  /safe|secure|only|confined|restricted|limited|locked|jailed|scoped|sandboxed|cannot|can't|never|traversal|validat|checked|saniti|verified|parameteri|prepared|injection|eval|no code|no arbitrary|quoted|escaped|allow-?list|whitelist|shell/i;

/**
 * The sentences of a text that say that values from outside are held in check.
 * @param text markdown or plain text; blocks of code, quotations and tables are left out
 */
export function assurancesIn(text: string): readonly Assurance[] {
  if (!KEYWORDS.test(text)) return [];
  const found: Assurance[] = [];
  let isCode = false;
  for (const [index, line] of text.split('\n', MAX_LINES).entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    if (isCode || line.length > MAX_LINE || /^\s*(?:>|\||name:)/.test(line) || !KEYWORDS.test(line)) continue;
    for (const sentence of line.split(/(?<=[.!?;])\s+/)) {
      if (HEDGED.test(sentence)) continue;
      const plain = sentence.replaceAll('`', '');
      for (const [pattern, safeguard] of ASSURANCES) {
        if (found.some((each) => each.safeguard === safeguard) || !pattern.test(plain)) continue;
        found.push({ safeguard, text: shortened(sentence), line: index + 1 });
        if (found.length >= MAX_FOUND) return found;
      }
    }
  }
  return found;
}

function shortened(sentence: string): string {
  const text = sentence.trim().replace(/^(?:[-*#]+|description:)\s*/i, '');
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
