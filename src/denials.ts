import type { Capability } from './model/capability.ts';

/** A sentence in which a description says that something is not done. */
export interface Denial {
  readonly capabilities: readonly Capability[];
  /** "Without it nothing is sent": only of what is done whatever the user has set. */
  readonly isOfDefault?: true;
  /** The sentence, shortened. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const NETWORK: readonly Capability[] = ['net.connect'];
const CHANGES: readonly Capability[] = ['fs.write', 'fs.delete'];
const SECRETS: readonly Capability[] = ['secret.read'];

/**
 * What sentences of a description deny, said of the thing itself: orders to whoever reads ("never send …") deny nothing. Every pattern is
 * bounded and looks at one line.
 */
const DENIALS: readonly (readonly [RegExp, readonly Capability[]])[] = [
  [
    /\bwithout (?:\w+ ){0,2}(?:network|internet|web) (?:access|connection|calls?|requests?|traffic)\b/i,
    NETWORK,
  ],
  [
    /\b(?:no|zero) (?:external |outbound |outgoing |remote )?(?:network|internet|API|HTTP|web) (?:access|calls?|requests?|connections?|traffic)\b(?! (?:yet|from))/i,
    NETWORK,
  ],
  [
    /\b(?:makes|performs|uses|opens|needs|requires) no (?:external |outbound |outgoing )?(?:network|internet|HTTP|web|API)\b/i,
    NETWORK,
  ],
  [
    /\b(?:does not|doesn't|never) (?:\w+ ){0,2}(?:access(?:es)?|uses?|contacts?|connects? to|reach(?:es)?|touch(?:es)?) the (?:network|internet|web)\b/i,
    NETWORK,
  ],
  [
    /\b(?:nothing|no (?:data|information|content|text|code|files?)) (?:ever )?(?:leaves|is (?:ever )?(?:sent|uploaded|transmitted|shared))\b/i,
    NETWORK,
  ],
  [
    /\b(?:data|files?|code|text|documents?|notes?|content|information|everything|it) never (?:leaves|leave|(?:is|are) (?:sent|uploaded|transmitted))\b/i,
    NETWORK,
  ],
  [
    /\b(?:does not|doesn't|will not|won't) (?:ever )?(?:send|upload|transmit|share)\b|\bnever (?:sends|uploads|transmits)\b/i,
    NETWORK,
  ],
  [/\b(?:fully|completely|entirely|purely|100 ?%) (?:offline|local(?:ly)?|on[- ]device)\b/i, NETWORK],
  [/\b(?:runs|works|operates|processed|happens|done|stays) (?:offline|locally)\b/i, NETWORK],
  [
    /\b(?:does not|doesn't|will not|won't) (?:ever )?(?:modify|change|alter|write|edit|delete|remove|touch|overwrite)\b.{0,40}\b(?:files?|anything|disk|documents?|data)\b/i,
    CHANGES,
  ],
  [
    /\bnever (?:modifies|changes|alters|writes|edits|deletes|removes|touches|overwrites)\b.{0,40}\b(?:files?|anything|disk|documents?|data)\b/i,
    CHANGES,
  ],
  [
    /^\W*read-only\b|\b(?:is|are|strictly|purely|a) read-only\b|\bmakes no changes\b|\bno side[- ]effects\b/i,
    CHANGES,
  ],
  [
    /\b(?:does not|doesn't|never) (?:read|reads|collect|collects|access|accesses|store|stores) (?:\w+ ){0,3}(?:credentials?|secrets?|passwords?|tokens?|keys?)\b/i,
    SECRETS,
  ],
];

/** Words of a sentence that make it no denial of the whole: a condition, an exception, another subject, one step ("that needs no network"). */
const HEDGED =
  /^\W*that (?:needs|requires|uses|makes)\b|\b(?:if|when|unless|except|excepting|otherwise|but|apart from|others?|else|existing|original|input|only|tests?|suites?|sandbox(?:ed)?|container|reviews?|agents?|subagents?|mode|flag|by default|optional(?:ly)?|can|should|must|whether|target|caches?|dry[- ]run|--\w+)\b|\?|^\s*(?:[-*]\s*)?\*\*[^*]{0,80}"/i;
/** "Nothing is sent there": of one host alone. */
const OF_ONE_PLACE =
  /\b(?:sent|uploaded|transmitted|shared) (?:to )?(?:there|it|them|that (?:host|server|site))\b/i;

/** "Without it nothing is sent", after a variable or an option that has things sent. */
const WITHOUT_SETTING = /^\W{0,4}without (?:it|this|that|them)\b/i;
const SETTING = /\b[A-Z][A-Z\d]{1,30}_[A-Z\d_]{1,40}\b|(?:^|[\s`])--[a-z][\w-]{2,40}/;

/** What a description that denies changes says of its own output. */
const OWN_OUTPUT = /\b(?:writes|saves|creates|produces|outputs|generates|report)\b/i;

/** Each of {@link DENIALS} holds one of these; compiling all of those takes longer than the rest of a short description. */
const MAY_DENY =
  /without |\b(?:no|zero|never) |n't |not |nothing (?:ever|leaves|is)|(?:fully|completely|entirely|purely) |100 ?%|offline|locally|read-only/i;

const MAX_LINES = 5_000;
const MAX_LINE = 2_000;
const MAX_DENIALS = 20;

/** A quick look: no denial without one of these. */
const KEYWORDS =
  /network|internet|offline|local|read-only|changes|never|n't |does not|will not|nothing|\bno /i;

/**
 * The sentences of a text that deny doing something.
 * @param text markdown or plain text; blocks of code are left out
 */
export function denialsIn(text: string): readonly Denial[] {
  if (!KEYWORDS.test(text)) return [];
  const found: Denial[] = [];
  let isCode = false;
  const lines = text.split('\n', MAX_LINES);
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    if (isCode || line.length > MAX_LINE || /^\s*(?:>|\|)/.test(line) || !KEYWORDS.test(line)) continue;
    for (const sentence of line.split(/(?<=[.!?;])\s+/)) {
      if (!MAY_DENY.test(sentence) || HEDGED.test(sentence) || OF_ONE_PLACE.test(sentence)) continue;
      const isOfDefault = WITHOUT_SETTING.test(sentence);
      if (isOfDefault && !lines.slice(Math.max(0, index - 2), index + 1).some(namesSetting)) continue;
      for (const [pattern, capabilities] of DENIALS) {
        if (!pattern.test(sentence) || (capabilities === CHANGES && OWN_OUTPUT.test(sentence))) continue;
        found.push({
          capabilities,
          text: shortened(sentence),
          line: index + 1,
          ...(isOfDefault ? { isOfDefault } : {}),
        });
        if (found.length >= MAX_DENIALS) return found;
        break;
      }
    }
  }
  return found;
}

function namesSetting(line: string): boolean {
  return SETTING.test(line.slice(0, MAX_LINE));
}

function shortened(sentence: string): string {
  const text = sentence.trim().replace(/^(?:[-*#]+|description:)\s*/i, '');
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
